"""How the queue is doing: for the readiness page, and for Prometheus when it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Count, Max, Min
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from samrad.kernel.clock import now
from samrad.work.models import Heartbeat, Job
from samrad.work.rules import JobState


@dataclass(frozen=True)
class QueueFigures:
    """`late_seconds` is how long the oldest due job has waited for a worker."""

    waiting: int
    running: int
    dead: int
    late_seconds: float


def queue_figures(at: datetime) -> QueueFigures:
    """The queue at this moment, in one query."""
    rows = {
        state: (count, oldest)
        for state, count, oldest in Job.objects.exclude(state=JobState.DONE)
        .values_list("state")
        .annotate(Count("pk"), Min("due_at"))
    }
    waiting, oldest = rows.get(JobState.WAITING, (0, at))
    return QueueFigures(
        waiting=waiting,
        running=rows.get(JobState.RUNNING, (0, at))[0],
        dead=rows.get(JobState.DEAD, (0, at))[0],
        late_seconds=max(0.0, (at - oldest).total_seconds()),
    )


def heartbeat_age(at: datetime) -> float | None:
    """Seconds since any worker was last known to be alive; None when there has been none."""
    last = Heartbeat.objects.aggregate(last=Max("beat_at"))["last"]
    return max(0.0, (at - last).total_seconds()) if last else None


class QueueCollector(Collector):
    """Reads the queue when the metrics are asked for, so that every process tells the same."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: being registered must not touch the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Jobs by state, the wait of the oldest, and the age of the workers' last sign of life."""
        at = now()
        figures = queue_figures(at)
        jobs = GaugeMetricFamily("samrad_jobs", "Queued jobs.", labels=["state"])
        jobs.add_metric(["waiting"], figures.waiting)
        jobs.add_metric(["running"], figures.running)
        jobs.add_metric(["dead"], figures.dead)
        yield jobs
        yield GaugeMetricFamily(
            "samrad_jobs_late_seconds", "Wait of the oldest due job.", figures.late_seconds
        )
        age = heartbeat_age(at)
        if age is not None:
            yield GaugeMetricFamily(
                "samrad_worker_heartbeat_seconds", "Age of the workers' last sign of life.", age
            )


@cache
def publish() -> None:
    """Register with Prometheus, once a process."""
    REGISTRY.register(QueueCollector())
