"""Reading restricted items and proposals is recorded: once a person a day for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.meetings import events
from samrad.meetings.models import AgendaItem, Proposal
from samrad.meetings.queries.agenda import unread_today
from samrad.trail.api import record

EVENTS = {AgendaItem.trail_kind: events.ITEM_READ, Proposal.trail_kind: events.PROPOSAL_READ}


def record_reading(*, items: Sequence[AgendaItem | Proposal], by: Actor, at: datetime) -> None:
    """Remember which restricted ones among `items` the reader was shown.

    Most pages show none: they only read, and wait for nobody who writes.
    """
    unread = unread_today(items, by, at)
    if unread:
        with transaction.atomic():
            for item in unread:
                event = EVENTS[item.trail_kind]
                record(event, about=item, by=by, at=at)
