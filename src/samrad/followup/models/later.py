"""Whoever has a task asks for a later deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.followup.models.tasks import Task
from samrad.followup.rules import LaterState, TaskState
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class LaterDeadlineQuerySet(models.QuerySet["LaterDeadline"]):
    """Wishes for a later deadline, as an actor may read them."""

    def visible_to(self, actor: Actor) -> LaterDeadlineQuerySet:
        """They are read as the task is."""
        return self.filter(task__in=Task.objects.visible_to(actor).values("pk"))

    def waiting(self) -> LaterDeadlineQuerySet:
        """Those nobody has answered, of tasks that are still to be done."""
        return self.filter(state=LaterState.ASKED, task__state=TaskState.OPEN)


class LaterDeadline(Recorded):
    """A wish for another day, with its reason; whoever keeps the register answers it (E1)."""

    trail_kind = "later_deadline"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="later_wishes")
    wanted_date = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=LaterState.choices(), default=LaterState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LaterDeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state=LaterState.ASKED),
                name="one_later_wish_asked",
            ),
        ]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def trail_chain(self) -> str:
        return self.task.trail_chain

    @property
    def trail_restricted(self) -> bool:
        return self.task.is_restricted
