"""Reading restricted findings and statements is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samrad.access.actor import Actor
from samrad.picture import events
from samrad.picture.models import Agreed, Finding, Order
from samrad.trail import reading

EVENTS = {
    Finding.trail_kind: events.FINDING_READ,
    Agreed.trail_kind: events.AGREED_READ,
    Order.trail_kind: events.ANALYSIS_READ,
}


def record_reading(items: Sequence[Finding | Agreed | Order], *, by: Actor, at: datetime) -> None:
    """Remember which restricted ones among `items` the reader was shown."""
    reading.record_reading(items, events=EVENTS, by=by, at=at)
