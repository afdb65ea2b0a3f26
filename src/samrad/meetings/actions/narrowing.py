"""An item is for others now, and so is the proposal it came from: its words are the same matter."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.documents.rules import Classification
from samrad.meetings import events
from samrad.meetings.actions.papers import For, same_as
from samrad.meetings.models import AgendaItem, Proposal
from samrad.meetings.queries.papers import readership_of
from samrad.trail.api import record


def fit_proposal(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """Those of the item's readers who could read the proposal; whoever calls this holds the lock.

    It is never for more than it was made for, and what was merged with it keeps its own readers.
    When the item is opened again, so is the proposal, as far as it was open before. Whoever made it
    reads on what they wrote themselves.
    """
    proposal = item.proposal
    if proposal is None:
        return
    now, own = readership_of(proposal), _made_for(proposal)
    readers = _both(own, same_as(item))
    if readers.readership == now:
        return
    if readers.readership == own.readership:
        proposal.own_readers = None
    elif proposal.own_readers is None:
        proposal.own_readers = _kept(own)
    proposal.classification, proposal.legal_basis = readers.classification, readers.legal_basis
    proposal.save(update_fields=["classification", "legal_basis", "own_readers"])
    proposal.audience.set(readers.audience if proposal.is_restricted else [])
    record(events.PROPOSAL_CLASSIFIED, about=proposal, by=by, at=at)


def _both(own: For, allowed: For) -> For:
    if not own.readership.is_wider_than(allowed.readership):
        return own
    if own.classification != Classification.RESTRICTED:
        return allowed
    seats = own.readership.seats
    both = [seat for seat in allowed.audience if seat.pk in seats]
    return For(allowed.classification, allowed.legal_basis, both)


def _made_for(proposal: Proposal) -> For:
    """Its readers before an item narrowed them."""
    if proposal.own_readers is None:
        seats = list(proposal.audience.all()) if proposal.is_restricted else []
        return For(Classification(proposal.classification), proposal.legal_basis, seats)
    classification, legal_basis, refs = proposal.own_readers
    seats = list(Seat.objects.filter(council=proposal.council_id, ref__in=refs))
    return For(Classification(classification), legal_basis, seats)


def _kept(readers: For) -> list[object]:
    """As JSON."""
    refs = [str(seat.ref) for seat in readers.audience]
    return [str(readers.classification), readers.legal_basis, refs]
