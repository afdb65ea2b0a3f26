"""What each side has found, and statements that both confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from samrad.cooperation.classified import readable
from samrad.cooperation.models import Council, Seat, overseen
from samrad.cooperation.rules import Side
from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.people.models import Person
from samrad.picture import words
from samrad.picture.rules import HowSure, OrderState, Origin, is_agreed, lacking
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


Row = TypeVar("Row", bound=models.Model)


class SaidQuerySet(models.QuerySet[Row]):
    """What has been said, as an actor may read it."""

    def visible_to(self, actor: Actor) -> Self:
        """By seat and classification; a covering level reads what is open."""
        opened = Q(classification=Classification.OPEN) & overseen(actor)
        return self.filter(readable(self.model, actor) | opened)

    def standing(self) -> Self:
        """Those nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


class FindingQuerySet(SaidQuerySet["Finding"]):
    """Findings."""


class AgreedQuerySet(SaidQuerySet["Agreed"]):
    """Statements of both sides."""


class Said(Recorded, Classified):
    """What a council's members have written for the picture of their area."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Classified.Meta):
        abstract = True

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is no longer shown."""
        return self.withdrawn_at is not None


class Finding(Said):
    """One thing a side has found: what, where from, how sure, of which time."""

    trail_kind = "finding"

    side = models.CharField(max_length=12, choices=Side.choices())  # whose it is
    what = models.TextField()
    origin = models.CharField(max_length=12, choices=Origin.choices())
    origin_name = models.CharField(max_length=160, blank=True)
    how_sure = models.CharField(max_length=8, choices=HowSure.choices())
    from_date = models.DateField()
    to_date = models.DateField()
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        ordering = ["-to_date", "-pk"]
        indexes = [models.Index(fields=["council", "side"], name="finding_of_side")]

    is_own = False  # of the reader's side, where a page has asked

    def __str__(self) -> str:
        return self.what

    @property
    def origin_in_words(self) -> str:
        """Where it comes from."""
        return str(words.ORIGINS[Origin(self.origin)])

    @property
    def certainty_in_words(self) -> str:
        """How sure it is."""
        return str(words.HOW_SURE[HowSure(self.how_sure)])


class Agreed(Said):
    """A statement that counts as both sides' own while each has confirmed it as it reads."""

    trail_kind = "agreed"

    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    objects = AgreedQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        ordering = ["-written_at", "-pk"]

    waits_for_me = False  # for the reader's side, where a page has asked
    is_mine_to_change = False

    def __str__(self) -> str:
        return self.text

    @property
    def holding(self) -> list[Confirmation]:
        """Confirmations of the text as it reads; none costs a query once they are fetched."""
        return [one for one in self.confirmations.all() if one.version == self.version]

    @property
    def voided(self) -> list[Confirmation]:
        """Confirmations of an earlier text, of sides that have not confirmed this one."""
        now = {one.side for one in self.holding}
        latest = {one.side: one for one in self.confirmations.all() if one.side not in now}
        return list(latest.values())

    @property
    def is_both_sides_own(self) -> bool:
        """Whether each side has confirmed it as it reads."""
        return is_agreed([one.side for one in self.holding])

    @property
    def lacks(self) -> list[Side]:
        """The sides whose confirmation it waits for."""
        return lacking([one.side for one in self.holding])


class Confirmation(models.Model):
    """One side stands behind a statement as it read: who, when."""

    agreed = models.ForeignKey(Agreed, on_delete=models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=12, choices=Side.choices())
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreed", "side", "version"], name="confirmed_once_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed_id} {self.side}"


class OrderQuerySet(SaidQuerySet["Order"]):
    """Ordered analyses."""

    def visible_to(self, actor: Actor) -> Self:
        """As the council reads them, and for whoever is asked to answer, unless restricted."""
        asked = Q(answers__in=actor.organisation_ids) & ~Q(classification=Classification.RESTRICTED)
        opened = Q(classification=Classification.OPEN) & overseen(actor)
        return self.filter(readable(Order, actor) | opened | asked)


class Order(Said):
    """A question a council has put to an organisation: why, by when, the answer, its use (G10)."""

    trail_kind = "analysis_order"

    question = models.TextField()
    why = models.TextField()
    answers = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    deadline_date = models.DateField()
    state = models.CharField(
        max_length=12, choices=OrderState.choices(), default=OrderState.ORDERED
    )
    accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it is declined
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    used_kind = models.CharField(max_length=40, blank=True)  # the decision or item it served
    used_ref = models.UUIDField(null=True, blank=True)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    objects = OrderQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        ordering = ["deadline_date", "pk"]
        indexes = [models.Index(fields=["answers", "state"], name="order_of_organisation")]

    def __str__(self) -> str:
        return self.question

    @property
    def used_url(self) -> str:
        """The page of what it served."""
        page = {"decision": "followup:decision", "meeting": "meetings:detail"}.get(self.used_kind)
        return reverse(page, args=[self.used_ref]) if page else ""
