"""Whether somebody may still have a mail about a meeting at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.meetings.models import Meeting, Minutes, Proposal


def sees_meeting(actor: Actor, ref: UUID) -> bool:
    """A removed seat gets no more agendas."""
    return Meeting.objects.visible_to(actor).filter(ref=ref).exists()


def sees_minutes(actor: Actor, ref: UUID) -> bool:
    """Minutes called back are no longer announced to those who do not see drafts."""
    return Minutes.objects.visible_to(actor).filter(ref=ref).exists()


def sees_proposal(actor: Actor, ref: UUID) -> bool:
    """Whoever proposed it, and who reads it by seat."""
    return Proposal.objects.visible_to(actor).filter(ref=ref).exists()
