"""The queue's own housekeeping."""

from __future__ import annotations

from datetime import timedelta

from samrad.kernel.clock import now
from samrad.work.models import Job
from samrad.work.registry import every, task
from samrad.work.rules import JobState

KEPT = timedelta(days=14)


@every(daily_at="03:30")
@task("work.forget_done")
def forget_done() -> None:
    """Jobs that were done two weeks ago are of no use to anybody, nor are their keys.

    A key names a tick of the schedule, and `next_at` only moves forward: a tick never comes back.
    What must not be repeated in years has its key where it is kept, such as a mail's.
    """
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now() - KEPT).delete()
