"""Reading restricted items, proposals and papers is recorded, by the rule that holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.followup.models import Decision
from samrad.meetings import events
from samrad.meetings.models import AgendaItem, Minutes, Paper, Proposal
from samrad.trail import reading
from samrad.trail.api import record

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


def record_download(
    *, minutes: Minutes, restricted: int, form: str, by: Actor, at: datetime
) -> None:
    """A copy that holds restricted items left the house: each time it is told."""
    if not restricted:
        return
    with transaction.atomic():
        record(events.DOWNLOADED, about=minutes, by=by, at=at, items=restricted, form=form.upper())


def record_extract(*, decision: Decision, form: str, by: Actor, at: datetime) -> None:
    """The same of one decision."""
    if not decision.is_restricted:
        return
    with transaction.atomic():
        record(events.EXTRACT_DOWNLOADED, about=decision, by=by, at=at, form=form.upper())
