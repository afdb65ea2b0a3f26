"""What happens to a job: enqueued, taken, finished, failed, let run again, dropped."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from samrad.access.actor import Actor
from samrad.kernel.clock import now
from samrad.trail.api import record
from samrad.work.events import JOB_DROPPED, JOB_RETRIED
from samrad.work.models import Job, Schedule
from samrad.work.permissions import may_tend_queue
from samrad.work.registry import SCHEDULES, TASKS, Task, task_named
from samrad.work.rules import JobState, wait_after

log = logging.getLogger("samrad.work")


class LeaseLost(Exception):
    """Another worker has taken the job over: whatever this one did must be undone."""


def enqueue(
    name: str, *, key: str = "", run_after: datetime | None = None, **arguments: Any
) -> None:
    """Have the task `name` done with these JSON values, once the present transaction commits.

    A second job with the same `key` is not made while the first is kept (two weeks after it was
    done). Refuses outside a transaction: the job belongs
    to the change it follows from.
    """
    task_named(name)
    if not transaction.get_connection().in_atomic_block:
        message = f"enqueue({name!r}) must be in the transaction of the change it follows from."
        raise transaction.TransactionManagementError(message)
    at = now()
    job = Job(name=name, arguments=arguments, key=key, due_at=run_after or at, enqueued_at=at)
    Job.objects.bulk_create([job], ignore_conflicts=bool(key))


@transaction.atomic
def enqueue_due_schedules(*, at: datetime) -> None:
    """Enqueue the recurring tasks whose time has come; of several workers one alone does it."""
    rows = {row.name: row.next_at for row in Schedule.objects.filter(name__in=SCHEDULES)}
    for name, rhythm in SCHEDULES.items():
        following = rhythm.next_after(at)
        tick = rows.get(name)
        if tick is None:
            Schedule.objects.bulk_create(
                [Schedule(name=name, next_at=following)], ignore_conflicts=True
            )
        elif tick <= at:
            moved = Schedule.objects.filter(name=name, next_at=tick).update(next_at=following)
            if moved:
                enqueue(name, key=f"{name}@{tick.isoformat(timespec='seconds')}")


@transaction.atomic
def take_job(*, worker: str, at: datetime) -> Job | None:
    """Lease the next due job to `worker`; nobody else gets it until the lease runs out."""
    job = Job.objects.due(at).select_for_update(skip_locked=True).first()
    if job is None:
        return None
    task = TASKS.get(job.name)
    if task and job.state == JobState.RUNNING and job.attempts >= task.attempts:
        _bury(job, task, error="WorkerLost", at=at)  # it takes its worker with it every time
        return job
    job.state, job.worker = JobState.RUNNING, worker
    job.attempts += 1
    job.due_at = at + (task or NO_TASK).lease
    job.save(update_fields=["state", "worker", "attempts", "due_at"])
    return job


def finish_job(job: Job, *, at: datetime) -> None:
    """Mark a job done, in the transaction of its effects; raises when the lease was lost.

    Its arguments go: they may hold a name or the token of an invitation.
    """
    _close(job, state=JobState.DONE, finished_at=at, error="", arguments={})


@transaction.atomic
def fail_job(job: Job, *, error: str, at: datetime, for_good: bool = False) -> None:
    """Try again later, or give up after the last attempt. `error` is a class name, no more."""
    task = TASKS.get(job.name, NO_TASK)
    if for_good or job.attempts >= task.attempts:
        _bury(job, task, error=error, at=at)
    else:
        _close(job, state=JobState.WAITING, due_at=at + wait_after(job.attempts), error=error)


def _bury(job: Job, task: Task, *, error: str, at: datetime) -> None:
    _close(job, state=JobState.DEAD, finished_at=at, error=error)
    log.error("given up", extra={"task": job.name, "job": job.pk, "error": error})
    if task.on_death is None:
        return
    try:
        with transaction.atomic():
            task.on_death(**job.arguments)
    except Exception as failure:  # the letter is dead all the same, and is seen in the list
        log.error("last words failed", extra={"task": job.name, "error": type(failure).__name__})


def _close(job: Job, **values: Any) -> None:
    ours = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts
    )
    if not ours.update(worker="", **values):
        raise LeaseLost
    for name, value in values.items():
        setattr(job, name, value)


@transaction.atomic
def retry_job(*, job: Job, by: Actor, at: datetime) -> None:
    """Let a dead letter run again, with all its attempts before it."""
    may_tend_queue(by).enforce()
    revived = Job.objects.dead().filter(pk=job.pk)
    if revived.update(state=JobState.WAITING, attempts=0, due_at=at, finished_at=None):
        record(JOB_RETRIED, about=job, by=by, at=at)


@transaction.atomic
def drop_job(*, job: Job, by: Actor, at: datetime) -> None:
    """Remove a dead letter that nobody needs done any more."""
    may_tend_queue(by).enforce()
    record(JOB_DROPPED, about=job, by=by, at=at)
    Job.objects.dead().filter(pk=job.pk).delete()


def _unknown(**_arguments: Any) -> None:
    """Stands for a task that no app of this version has registered."""


NO_TASK = Task(name="", work=_unknown)
