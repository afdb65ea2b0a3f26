"""A withheld name stands on no page of anybody who may not look the person up (N6)."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest

from samrad.documents.intake import examine
from samrad.meetings.api import add_item
from samrad.people.actions.persons import change_person
from samrad.people.models import Person
from samrad.trail.api import history_of
from tests.cast import NOON, Cast
from tests.everywhere.every_page import Asked, as_columns, every_page
from tests.permissions.reading_the_table import people_of
from tests.permissions.stage import things as the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def words_of(response: Any) -> str:
    """What stands on a page, or in the minutes it hands out."""
    if response["Content-Type"].startswith(("application/pdf", "application/vnd.")):
        return " ".join(examine(response.content).text.split())
    return response.content.decode()


def by_turns(cells: list[Asked], *, at: int) -> list[Asked]:
    """Three of those who open a page, others on the next page, so that everybody has their turn."""
    return [cells[(at + n) % len(cells)] for n in range(min(3, len(cells)))]


@pytest.mark.slow
@pytest.mark.once
def test_a_withheld_name_stands_on_no_page_of_those_who_may_not_look_it_up(cast: Cast) -> None:
    things = the_stage(cast)
    for kind in ("planned", "called"):
        add_item(
            meeting=things[kind], title="Orientering", presenter=cast.station_chief.person,
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip
    withheld = [cast.station_chief.person, cast.police_member.person, cast.chair.person]
    Person.objects.filter(pk__in=[one.pk for one in withheld]).update(name_withheld=True)
    clients, told, asked = as_columns(cast), [], 0
    unseen = {
        column: [one for one in withheld if one not in Person.objects.visible_to(who.actor)]
        for column, who in people_of(cast).items()
        if who is not None
    }
    for page, url, column in chain.from_iterable(
        by_turns([cell for cell in cells if unseen.get(cell[2])], at=number)
        for number, cells in enumerate(every_page(things))
    ):
        if "_by_link" in page:  # a link is its person's own
            continue
        response = clients[column].get(url, follow=True)
        if response.streaming:  # a file is handed out as it came
            continue
        words = words_of(response)
        asked += 1
        told += [f"{page} as {column}: {one.name}" for one in unseen[column] if one.name in words]

    assert not told
    assert asked > 100


def test_a_history_tells_no_name_that_was_withheld_afterwards(cast: Cast) -> None:
    task = the_stage(cast)["task"]
    member, secretary = cast.police_member.person, cast.secretary.person
    before = " ".join(str(one.text) for one in history_of(task))
    assert member.name in before
    assert secretary.name in before

    Person.objects.filter(pk__in=[member.pk, secretary.pk]).update(name_withheld=True)

    after = " ".join(str(one.text) for one in history_of(task))
    assert member.name not in after
    assert secretary.name not in after
    assert "Name withheld gave Name withheld the task" in after


def test_a_history_tells_no_name_that_somebody_withheld_had_before(cast: Cast) -> None:
    task, member = the_stage(cast)["task"], cast.police_member.person
    former = member.name

    change_person(
        person=member, name="Tarjei Nyttnavn", email=member.email, by=cast.secretary.actor, at=NOON
    )
    assert former in " ".join(str(one.text) for one in history_of(task))
    Person.objects.filter(pk=member.pk).update(name_withheld=True)

    assert former not in " ".join(str(one.text) for one in history_of(task))
