"""What the worker does with figures: pictures anew, and incidents whose time is over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import now
from samrad.knowledge import arrivals, drawing, incident_arrivals, incident_reports
from samrad.knowledge.address_actions import delete_old_addresses
from samrad.knowledge.incident_actions import delete_lost_files, delete_old_incidents
from samrad.knowledge.incident_terms import WORK_OUT
from samrad.knowledge.models import DataSet
from samrad.knowledge.packaged import packaged_recipes
from samrad.work.api import enqueue
from samrad.work.registry import every, task

FETCH = "knowledge.fetch"
COMPUTING = timedelta(minutes=30)  # a nation's figures on a slow machine, several times over


@every(daily_at="02:40")
@task("knowledge.delete_old_incidents")
def delete_incidents() -> None:
    """Delete the months that are older than their recipe allows, and addresses long before."""
    delete_old_addresses(at=now())
    delete_old_incidents(at=now())
    delete_lost_files(at=now())


@task(WORK_OUT, outside=True, attempts=3, lease=COMPUTING)
def work_out_incidents(data_set: str) -> None:
    """Work out anew what a data set's incidents say; nobody's writing waits for that."""
    incident_reports.work_out(data_set=data_set, at=now())


@every(daily_at="03:00")
@task("knowledge.work_out_all_incidents", attempts=2)
def work_out_all_incidents() -> None:
    """A month that is gone is in no report, and one that was taken in by an older version is.

    A job each: what fails for one data set stops no other.
    """
    for code in incident_reports.with_incidents():
        enqueue(incident_arrivals.LAY, data_set=code)
        enqueue(WORK_OUT, data_set=code)


@task(incident_arrivals.LAY, outside=True, attempts=3, lease=COMPUTING)
def lay_down_incidents(data_set: str) -> None:
    """Lay incidents that were put into use on a page into their months."""
    incident_arrivals.lay_down_waiting(data_set=data_set, at=now())


def _give_up(release: str) -> None:
    from samrad.knowledge.reading_in import give_up  # noqa: PLC0415

    give_up(ref=release)


@task(
    arrivals.READ, outside=True, attempts=3, lease=timedelta(minutes=10), on_death=_give_up
)  # fmt: skip
def read_file(release: str) -> None:
    """Read a file that was handed in; nothing of it counts before somebody says yes."""
    from samrad.knowledge.reading_in import read_file as read  # noqa: PLC0415 - reads figures

    read(ref=release)


def _give_up_looking(description: str) -> None:
    from samrad.knowledge.looking_through import give_up  # noqa: PLC0415

    give_up(ref=description)


@task(arrivals.LOOK_THROUGH, outside=True, attempts=3, lease=COMPUTING, on_death=_give_up_looking)
def look_through_file(description: str) -> None:
    """A file that is being described is kept only if no row of it points at a person."""
    from samrad.knowledge.looking_through import look_through  # noqa: PLC0415 - reads files

    look_through(ref=description)


@every(daily_at="02:50")
@task("knowledge.drop_forgotten_files")
def drop_forgotten_files() -> None:
    """Files that nobody has put into use or dropped in a month."""
    from samrad.knowledge import own_recipe_actions  # noqa: PLC0415 - reads files

    arrivals.drop_forgotten(at=now())
    own_recipe_actions.drop_forgotten(at=now())


@task(drawing.DRAW, outside=True, attempts=3, lease=COMPUTING)
def draw_pictures(data_set: str) -> None:
    """Work out anew what the figures say of every area; nobody's writing waits for that."""
    drawing.draw_pictures(data_set=data_set, at=now())


@every(daily_at="03:20")
@task(drawing.LAY_OUT, attempts=2)
def lay_out_what_lacks() -> None:
    """What was taken in by an older version gets its sheets, and its pictures anew: a job each."""
    lacking = drawing.without_sheets()
    for code in lacking:
        enqueue(drawing.DRAW, data_set=code)
    if lacking:
        enqueue("search.rebuild")  # by then they are drawn, and new ones are found


@every(daily_at="08:20")
@task("knowledge.fetch_what_is_kept")
def fetch_what_is_kept() -> None:
    """Publishers have newer figures in the morning; those we keep already are asked for."""
    if settings.FETCH_STATISTICS:
        in_use = DataSet.objects.filter(releases__is_current=True)
        kept = set(in_use.values_list("code", flat=True))
        for code, recipe in packaged_recipes().items():
            if recipe.fetch is not None and code in kept:
                enqueue(FETCH, data_set=code)


@task(FETCH, outside=True, attempts=4, lease=timedelta(minutes=30))
def fetch_data_set(data_set: str) -> None:
    """Take in what is newer; a file that leaves something to be asked waits on its way in."""
    from samrad.knowledge.actions import take_in  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.fetching.client import Client  # noqa: PLC0415
    from samrad.knowledge.fetching.fetching import fetch  # noqa: PLC0415

    staged = fetch(
        recipe=packaged_recipes()[data_set], client=Client(), answers={}, waiting_is_known=True
    )
    if staged is None:
        return
    if staged.doubts:
        arrivals.hand_in(
            name=staged.name, content=staged.content, recipe=staged.recipe, by=SYSTEM, at=now(),
            answers=staged.answers,
        )  # fmt: skip
        return
    take_in(staged=staged, by=SYSTEM, at=now())
