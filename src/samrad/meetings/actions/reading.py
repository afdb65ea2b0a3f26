"""Reading restricted items is recorded: once a person a day for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.meetings import events
from samrad.meetings.models import AgendaItem
from samrad.meetings.queries.agenda import unread_today
from samrad.trail.api import record


@transaction.atomic
def record_reading(*, items: Sequence[AgendaItem], by: Actor, at: datetime) -> None:
    """Remember which restricted ones among `items` the reader was shown."""
    for item in unread_today(items, by, at):
        record(events.ITEM_READ, about=item, by=by, at=at)
