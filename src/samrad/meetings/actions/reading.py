"""Reading restricted items, proposals and papers is recorded, by the rule that holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samrad.access.actor import Actor
from samrad.meetings import events
from samrad.meetings.models import AgendaItem, Paper, Proposal
from samrad.trail import reading

EVENTS = {
    AgendaItem.trail_kind: events.ITEM_READ,
    Proposal.trail_kind: events.PROPOSAL_READ,
    Paper.trail_kind: events.PAPER_READ,
}


def record_reading(
    *, items: Sequence[AgendaItem | Proposal | Paper], by: Actor, at: datetime
) -> None:
    """Remember which restricted ones among `items` the reader was shown."""
    reading.record_reading(items, events=EVENTS, by=by, at=at)
