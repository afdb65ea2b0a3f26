"""What is agreed, and documents read in that wait to become an agreement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, keys_within
from samrad.cooperation.rules import (
    UNREAD,
    AgreementState,
    ReadingState,
)
from samrad.documents.models import StoredFile
from samrad.kernel.clock import today
from samrad.people.models import Person
from samrad.reading.templates import GENERAL, agreement_template
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


from samrad.cooperation.models.councils import Council, overseen
from samrad.ui.addresses import address_of


class AgreementReadingQuerySet(models.QuerySet["AgreementReading"]):
    """What waits to be confirmed is seen by those who may confirm it."""

    def visible_to(self, actor: Actor) -> AgreementReadingQuerySet:
        """Those who coordinate the area it is about."""
        areas = actor.areas_where(Permission.AGREEMENT_READ_IN)
        if not areas:
            return self.none()
        return self.filter(area__in=keys_within(areas, on=today()))

    def waiting(self) -> AgreementReadingQuerySet:
        """Those nobody has dealt with."""
        return self.filter(state=ReadingState.WAITING)


class AgreementReading(Recorded):
    """A document read in, waiting for a person to confirm it: the staging of an import (C4)."""

    trail_kind = "agreement_reading"

    country = models.CharField(max_length=2)
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+"
    )  # gone once the reading is discarded
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()  # samrad.reading.Reading as JSON
    state = models.CharField(
        max_length=12, choices=ReadingState.choices(), default=ReadingState.WAITING
    )
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects = AgreementReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file.name if self.file else str(self.ref)

    def get_absolute_url(self) -> str:
        """Where it is looked through and confirmed."""
        return address_of("cooperation:reading", self.ref)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements in force are for all who see the council; drafts for those who enter it."""

    def visible_to(self, actor: Actor) -> AgreementQuerySet:
        """Drafts only with a seat; what is or was in force also for a covering level."""
        return self.filter(
            Q(council__in=actor.councils_where(Permission.COUNCIL_SEE))
            | (~Q(state=AgreementState.DRAFT) & overseen(actor))
        )

    def in_force(self) -> AgreementQuerySet:
        """Those that bind today."""
        return self.filter(state=AgreementState.IN_FORCE)

    def main(self) -> AgreementQuerySet:
        """Those a council rests on: not part of another agreement."""
        return self.filter(parent=None)


class Agreement(Recorded):
    """What the parties have agreed; the one in force owns frequency, chair and fixed members.

    A council rests on one main agreement. Others, on one theme or of one form of co-operation, are
    parts of it and stay in force beside it (C6).
    """

    trail_kind = "agreement"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, default=GENERAL)  # of the country's templates
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
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
    recorded_at = models.DateTimeField(null=True, blank=True)  # brought into force here

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(state=AgreementState.IN_FORCE, parent=None),
                name="agreement_one_main_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The agreement's own page."""
        return address_of("cooperation:agreement", self.ref)

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def is_unread(self) -> bool:
        """Whether nobody has looked yet for what it lacks."""
        return UNREAD in self.facts

    def has_run_out(self, on: date) -> bool:
        """Whether its last day is past, although nobody has ended it."""
        past = self.to_date is not None and self.to_date < on
        return past and self.state == AgreementState.IN_FORCE

    @property
    def kind_name(self) -> str:
        """What an agreement of this kind is called, in the reader's language."""
        name = agreement_template(self.council.country, self.kind).name
        return name.in_language(get_language() or "en")


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
