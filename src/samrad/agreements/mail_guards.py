"""Whether somebody may still have a mail about a draft at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.agreements.models import Draft
from samrad.agreements.rules import DraftState
from samrad.post.api import Message


def sees_draft(actor: Actor, ref: UUID) -> bool:
    """A removed seat hears no more of it."""
    return Draft.objects.visible_to(actor).filter(ref=ref).exists()


def is_still_open(_message: Message, ref: UUID) -> bool:
    """Nobody is asked about a draft that has been given up."""
    return Draft.objects.exclude(state=DraftState.WITHDRAWN).filter(ref=ref).exists()
