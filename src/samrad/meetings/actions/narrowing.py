"""An item is for fewer now, and so is the proposal it came from: its words are the same matter."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.meetings import events
from samrad.meetings.actions.papers import narrowed, same_as
from samrad.meetings.models import AgendaItem
from samrad.meetings.queries.papers import readership_of
from samrad.trail.api import record


def narrow_proposal(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """Those of the item's readers who could read the proposal; whoever calls this holds the lock.

    It never becomes for more than it was, and what was merged with it keeps its own readers.
    Whoever made it reads on what they wrote themselves.
    """
    allowed, proposal = same_as(item), item.proposal
    if proposal is None or not readership_of(proposal).is_wider_than(allowed.readership):
        return
    readers = narrowed(proposal, allowed)
    proposal.classification, proposal.legal_basis = readers.classification, readers.legal_basis
    proposal.save(update_fields=["classification", "legal_basis"])
    proposal.audience.set(readers.audience if proposal.is_restricted else [])
    record(events.PROPOSAL_CLASSIFIED, about=proposal, by=by, at=at)
