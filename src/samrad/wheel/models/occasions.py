"""What became of an activity at one of its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council, overseen
from samrad.people.models import Person
from samrad.trail.models import Recorded
from samrad.wheel.models.activities import Activity
from samrad.wheel.rules import Mark

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Occasions as an actor may see them."""

    def visible_to(self, actor: Actor) -> OccasionQuerySet:
        """With the council, and with the activity where that is the council's own."""
        seen = Q(council__in=actor.councils_where(Permission.COUNCIL_SEE)) | overseen(actor)
        own = Activity.objects.visible_to(actor).values("pk")
        return self.filter(seen & (Q(activity=None) | Q(activity__in=own)))


class Occasion(Recorded):
    """One time an activity is due in a year. There is a row once something was done about it."""

    trail_kind = "occasion"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="occasions")
    code = models.CharField(max_length=60, blank=True)  # of the profile's activity
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="occasions"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)  # what the activity was called then
    mark = models.CharField(max_length=12, choices=Mark.choices(), default=Mark.NONE)
    note = models.TextField(blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follows_plan = models.BooleanField(default=False)  # ticked off because meetings were planned
    made_kind = models.CharField(max_length=40, blank=True)  # meeting, task, theme_day
    made_ref = models.UUIDField(null=True, blank=True)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["council", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "code", "year", "number"],
                condition=Q(activity=None),
                name="occasion_of_profile_once",
            ),
            models.UniqueConstraint(
                fields=["activity", "year", "number"],
                condition=Q(activity__isnull=False),
                name="occasion_of_council_once",
            ),
            models.CheckConstraint(
                condition=(~Q(code="") & Q(activity=None))
                | (Q(code="") & Q(activity__isnull=False)),
                name="occasion_of_one_activity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def trail_label(self) -> str:
        return self.label
