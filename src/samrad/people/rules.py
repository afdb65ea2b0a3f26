"""What may follow what among people, and how long things last. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samrad.kernel.choices import Choices

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


class MailKind(Choices):
    """What mail is about, as far as people choose how it comes. The rest always comes at once."""

    AGENDAS = "agendas"
    MINUTES = "minutes"
    TASKS = "tasks"
    COUNCILS = "councils"


class Delivery(Choices):
    """How mail of a kind comes to somebody."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


def chosen_delivery(choices: Mapping[str, str], kind: str) -> Delivery:
    """What somebody has chosen for mail of a kind; at once for who has not, and for other mail."""
    chosen = choices.get(kind, "")
    return Delivery(chosen) if chosen in set(Delivery) else Delivery.AT_ONCE


# A visit lasts as long as less than this lies between two looks; a look is noted as often as this
# at most, so that a page which is read does not become a page which is written.
VISIT_ENDS_AFTER = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Looks:
    """When somebody looked last, as far as noted, and when the visit before this one ended."""

    seen_at: datetime | None = None
    before_at: datetime | None = None


def looked_again(looks: Looks, at: datetime) -> Looks:
    """The same after a look at `at`; the very same when there is nothing to note.

    The last look was at most `NOTED_EVERY` after the one noted, so a visit is over for certain
    when that much more has passed. What happens in between is told twice rather than not at all.
    """
    if looks.seen_at is None:
        return Looks(seen_at=at)
    passed = at - looks.seen_at
    if passed >= VISIT_ENDS_AFTER + NOTED_EVERY:
        return Looks(seen_at=at, before_at=looks.seen_at)
    return Looks(seen_at=at, before_at=looks.before_at) if passed >= NOTED_EVERY else looks
