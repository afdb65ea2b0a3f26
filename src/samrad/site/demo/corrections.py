"""How approved minutes of the demo are put right: something in a text was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samrad.access.actor import Actor
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Correction, Minutes
from samrad.meetings.rules import PartKind


def correct(
    told: dict[str, Any], minutes: Minutes, item: AgendaItem, *, by: Actor, at: datetime
) -> Correction:
    """Begun, written and sent for approval by whoever keeps the minutes."""
    item.refresh_from_db(fields=["minutes_text"])
    before = item.minutes_text
    after = before.replace(told["wrong"], told["right"])
    part = api.PartNote(PartKind.TEXT, item.ref, after, api.part_mark(before))
    correction = api.open_correction(
        minutes=minutes, reason=told["reason"], asked_by=told["asked_by"], by=by, at=at
    )
    api.save_correction(correction=correction, parts=[part], by=by, at=at)
    api.circulate_correction(correction=correction, by=by, at=at)
    return correction
