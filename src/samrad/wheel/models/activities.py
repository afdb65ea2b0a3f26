"""When a council took its wheel into use, and the activities it has added itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council, overseen
from samrad.documents.rules import Classification
from samrad.trail.models import Recorded
from samrad.wheel.rules import Calls, Part, Rhythm, When

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class Wheel(Recorded):
    """A council's wheel is in use: from that day, what is not done in time is late."""

    trail_kind = "wheel"

    council = models.OneToOneField(Council, on_delete=models.CASCADE, related_name="wheel")
    from_date = models.DateField()
    years = models.JSONField(default=dict, blank=True)
    """Where what the profile has every other year falls in other years here: from which ones on."""
    moved_on = models.JSONField(default=dict, blank=True)
    """The day on which each of these was last moved: what was due before that is not late."""
    known_since = models.JSONField(default=dict, blank=True)
    """Since when it has each activity of the country's wheel; empty: from the first day.

    What came with a later version is not late in the time it came in.
    """

    def __str__(self) -> str:
        return self.council.name

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Local activities as an actor may read them."""

    def visible_to(self, actor: Actor) -> ActivityQuerySet:
        """Open ones: whoever sees the council. Internal ones: its permanent members."""
        sees = Q(council__in=actor.councils_where(Permission.COUNCIL_SEE)) | overseen(actor)
        return self.filter(
            Q(council__in=actor.councils_where(Permission.INTERNAL_SEE))
            | (Q(classification=Classification.OPEN) & sees)
        )


class Activity(Recorded):
    """Something that recurs in one council, beside what the country's profile has (D1)."""

    trail_kind = "activity"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    classification = models.CharField(
        max_length=12, choices=Classification.choices(), default=Classification.INTERNAL
    )
    rhythm = models.CharField(max_length=20, choices=Rhythm.choices(), default=Rhythm.YEARLY)
    months = models.JSONField(default=list)
    part = models.CharField(max_length=12, choices=Part.choices(), default=Part.WHOLE)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    first_year = models.PositiveSmallIntegerField()
    calls_for = models.CharField(max_length=12, choices=Calls.choices(), default=Calls.NOTHING)
    from_date = models.DateField(
        null=True, blank=True
    )  # since when its times are these; older rows do not say
    ended_date = models.DateField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["council", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(classification__in=[Classification.OPEN, Classification.INTERNAL]),
                name="activity_is_never_restricted",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def when(self) -> When:
        """When it is due, as the rules take it."""
        return When(
            Rhythm(self.rhythm), tuple(self.months), Part(self.part), self.day, self.first_year
        )
