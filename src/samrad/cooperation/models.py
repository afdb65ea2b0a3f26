"""Councils with seats bound to roles at organisations, and agreements with their clauses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaName
from samrad.areas.rules.names import fold
from samrad.cooperation.rules import (
    AgreementState,
    CouncilState,
    ReadingState,
    SeatFunction,
    Side,
)
from samrad.documents.models import StoredFile
from samrad.kernel.clock import today
from samrad.people.models import Organisation, Person
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class CouncilQuerySet(models.QuerySet["Council"]):
    """Councils as an actor may see them."""

    def visible_to(self, actor: Actor) -> CouncilQuerySet:
        """Those the actor has a seat in, and those in an area the actor oversees or sets up."""
        return self.filter(
            Q(pk__in=actor.councils_where(Permission.COUNCIL_SEE))
            | Q(pk__in=self.model.objects.overseen_by(actor).values("pk"))
        )

    def overseen_by(self, actor: Actor) -> CouncilQuerySet:
        """Those whose territory lies in an area the actor covers: states and open matters only."""
        areas = actor.areas_where(Permission.COUNCIL_OVERSEE) | actor.areas_where(
            Permission.COUNCIL_SET_UP
        )
        if not areas:
            return self.none()
        return self.filter(area__in=Area.objects.covered_by(areas, on=today()).values("pk"))

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
    established_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["country", "tier", "state"], name="council_country_tier")]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_chain(self) -> str:
        return f"council:{self.ref}"

    def get_absolute_url(self) -> str:
        """The council's own page."""
        return reverse("cooperation:council", args=[self.ref])

    @property
    def tier_name(self) -> str:
        """What a council of this tier is called in the country, in the reader's language."""
        names = profile(self.country).tier(self.tier).name
        return names.in_language(get_language() or "en")

    @property
    def zone(self) -> str:
        """The time zone meetings are held in."""
        return profile(self.country).zone


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


class AgreementReadingQuerySet(models.QuerySet["AgreementReading"]):
    """What waits to be confirmed is seen by those who may confirm it."""

    def visible_to(self, actor: Actor) -> AgreementReadingQuerySet:
        """Those who coordinate the area it is about."""
        areas = actor.areas_where(Permission.AGREEMENT_READ_IN)
        if not areas:
            return self.none()
        return self.filter(area__in=Area.objects.covered_by(areas, on=today()).values("pk"))

    def waiting(self) -> AgreementReadingQuerySet:
        """Those nobody has dealt with."""
        return self.filter(state=ReadingState.WAITING)


class AgreementReading(Recorded):
    """A document read in, waiting for a person to confirm it: the staging of an import (C4)."""

    trail_kind = "agreement_reading"

    country = models.CharField(max_length=2)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()  # samrad.reading.Reading as JSON
    state = models.CharField(
        max_length=12, choices=ReadingState.choices(), default=ReadingState.WAITING
    )
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects = AgreementReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        """Where it is looked through and confirmed."""
        return reverse("cooperation:reading", args=[self.ref])


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements in force are for all who see the council; drafts for those who enter it."""

    def visible_to(self, actor: Actor) -> AgreementQuerySet:
        """Drafts only with a seat; what is or was in force also for a covering level."""
        settled = self.model.objects.exclude(state=AgreementState.DRAFT)
        return self.filter(
            Q(council__in=actor.councils_where(Permission.COUNCIL_SEE))
            | (
                Q(pk__in=settled.values("pk"))
                & Q(council__in=Council.objects.overseen_by(actor).values("pk"))
            )
        )


class Agreement(Recorded):
    """What the parties have agreed; the one in force owns frequency, chair and fixed members."""

    trail_kind = "agreement"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=AgreementState.choices(), default=AgreementState.DRAFT
    )
    profile_version = models.CharField(max_length=64)
    source_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    renewal_date = models.DateField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(state=AgreementState.IN_FORCE),
                name="agreement_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The agreement's own page."""
        return reverse("cooperation:agreement", args=[self.ref])

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class AgreementClause(models.Model):
    """A passage under one of the template's headings, with where its text came from."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    heading = models.CharField(max_length=200)
    origin = models.CharField(max_length=12)  # template | local
    text = models.TextField()

    class Meta:
        ordering = ["agreement", "order"]

    def __str__(self) -> str:
        return self.heading


class FocusArea(Recorded):
    """What a council gives special attention to in a year (I2, thin)."""

    trail_kind = "focus_area"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="focus_areas")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="focus_areas"
    )
    title = models.CharField(max_length=300)
    expected_result = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["council", "-year", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class Commitment(Recorded):
    """What one side promises the other, with a rhythm (C7, thin)."""

    trail_kind = "commitment"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="commitments")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    title = models.CharField(max_length=300)
    side = models.CharField(max_length=12, choices=Side.choices())
    rhythm = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["council", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain
