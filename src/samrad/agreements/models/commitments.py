"""What was made of a commitment so that it is kept: who, how often, where it is followed (C7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samrad.agreements.models.life import Evaluation
from samrad.agreements.rules.commitments import Finding, Pace, Times
from samrad.cooperation.models import Commitment
from samrad.followup.models import Task
from samrad.people.models import Organisation
from samrad.wheel.models import Activity


class Following(models.Model):
    """A commitment is followed: by an activity of the year wheel, or once, by a task."""

    commitment = models.OneToOneField(
        Commitment, on_delete=models.CASCADE, related_name="following"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, blank=True)  # a role code of the country's profile
    pace = models.CharField(max_length=12, choices=Pace.choices(), default=Pace.YEARLY)
    months = models.JSONField(default=list)
    due_date = models.DateField(null=True, blank=True)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pace=Pace.ONCE, due_date__isnull=False)
                | (~Q(pace=Pace.ONCE) & Q(due_date=None)),
                name="following_once_by_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.pace}"

    @property
    def times(self) -> Times:
        """When it is due, as the rules take it."""
        return Times(Pace(self.pace), tuple(self.months), self.due_date)


class FollowedBefore(models.Model):
    """How a commitment was followed until it was settled otherwise: what was done stays counted."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="followed_before"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    until_date = models.DateField()

    class Meta:
        ordering = ["until_date", "pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} ({self.until_date:%Y-%m-%d})"


class PromiseEvaluated(models.Model):
    """What an evaluation found of one promise: held, partly or not, and a sentence about it.

    The promise is told as it stood then: it may be put otherwise or go on in another agreement.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="promises")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.SET_NULL, related_name="evaluated"
    )
    title = models.CharField(max_length=300)
    finding = models.CharField(max_length=12, choices=Finding.choices())
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["evaluation", "pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.finding}"
