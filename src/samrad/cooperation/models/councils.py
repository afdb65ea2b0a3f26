"""The forums of police and municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaName, keys_within
from samrad.areas.rules.names import fold
from samrad.cooperation.rules import (
    CouncilState,
)
from samrad.kernel.clock import today
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def overseen(actor: Actor, *, council: str = "council") -> Q:
    """The condition that a row's council lies in an area the actor covers; never for most people.

    `council` is the path from the row to its council.
    """
    if not oversees(actor):
        return Q(pk__in=[])
    return Q(**{f"{council}__in": Council.objects.overseen_by(actor).values("pk")})


def oversees(actor: Actor) -> bool:
    """Whether the actor covers any area at all."""
    return bool(_areas_covered(actor))


def _areas_covered(actor: Actor) -> frozenset[int]:
    return actor.areas_where(Permission.COUNCIL_OVERSEE) | actor.areas_where(
        Permission.COUNCIL_SET_UP
    )


class CouncilQuerySet(models.QuerySet["Council"]):
    """Councils as an actor may see them."""

    def visible_to(self, actor: Actor) -> CouncilQuerySet:
        """Those the actor has a seat in, and those in an area the actor oversees or sets up.

        A body that is only considered has no seats: permanent members of the council above see it,
        and that it is no longer thought of.
        """
        seen = Q(pk__in=actor.councils_where(Permission.COUNCIL_SEE))
        inside = actor.councils_where(Permission.INTERNAL_SEE)
        if inside:
            dropped = Q(state=CouncilState.ENDED, established_date=None)
            seen |= (Q(state=CouncilState.CONSIDERED) | dropped) & Q(parent__in=inside)
        return self.filter(seen | overseen(actor, council="pk"))

    def overseen_by(self, actor: Actor) -> CouncilQuerySet:
        """Those whose territory lies in an area the actor covers: states and open matters only."""
        areas = _areas_covered(actor)
        if not areas:
            return self.none()
        return self.filter(area__in=keys_within(areas, on=today()))

    def entered_by(self, actor: Actor) -> CouncilQuerySet:
        """Those the actor has a seat in."""
        return self.filter(pk__in=actor.councils_where(Permission.COUNCIL_SEE))

    def called(self, text: str) -> CouncilQuerySet:
        """Those with `text` in their name, or whose area has a name with a word that begins so."""
        names = AreaName.objects.filter(area=OuterRef("area"), folded__contains=f" {fold(text)}")
        return self.filter(Q(name__icontains=text) | Q(Exists(names)))

    def active(self) -> CouncilQuerySet:
        """Those at work."""
        return self.filter(state=CouncilState.ACTIVE)

    def kept_by(self, actor: Actor) -> CouncilQuerySet:
        """Those the actor keeps: as secretary or chair, or as coordinator of the area."""
        areas = actor.areas_where(Permission.COUNCIL_SET_UP)
        kept = Q(pk__in=actor.councils_where(Permission.COUNCIL_MANAGE))
        if areas:
            kept |= Q(area__in=keys_within(areas, on=today()))
        return self.filter(kept)


class Council(Recorded):
    """A forum of police and municipality, of a tier in the country's profile (B1)."""

    trail_kind = "council"

    country = models.CharField(max_length=2)
    tier = models.CharField(max_length=40)  # a tier code of the country's profile
    name = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="councils")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    state = models.CharField(
        max_length=12, choices=CouncilState.choices(), default=CouncilState.ACTIVE
    )
    state_reason = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    slt_relation = models.TextField(blank=True)  # how the council relates to SLT (B3)
    meetings_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)  # agenda out before it
    mandate = models.TextField(blank=True)  # what a group that ends by itself is to deliver
    planned_end_date = models.DateField(null=True, blank=True)
    established_date = models.DateField(null=True, blank=True)
    resting_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["country", "tier", "state"], name="council_country_tier")]

    def __str__(self) -> str:
        return self.name

    @property
    def was_never_set_up(self) -> bool:
        """Whether it was considered, and then no longer: the reason is for those inside."""
        return self.state == CouncilState.ENDED and self.established_date is None

    @property
    def trail_chain(self) -> str:
        return f"council:{self.ref}"

    def get_absolute_url(self) -> str:
        """The council's own page."""
        return address_of("cooperation:council", self.ref)

    @property
    def tier_name(self) -> str:
        """What a council of this tier is called in the country, in the reader's language."""
        names = profile(self.country).tier(self.tier).name
        return names.in_language(get_language() or "en")

    @property
    def level(self) -> Level:
        """What it is there to do, from the top of the structure downwards."""
        return profile(self.country).tier(self.tier).level

    @property
    def is_at_work(self) -> bool:
        """Whether it meets: neither considered, nor resting, nor ended."""
        return self.state == CouncilState.ACTIVE

    @property
    def zone(self) -> str:
        """The time zone meetings are held in."""
        return profile(self.country).zone
