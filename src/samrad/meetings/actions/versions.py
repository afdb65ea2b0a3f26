"""Every text of the minutes that was approved is kept as it was.

Tasks live on after the minutes have gone out: another day, other hands. What is kept is what went
out and was approved, and of a correction only its own parts are put in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from samrad.meetings.models import Correction, Minutes, MinutesVersion
from samrad.meetings.queries.said import corrected_said, everything_said
from samrad.meetings.rules.said import Said, said_from_json


@transaction.atomic
def keep_version(
    minutes: Minutes, *, at: datetime, correction: Correction | None = None
) -> MinutesVersion:
    """What was approved, kept: as it went out, or the version before with what was corrected."""
    said = _corrected(minutes, correction) if correction else _as_sent(minutes)
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        approved_at=at,
        correction=correction,
        said=said.to_json(),
    )


def _as_sent(minutes: Minutes) -> Said:
    """What went out, with who approved it; minutes sent before that was kept say what they say."""
    now = everything_said(minutes)
    if not minutes.sent:
        return now
    return replace(said_from_json(minutes.sent), approvals=now.approvals, held=now.held)


def _corrected(minutes: Minutes, correction: Correction) -> Said:
    """Seats, approvals and the meeting's day change with a correction only: read as they stand."""
    now, before = everything_said(minutes), minutes.versions.latest("number")
    corrected = corrected_said(correction, said_from_json(before.said))
    return replace(corrected, seats=now.seats, approvals=now.approvals, held=now.held)
