"""What somebody wants on the agenda, and what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.classified import readable
from samrad.cooperation.models import Council, Seat, overseen
from samrad.cooperation.rules import Side
from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.followup.models import Decision
from samrad.meetings.rules import (
    ItemKind,
    Mandate,
    MinutesState,
    ProposalState,
)
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


from samrad.meetings.models.meetings import Meeting


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals as an actor may read them."""

    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """By seat and classification, and always one's own; a covering level reads none."""
        own = Q(proposed_by=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self.filter(readable(Proposal, actor) | own)


class Proposal(Recorded, Classified):
    """A matter that either side wants on the agenda (D3)."""

    trail_kind = "proposal"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="proposals")
    title = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=ItemKind.choices(), default=ItemKind.DISCUSSION)
    side = models.CharField(max_length=12, choices=Side.choices())
    proposed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=ProposalState.choices(), default=ProposalState.WAITING
    )
    answer = models.TextField(blank=True)
    asks_for_meeting = models.BooleanField(default=False)  # it cannot wait for the next planned one
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")
    # For whom it was made: classification, legal basis, seats. Kept while its item is for fewer.
    own_readers = models.JSONField(null=True, blank=True, editable=False)
    source_kind = models.CharField(max_length=40, blank=True)  # what gave rise to it, if no person
    source_ref = models.UUIDField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    merged_under = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="merged",
    )  # fmt: skip

    objects = ProposalQuerySet.as_manager()
    shown: Any = None  # what its source shows of it, where a page has asked

    class Meta(Classified.Meta):
        ordering = ["proposed_at", "pk"]
        indexes = [models.Index(fields=["council", "state"], name="proposal_of_council")]
        constraints = [
            *Classified.Meta.constraints,
            models.UniqueConstraint(
                fields=["council", "source_kind", "source_ref"],
                condition=Q(source_ref__isnull=False),
                name="proposal_once_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What a form names it by, among items and proposals."""
        return f"{self.trail_kind}:{self.ref}"

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Agenda items as an actor may read them."""

    def visible_to(self, actor: Actor) -> AgendaItemQuerySet:
        """By seat and classification, once the agenda is sent; who sets it reads it before.

        A covering level reads open items of approved minutes.
        """
        sent = Q(meeting__called_at__isnull=False) | Q(
            meeting__council__in=actor.councils_where(Permission.AGENDA_SET)
        )
        return self.filter(
            (sent & readable(AgendaItem, actor, council="meeting__council"))
            | (
                Q(classification=Classification.OPEN)
                & Q(meeting__minutes__state=MinutesState.APPROVED)
                & overseen(actor, council="meeting__council")
            )
        )


class AgendaItem(Recorded, Classified):
    """One matter on one meeting's agenda."""

    trail_kind = "agenda_item"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices(), default=ItemKind.DISCUSSION)
    title = models.CharField(max_length=200)
    title_is_sources = models.BooleanField(default=False)  # nobody has written another
    text = models.TextField(blank=True)
    presenter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    mandate = models.CharField(max_length=12, choices=Mandate.choices(), default=Mandate.UNKNOWN)
    source_kind = models.CharField(max_length=40, blank=True)  # an unfinished decision or task
    source_ref = models.UUIDField(null=True, blank=True)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    # What was said and settled, written in the meeting.
    needs_no_task = models.BooleanField(
        default=False
    )  # said by a person, so that nothing is flagged
    mandate_there = models.CharField(  # whether those who bind each party were asked, or there
        max_length=12, choices=Mandate.choices(), default=Mandate.UNKNOWN
    )
    minutes_text = models.TextField(blank=True)
    minutes_version = models.PositiveIntegerField(default=0)
    minutes_saved_at = models.DateTimeField(null=True, blank=True)
    minutes_saved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()
    joined: list[Proposal]  # what was merged into it, where a page has asked
    shown: Any = None  # what its source shows of it, where a page has asked

    class Meta(Classified.Meta):
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.meeting.trail_chain

    @property
    def has_decisions(self) -> bool:
        """Whether anything has been decided under it: one query."""
        return Decision.objects.filter(source_kind=self.trail_kind, source_ref=self.ref).exists()
