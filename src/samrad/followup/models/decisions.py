"""What was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.classified import readable
from samrad.cooperation.models import Council, Seat, overseen
from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.followup import words
from samrad.followup.provisional import with_their_minutes
from samrad.followup.rules import DecisionState
from samrad.kernel.text import shortened
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor

DRAFT_READERS = (Permission.MINUTES_WRITE, Permission.MINUTES_APPROVE)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions as an actor may read them."""

    def visible_to(self, actor: Actor) -> DecisionQuerySet:
        """By seat and classification, as the minutes are read; a covering level reads open ones.

        What stands in draft minutes is for those who write or approve them, what waits for approval
        for those who may open the minutes too, and the others read what has come to bind.
        """
        binding = ~Q(state__in=[DecisionState.DRAFTED, DecisionState.PROVISIONAL])
        provisional = Q(state=DecisionState.PROVISIONAL)
        mine = readable(Decision, actor)
        if reads_without_drafts(actor):
            mine &= binding | drafts_of(actor) | (provisional & with_their_minutes(actor))
        return self.filter(
            mine | (Q(classification=Classification.OPEN) & binding & overseen(actor))
        )

    def unfinished(self) -> DecisionQuerySet:
        """Those that have been made and have not come to an end; a draft may still change."""
        return self.filter(state__in=[DecisionState.PROVISIONAL, DecisionState.BINDING])


def drafts_of(actor: Actor) -> Q:
    """In the councils whose minutes the actor may write or approve."""
    return Q(council__in=_with_drafts(actor))


def reads_without_drafts(actor: Actor) -> bool:
    """Whether there is a council whose matters the actor reads, but not its draft minutes."""
    permissions = (Permission.COUNCIL_SEE, Permission.INTERNAL_SEE, Permission.RESTRICTED_KEEP)
    reading = frozenset[int]().union(*(actor.councils_where(one) for one in permissions))
    return bool(reading - _with_drafts(actor))


def _with_drafts(actor: Actor) -> frozenset[int]:
    return frozenset[int]().union(*(actor.councils_where(one) for one in DRAFT_READERS))


class Decision(Recorded, Classified):
    """What a council decided; it binds both parties and comes back until closed (E1)."""

    trail_kind = "decision"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField()
    state = models.CharField(
        max_length=12, choices=DecisionState.choices(), default=DecisionState.DRAFTED
    )
    decided_date = models.DateField()
    closed_reason = models.TextField(blank=True)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")
    source_kind = models.CharField(max_length=40, blank=True)  # what it comes from: agenda_item
    source_ref = models.UUIDField(null=True, blank=True)
    source_label = models.CharField(max_length=300, blank=True)
    # Of the row it was written on, so that a page sent twice makes it once.
    once = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["-decided_date", "-pk"]
        indexes = [
            models.Index(fields=["council", "state", "-decided_date"], name="decision_register"),
            models.Index(fields=["source_ref"], name="decision_source"),
        ]

    def __str__(self) -> str:
        return shortened(self.text, at_most=120)

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    def get_absolute_url(self) -> str:
        """The decision's own page."""
        return address_of("followup:decision", self.ref)

    @property
    def state_name(self) -> str:
        """The state, for a reader."""
        return str(words.DECISION_STATES[DecisionState(self.state)])

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return words.DECISION_TONES[DecisionState(self.state)]
