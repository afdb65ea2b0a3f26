"""What the queue is made of: jobs, schedules, and the sign of life of every worker."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.trail.models import Recorded
from samrad.work.rules import UNFINISHED, JobState

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about the queue."""

    def visible_to(self, actor: Actor) -> JobQuerySet:
        """The queue is a matter of those who run the installation."""
        return self if actor.is_system or actor.manages_installation else self.none()

    def due(self, at: datetime) -> JobQuerySet:
        """What a worker may take now, the longest waiting first."""
        return self.filter(state__in=UNFINISHED, due_at__lte=at).order_by("due_at", "pk")

    def dead(self) -> JobQuerySet:
        """Dead letters: given up, and waiting for a person."""
        return self.filter(state=JobState.DEAD).order_by("-due_at")


class Job(Recorded):
    """A task to be done, with its arguments.

    `due_at` is the moment from which a worker may take it: the one asked for, the next try after a
    failure, or, while it runs, the end of the lease of the worker that has it.
    """

    trail_kind = "job"

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)  # of the jobs there are, one for each key
    state = models.CharField(max_length=8, choices=JobState.choices(), default=JobState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=36, blank=True)
    error = models.CharField(
        max_length=120, blank=True
    )  # the class of the failure, never its words
    enqueued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="job_key_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "running"]), name="job_due"
            ),
            models.Index(fields=["state", "finished_at"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class Schedule(models.Model):
    """When a recurring task comes round next; whoever moves the time on enqueues it."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker was alive at this moment."""

    worker = models.CharField(max_length=36, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
