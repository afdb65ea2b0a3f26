"""Whether somebody may still have a mail about a draft at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.agreements.models import Draft, Party
from samrad.agreements.queries.due import to_be_renewed
from samrad.agreements.rules import SIGNABLE, DraftState
from samrad.cooperation.models import Agreement, Council
from samrad.kernel.clock import today
from samrad.post.api import Message

GIVEN_UP = {"agreements/mail/given_up", "agreements/mail/withdrawn"}


def sees_draft(actor: Actor, ref: UUID) -> bool:
    """A removed seat hears no more of it."""
    return Draft.objects.visible_to(actor).filter(ref=ref).exists()


def is_still_open(message: Message, ref: UUID) -> bool:
    """Nobody is asked about a draft that has been given up; that it was is told."""
    if message.template in GIVEN_UP:
        return True
    return Draft.objects.exclude(state=DraftState.WITHDRAWN).filter(ref=ref).exists()


def is_to_sign(actor: Actor, ref: UUID) -> bool:
    """Whoever holds the office, as long as the agreement is out and their party has not signed."""
    waiting = Party.objects.held_by(actor).filter(ref=ref, draft__state__in=SIGNABLE)
    return any(not one.signatures.filter(voided_at=None).exists() for one in waiting)


def keeps_agreement(actor: Actor, ref: UUID) -> bool:
    """Whoever is to make an agreement anew keeps its council and sees it."""
    kept = Council.objects.kept_by(actor).values("pk")
    return Agreement.objects.visible_to(actor).filter(ref=ref, council__in=kept).exists()


def is_to_be_renewed(_message: Message, ref: UUID) -> bool:
    """Nobody is reminded of what is being made anew already, or has ended."""
    return to_be_renewed(today()).filter(ref=ref).exists()
