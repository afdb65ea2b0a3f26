"""What is recorded of a body beside the body itself: its terms, its report, why it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.areas.models import keys_within
from samrad.cooperation.models.councils import Council
from samrad.cooperation.rules import Course, Side
from samrad.kernel.clock import today
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def read_inside(actor: Actor) -> Q:
    """The condition that what belongs to a council's own work is for the actor.

    Permanent members of the council, or of the one above that set it up, and whoever coordinates
    the area. Not guests, and not a level that only covers it.
    """
    inside = actor.councils_where(Permission.INTERNAL_SEE)
    found = Q(council__in=inside) | Q(council__parent__in=inside)
    areas = actor.areas_where(Permission.COUNCIL_SET_UP)
    if areas:
        found |= Q(council__area__in=keys_within(areas, on=today()))
    return found


class TermsQuerySet(models.QuerySet["TermsOfReference"]):
    """Adopted terms are for all who see the council."""

    def visible_to(self, actor: Actor) -> TermsQuerySet:
        """As their councils are."""
        return self.filter(council__in=Council.objects.visible_to(actor).values("pk"))


class TermsOfReference(Recorded):
    """How a council works, as it was adopted on a day; a later version takes its place (B2)."""

    trail_kind = "terms"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    adopted_date = models.DateField()
    text = models.TextField()

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="terms_number"),
        ]

    def __str__(self) -> str:
        return f"{self.council.name} {self.number}"

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class FinalReportQuerySet(models.QuerySet["FinalReport"]):
    """Reports are read inside the cooperation."""

    def visible_to(self, actor: Actor) -> FinalReportQuerySet:
        """Members of the group and of the council above, and coordinators."""
        return self.filter(read_inside(actor))


class FinalReport(Recorded):
    """What a group for a time delivered, to the council that set it up."""

    trail_kind = "final_report"

    council = models.OneToOneField(Council, on_delete=models.CASCADE, related_name="final_report")
    text = models.TextField()  # what was done, and what came of it
    advice = models.TextField(blank=True)  # what the council above should do now
    delivered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField()

    objects = FinalReportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.council.name

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class ConsiderationQuerySet(models.QuerySet["Consideration"]):
    """Why a body is not there is read inside the cooperation."""

    def visible_to(self, actor: Actor) -> ConsiderationQuerySet:
        """Members of the council above, and coordinators; a covering level sees the state alone."""
        return self.filter(read_inside(actor))


class Consideration(Recorded):
    """How it stands with a body that is not set up, as somebody recorded it on a day (B4)."""

    trail_kind = "consideration"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="considerations")
    course = models.CharField(max_length=12, choices=Course.choices())
    initiative = models.CharField(max_length=12, choices=Side.choices(), blank=True)
    asked_date = models.DateField(null=True, blank=True)
    answered_date = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    watched = models.TextField(blank=True)  # what would make it time after all
    review_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = ConsiderationQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_date=None)
                | Q(answered_date=None)
                | Q(answered_date__gte=models.F("asked_date")),
                name="consideration_answered_after_asked",
            )
        ]

    def __str__(self) -> str:
        return self.council.name

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain
