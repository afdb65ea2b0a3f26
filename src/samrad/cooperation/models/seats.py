"""Places in a council, bound to roles at organisations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from samrad.cooperation.rules import (
    Rhythm,
    SeatFunction,
    Side,
)
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


from samrad.cooperation.models.councils import Council


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats of councils."""

    def on(self, day: date) -> SeatQuerySet:
        """Those that exist on `day`."""
        return self.filter(
            (Q(from_date=None) | Q(from_date__lte=day)) & (Q(to_date=None) | Q(to_date__gte=day))
        )

    def visible_to(self, actor: Actor) -> SeatQuerySet:
        """As their councils are."""
        return self.filter(council__in=Council.objects.visible_to(actor).values("pk"))


class Seat(Recorded):
    """A place in a council for whoever holds a role at an organisation (B2)."""

    trail_kind = "seat"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=40)  # a role code of the country's profile
    function = models.CharField(
        max_length=12, choices=SeatFunction.choices(), default=SeatFunction.MEMBER
    )
    side = models.CharField(max_length=12, choices=Side.choices())
    theme = models.CharField(max_length=120, blank=True)
    rhythm = models.CharField(max_length=24, choices=Rhythm.choices(), blank=True)  # of a guest
    order = models.PositiveSmallIntegerField(default=0)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["council", "order", "pk"]
        indexes = [models.Index(fields=["organisation", "role"], name="seat_post")]

    def __str__(self) -> str:
        return f"{self.role_name()}, {self.organisation.name}"

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    def role_name(self, language: str = "") -> str:
        """What the seat's role is called in the country, in the reader's language."""
        names = profile(self.council.country).role(self.role).name
        return names.in_language(language or get_language() or "en")
