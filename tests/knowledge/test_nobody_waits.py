"""While the worker works out what figures and incidents say nobody waits; none stops another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from samrad.access.actor import SYSTEM
from samrad.knowledge import drawing, incident_arrivals, incident_reading, incident_reports, tasks
from samrad.knowledge.actions import take_in
from samrad.knowledge.arrivals import hand_in, put_into_use
from samrad.knowledge.incident_models import AddressMonth, IncidentReport, RepeatAddress
from samrad.knowledge.incident_terms import WORK_OUT
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, IncidentMonth
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.reading_in import read_file
from samrad.knowledge.rules.repeats import AddressState
from samrad.knowledge.staging import stage
from samrad.work.api import Job, enqueue, work_off
from samrad.work.registry import TASKS
from samrad.work.rules import JobState
from tests.knowledge.conftest import KNOWN
from tests.knowledge.incident_bricks import (
    CODE,
    NOON,
    as_file,
    at_home,
    calls,
    keep_recipe,
    laid,
    recipe,
    taken_in,
)

FIGURES = "oecd-unemployment"


def somebody_writes() -> None:
    """Over a connection of their own, at once."""
    failed: list[BaseException] = []

    def write() -> None:
        try:
            DataSet.objects.update(schedule="by hand")
        except BaseException as error:  # told by the thread that started it
            failed.append(error)
        finally:
            connection.close()

    beside = threading.Thread(target=write)
    beside.start()
    beside.join(timeout=10)
    assert not beside.is_alive(), "somebody waits"
    assert not failed


def met(work: Callable[..., Any], seen: list[bool]) -> Callable[..., Any]:
    """The same work, with somebody writing while it is done."""

    def done(*given: Any, **named: Any) -> Any:
        seen.append(connection.in_atomic_block)
        somebody_writes()
        return work(*given, **named)

    return done


@pytest.fixture
def ended(transactional_db):
    """How every job ended, by its name."""
    return lambda: {job.name: job.state for job in Job.objects.order_by("pk")}


def test_everybody_writes_while_pictures_are_worked_out(ended, monkeypatch):
    content, recipe = KNOWN[FIGURES].read_bytes(), packaged_recipes()[FIGURES]
    staged = stage(content=content, name="figures.json", recipe=recipe, answers={})
    take_in(staged=staged, by=SYSTEM, at=NOON)
    seen: list[bool] = []
    monkeypatch.setattr(drawing, "_worked_out", met(drawing._worked_out, seen))

    work_off()

    assert ended() == {drawing.DRAW: JobState.DONE}
    assert seen == [False]
    assert DataSet.objects.get().indicators.filter(sheet__isnull=False).exists()


def calls_told(**of: Any) -> int:
    (quarter,) = IncidentReport.objects.get(**of).content["response"]["quarters"]
    return int(quarter["calls"])


def test_everybody_writes_while_incidents_are_worked_out(ended, monkeypatch):
    laid(calls(40), police="")
    seen: list[bool] = []
    monkeypatch.setattr(incident_reports, "_worked_out", met(incident_reports._worked_out, seen))

    work_off()

    assert ended() == {WORK_OUT: JobState.DONE}
    assert seen == [False]
    assert calls_told() == 40


def test_everybody_writes_while_a_file_of_calls_is_compared_and_laid_down(ended, monkeypatch):
    known = keep_recipe()
    del known.said["incidents"]["police"]
    known.said["country"] = "no"
    known.save(update_fields=["said"])
    by_recipe = known_recipe(CODE)
    assert by_recipe is not None
    compared: list[bool] = []
    laid_down: list[bool] = []
    monkeypatch.setattr(incident_reading, "merging", met(incident_reading.merging, compared))
    monkeypatch.setattr(incident_arrivals, "merging", met(incident_arrivals.merging, laid_down))

    release = hand_in(
        name="anrop.csv", content=as_file(calls(40)), recipe=by_recipe, by=SYSTEM, at=NOON
    )
    work_off()
    release.refresh_from_db()
    put_into_use(release=release, seen=release.figures_sha256, by=SYSTEM, at=NOON)
    work_off()

    assert (compared, laid_down) == ([False], [False])
    assert set(ended().values()) == {JobState.DONE}
    assert calls_told() == 40


def test_what_came_while_a_file_was_compared_is_compared_with_as_well(cast, monkeypatch):
    keep_recipe()
    release = hand_in(
        name="anrop.csv", content=as_file(calls(40)), recipe=recipe(), by=SYSTEM, at=NOON
    )
    merging, rounds = incident_reading.merging, []

    def more_come_meanwhile(*given: Any, **named: Any) -> Any:
        made = merging(*given, **named)
        if not rounds:
            laid(calls(25))
        rounds.append(made)
        return made

    monkeypatch.setattr(incident_reading, "merging", more_come_meanwhile)
    read_file(ref=str(release.ref))

    release.refresh_from_db()
    assert [one.found.known for one in rounds] == [0, 25]
    assert release.difference["incidents"]["known"] == 25


@pytest.mark.parametrize("name", [drawing.DRAW, WORK_OUT])
def test_what_computes_has_half_an_hour_and_holds_no_transaction(name):
    assert (TASKS[name].outside, TASKS[name].lease) == (True, timedelta(minutes=30))


def test_months_that_came_meanwhile_are_worked_out_as_well(cast, monkeypatch):
    laid(calls(40))
    data_set = DataSet.objects.get()
    work_out, rounds = incident_reports._worked_out, []

    def more_come_meanwhile(*given: Any) -> Any:
        made = work_out(*given)
        if not rounds:
            laid(calls(25, "Vest"))
        rounds.append(made)
        return made

    monkeypatch.setattr(incident_reports, "_worked_out", more_come_meanwhile)
    incident_reports.work_out(data_set=CODE, at=NOON)

    assert len(rounds) == 2
    assert calls_told(data_set=data_set) == 65


def test_at_night_one_data_set_that_fails_stops_no_other(cast):
    broken = taken_in(calls(40))
    whole = taken_in(calls(40), code="other-calls")
    IncidentReport.objects.update(content={})
    month = IncidentMonth.objects.filter(data_set=broken)[0]
    month.content.delete(save=False)
    Job.objects.all().delete()

    with transaction.atomic():
        enqueue("knowledge.work_out_all_incidents")
    work_off()

    states = Job.objects.filter(name=WORK_OUT).values_list("state", flat=True)
    assert sorted(states) == [JobState.DONE, JobState.WAITING]
    assert calls_told(data_set=whole) == 40


def test_at_night_each_data_set_without_sheets_is_a_job_of_its_own(db, monkeypatch):
    monkeypatch.setattr(drawing, "without_sheets", lambda: ["one", "two"])

    tasks.lay_out_what_lacks()

    jobs = Job.objects.filter(name=drawing.DRAW).order_by("pk")
    assert [job.arguments for job in jobs] == [{"data_set": "one"}, {"data_set": "two"}]
    last = Job.objects.order_by("pk").last()
    assert last is not None
    assert last.name == "search.rebuild"  # what is drawn for the first time is found by then


def test_a_mark_made_while_addresses_are_worked_out_stays(cast, monkeypatch):
    """Where rows are not locked by reading them, as on PostgreSQL, what was read is old by then."""
    taken_in([*calls(30), *at_home(4)])
    keep = incident_reports._keep

    def marked_meanwhile(*given: Any) -> Any:
        RepeatAddress.objects.update(state=AddressState.ASSESSED, state_at=NOON)
        AddressMonth.objects.update(assessed=1)
        return keep(*given)

    monkeypatch.setattr(incident_reports, "_keep", marked_meanwhile)
    incident_reports.work_out(data_set=CODE, at=NOON)

    address = RepeatAddress.objects.get()
    assert (address.state, address.state_at) == (AddressState.ASSESSED, NOON)
    assert AddressMonth.objects.get().assessed == 1
