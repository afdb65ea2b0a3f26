"""What may follow what among people, and how long things last. Plain Python."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

INVITATION_LASTS = timedelta(days=14)


class InvitationState(StrEnum):
    """An invitation works once, for a while, until it is withdrawn."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *,
    at: datetime,
    expires_at: datetime,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
) -> InvitationState:
    """Where an invitation stands: used and withdrawn are told before too late."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if at >= expires_at else InvitationState.WAITING


def day_before(day: date) -> date:
    """The last day of whoever is followed by somebody on `day`."""
    return day - timedelta(days=1)
