"""The worker: takes one job after the other, keeps the schedule, shows that it is alive."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import Error as DatabaseProblem
from django.db import connection, transaction

from samrad.kernel.clock import now
from samrad.kernel.ids import uuid7
from samrad.work.actions import LeaseLost, enqueue_due_schedules, fail_job, finish_job, take_job
from samrad.work.models import Heartbeat, Job
from samrad.work.registry import GiveUp, Task, task_named
from samrad.work.rules import JobState

log = logging.getLogger("samrad.work")

SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
BEAT_SECONDS = 10.0
SHARE_OF_LEASE = 0.9


class OutOfTime(BaseException):
    """Work was interrupted because its lease runs out; no ordinary `except` may swallow it."""


class Worker:
    """One process that works the queue off until it is told to stop."""

    def __init__(self) -> None:
        self.name = str(uuid7())
        self._stop = threading.Event()
        self._beaten = float("-inf")

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the job in hand, then end."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; pauses grow while there is nothing to do."""
        pause = SHORTEST_PAUSE
        while not self._stop.is_set():
            if self.turn():
                pause = SHORTEST_PAUSE
                continue
            self._stop.wait(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)

    def turn(self) -> bool:
        """One round; True when there was a job. A database that is away is waited for."""
        try:
            self._keep_up()
            return self.do_next()
        except DatabaseProblem as error:
            log.warning("database away", extra={"error": type(error).__name__})
            connection.close()
            return False

    def do_next(self) -> bool:
        """Take and do the next due job; False when there is none."""
        at = now()
        if not Job.objects.due(at).exists():  # a read, so that an idle worker locks nothing
            return False
        job = take_job(worker=self.name, at=at)
        if job and job.state == JobState.RUNNING:
            do(job)
        return job is not None

    def _keep_up(self) -> None:
        if time.monotonic() - self._beaten < BEAT_SECONDS:
            return
        self._beaten = time.monotonic()
        at = now()
        Heartbeat.objects.update_or_create(worker=self.name, defaults={"beat_at": at})
        Heartbeat.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()
        enqueue_due_schedules(at=at)


def do(job: Job) -> None:
    """Do a job that was taken, and say in the queue and in the log how it went."""
    started = time.monotonic()
    outcome, error = "done", ""
    try:
        _carry_out(job, task_named(job.name))
    except LeaseLost:
        outcome = "taken over by another worker"
    except (Exception, OutOfTime) as failure:
        outcome, error = "failed", type(failure).__name__
        _leave_connection()
        log.warning(
            "job failed at", extra={"task": job.name, "place": _place(failure), "error": error}
        )
        try:
            fail_job(job, error=error, at=now(), for_good=isinstance(failure, GiveUp))
        except LeaseLost:
            outcome = "taken over by another worker"
    log.info(
        "job",
        extra={
            "task": job.name,
            "job": job.pk,
            "attempt": job.attempts,
            "outcome": outcome,
            "error": error,
            "milliseconds": round((time.monotonic() - started) * 1000, 1),
        },
    )


def _carry_out(job: Job, task: Task) -> None:
    if task.outside:
        with time_limit(task.lease):
            task.work(**job.arguments)
        finish_job(job, at=now())
        return
    with transaction.atomic():
        with time_limit(task.lease):
            task.work(**job.arguments)
        finish_job(job, at=now())


@contextmanager
def time_limit(lease: timedelta) -> Iterator[None]:
    """Interrupt work that would outlive its lease (in the main thread, where signals arrive)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before: Any = signal.signal(signal.SIGALRM, interrupt)
    # Again each second: Python drops what a signal raises inside a destructor.
    signal.setitimer(signal.ITIMER_REAL, lease.total_seconds() * SHARE_OF_LEASE, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _leave_connection() -> None:
    """What failed, or was interrupted in the middle of a query, may have left it unusable."""
    if not connection.in_atomic_block:
        connection.close()


def _place(failure: BaseException) -> str:
    """Where in our own code it happened: a file and a line, none of the values."""
    trace, place = failure.__traceback__, ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if "samrad" in path.parts:
            place = f"{path.parent.name}/{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def work_off(limit: int = 1000) -> int:
    """Do everything that is due now and say how many jobs that was: for `--once` and for tests."""
    worker, done = Worker(), 0
    while done < limit and worker.do_next():
        done += 1
    return done
