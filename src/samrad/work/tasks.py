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
    """Jobs that were done two weeks ago are of no use to anybody, nor are their keys."""
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now() - KEPT).delete()
