"""The queue: nothing is lost, nothing has its effect twice, what is given up is seen."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from samrad.access.actor import ANONYMOUS, SYSTEM
from samrad.kernel.clock import held_at, now
from samrad.kernel.verdict import Refused
from samrad.trail.api import event_codes_of
from samrad.work import registry
from samrad.work.actions import (
    LeaseLost,
    drop_job,
    enqueue,
    enqueue_due_schedules,
    finish_job,
    retry_job,
    take_job,
)
from samrad.work.figures import QueueCollector, heartbeat_age, queue_figures
from samrad.work.models import Heartbeat, Job, Schedule
from samrad.work.registry import GiveUp, UnknownTask, every, task
from samrad.work.rules import LONGEST_WAIT, JobState, Rhythm, wait_after
from samrad.work.worker import OutOfTime, Worker, do, time_limit, work_off
from tests.cast import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> list[Any]:
    """What the tasks of a test have done."""
    return []


@pytest.fixture
def tasks(done: list[Any]) -> Iterator[Callable[..., Any]]:
    """Tasks of this test alone: `note` does something, `fail` fails, `hopeless` gives up."""
    before, schedules = dict(registry.TASKS), dict(registry.SCHEDULES)

    @task("test.note")
    def note(what: Any = None) -> None:
        done.append(what)

    @task("test.fail", attempts=3, on_death=lambda **arguments: done.append(("gave up", arguments)))
    def fail(**_arguments: Any) -> None:
        Job.objects.filter(name="test.bystander").update(error="half done")
        message = "words nobody else should read"
        raise ValueError(message)

    @task("test.hopeless")
    def hopeless() -> None:
        raise GiveUp

    yield task
    for kept, earlier in ((registry.TASKS, before), (registry.SCHEDULES, schedules)):
        kept.clear()
        kept.update(earlier)


def test_a_task_is_done_once_with_its_arguments(tasks: Any, done: list[Any]) -> None:
    enqueue("test.note", what={"minutes": 7})

    assert work_off() == 1
    assert work_off() == 0
    assert done == [{"minutes": 7}]
    job = Job.objects.get()
    assert (job.state, job.arguments) == (JobState.DONE, {})


def test_a_task_waits_for_its_moment(tasks: Any, done: list[Any]) -> None:
    with held_at(NOON):
        enqueue("test.note", run_after=NOON + timedelta(hours=1))
        assert work_off() == 0
    with held_at(NOON + timedelta(hours=1)):
        assert work_off() == 1


def test_the_same_key_is_enqueued_once_even_after_it_was_done(tasks: Any, done: list[Any]) -> None:
    for _ in range(2):
        enqueue("test.note", key="reminder of task 3 on 21 November")
        work_off()

    assert len(done) == 1


def test_a_task_nobody_has_registered_is_refused_when_it_is_enqueued() -> None:
    with pytest.raises(UnknownTask):
        enqueue("test.nothing")


@pytest.mark.django_db(transaction=True)
def test_a_task_belongs_to_the_transaction_of_its_change(tasks: Any) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        enqueue("test.note")
    with transaction.atomic():
        enqueue("test.note")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_a_failed_task_is_tried_again_later_and_keeps_only_the_class_of_its_error(
    tasks: Any,
) -> None:
    with held_at(NOON):
        enqueue("test.fail")
        work_off()

    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.WAITING, 1, "ValueError")
    assert NOON + timedelta(seconds=13) < job.due_at < NOON + timedelta(seconds=17)


def test_what_a_failed_task_wrote_is_undone(tasks: Any) -> None:
    bystander = Job.objects.create(
        name="test.bystander", state=JobState.DONE, due_at=NOON, enqueued_at=NOON
    )
    enqueue("test.fail")
    work_off()

    bystander.refresh_from_db()
    assert bystander.error == ""


def test_after_its_last_attempt_a_task_is_a_dead_letter_and_says_its_last_words(
    tasks: Any, done: list[Any]
) -> None:
    enqueue("test.fail", message=5)
    for _ in range(3):
        Job.objects.update(due_at=now())
        work_off()

    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.DEAD, 3, "ValueError")
    assert done == [("gave up", {"message": 5})]


def test_a_task_that_gives_up_is_not_tried_again(tasks: Any) -> None:
    enqueue("test.hopeless")
    work_off()

    assert Job.objects.get().state == JobState.DEAD


def test_waits_grow_to_six_hours() -> None:
    waits = [wait_after(attempt).total_seconds() for attempt in range(1, 9)]

    assert 13 < waits[0] < 17
    assert waits[:6] == sorted(waits[:6])
    assert waits[-1] <= LONGEST_WAIT.total_seconds() * 1.1


def test_a_leased_job_is_nobody_elses_until_the_lease_runs_out(tasks: Any) -> None:
    enqueue("test.note")
    first = take_job(worker="one", at=now())

    assert first is not None
    assert take_job(worker="two", at=now()) is None
    assert take_job(worker="two", at=first.due_at) is not None


def test_a_worker_that_lost_its_lease_leaves_no_effect(tasks: Any, done: list[Any]) -> None:
    enqueue("test.note")
    slow = take_job(worker="slow", at=now())
    assert slow is not None
    quick = take_job(worker="quick", at=slow.due_at)
    assert quick is not None

    with pytest.raises(LeaseLost):
        finish_job(slow, at=now())
    do(slow)  # as its process would: notices, and touches nothing
    job = Job.objects.get()
    assert (job.state, job.worker, job.attempts) == (JobState.RUNNING, "quick", 2)


def test_a_job_that_kills_every_worker_ends_as_a_dead_letter(tasks: Any, done: list[Any]) -> None:
    enqueue("test.fail")
    at = now()
    for _ in range(3):
        job = take_job(worker="killed", at=at)
        assert job is not None
        at = job.due_at
    take_job(worker="next", at=at)

    job = Job.objects.get()
    assert (job.state, job.error) == (JobState.DEAD, "WorkerLost")
    assert done == [("gave up", {})]


def test_work_that_outlives_its_lease_is_interrupted() -> None:
    started = time.monotonic()
    with pytest.raises(OutOfTime), time_limit(timedelta(milliseconds=20)):
        time.sleep(5)

    assert time.monotonic() - started < 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [False, True])
def test_work_interrupted_in_the_middle_of_a_query_is_undone_and_the_worker_goes_on(
    tasks: Any, done: list[Any], outside: bool
) -> None:
    @task("test.endless", outside=outside, lease=timedelta(milliseconds=80))
    def endless() -> None:
        if not outside:
            Job.objects.update(error="half done")
        while True:
            Job.objects.filter(name__contains="x").count()

    with transaction.atomic():
        enqueue("test.endless")
        enqueue("test.note", what="next")
    worker = Worker()
    while worker.turn():
        pass

    assert done == ["next"]
    job = Job.objects.get(name="test.endless")
    assert (job.state, job.error) == (JobState.WAITING, "OutOfTime")
    assert not Job.objects.filter(error="half done").exists()


def test_of_several_workers_one_enqueues_a_schedule_and_missed_ticks_are_not_made_up_for(
    tasks: Any, done: list[Any]
) -> None:
    registry.SCHEDULES.clear()

    @every(minutes=15)
    @task("test.quarterly")
    def quarterly() -> None:
        done.append("tick")

    enqueue_due_schedules(at=NOON)
    assert Schedule.objects.get().next_at == NOON + timedelta(minutes=15)
    later = NOON + timedelta(hours=3)
    enqueue_due_schedules(at=later)
    enqueue_due_schedules(at=later)
    work_off()

    assert done == ["tick"]
    assert Schedule.objects.get().next_at == later + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("moment", "tick"),
    [
        (datetime(2026, 11, 21, 4, 0, tzinfo=UTC), datetime(2026, 11, 21, 5, 0, tzinfo=UTC)),
        (datetime(2026, 11, 21, 5, 0, tzinfo=UTC), datetime(2026, 11, 22, 5, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 4, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 5, 0, tzinfo=UTC)),
    ],
    ids=["later today", "tomorrow", "summer time begins", "summer time ends"],
)
def test_six_in_the_morning_is_six_by_the_councils_clock(moment: datetime, tick: datetime) -> None:
    rhythm = Rhythm(daily_at=datetime(2026, 1, 1, 6, 0).time())  # noqa: DTZ001

    assert rhythm.next_after(moment) == tick


def test_a_worker_shows_that_it_is_alive(tasks: Any) -> None:
    assert heartbeat_age(now()) is None
    Worker().turn()

    age = heartbeat_age(now())
    assert age is not None
    assert age < 5
    assert Heartbeat.objects.count() == 1


def test_figures_tell_what_waits_and_what_died(tasks: Any) -> None:
    with held_at(NOON):
        enqueue("test.hopeless")
        work_off()
        enqueue("test.note")
    figures = queue_figures(NOON + timedelta(seconds=30))

    assert (figures.waiting, figures.running, figures.dead) == (1, 0, 1)
    assert figures.late_seconds == 30
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in QueueCollector().collect()
        for sample in family.samples
    }
    assert samples["samrad_jobs", "dead"] == 1


def test_an_operator_lists_retries_and_drops_dead_letters(tasks: Any, done: list[Any]) -> None:
    enqueue("test.hopeless")
    enqueue("test.hopeless")
    work_off()
    first, second = Job.objects.order_by("pk")

    out = StringIO()
    call_command("work", "list", "--json", stdout=out)
    listed = json.loads(out.getvalue())
    assert [row["pk"] for row in listed["letters"]] == [second.pk, first.pk]
    assert listed["letters"][0]["error"] == "GiveUp"
    assert listed["heartbeat_seconds"] is None

    call_command("work", "retry", str(first.pk))
    call_command("work", "drop", str(second.pk))

    assert list(Job.objects.values_list("pk", "state")) == [(first.pk, JobState.WAITING)]
    assert event_codes_of(first) == ["work.job_retried"]
    assert event_codes_of(second) == ["work.job_dropped"]
    with pytest.raises(CommandError, match="no dead letter"):
        call_command("work", "retry", str(first.pk))


def test_nobody_without_the_installation_in_charge_touches_the_queue(tasks: Any) -> None:
    enqueue("test.hopeless")
    work_off()
    job = Job.objects.get()

    for act in (retry_job, drop_job):
        with pytest.raises(Refused, match="Only those who run the installation"):
            act(job=job, by=ANONYMOUS, at=NOON)
    drop_job(job=job, by=SYSTEM, at=NOON)
    assert not Job.objects.exists()


def test_the_worker_command_does_what_is_due_and_ends(tasks: Any, done: list[Any]) -> None:
    enqueue("test.note", what="mail")
    call_command("worker", "--once")

    assert done == ["mail"]


def test_jobs_done_two_weeks_ago_are_forgotten(tasks: Any) -> None:
    with held_at(NOON):
        enqueue("test.note", key="kept for a while")
        work_off()
    with held_at(NOON + timedelta(days=15)):
        enqueue("work.forget_done")
        work_off()

    assert not Job.objects.filter(name="test.note").exists()
