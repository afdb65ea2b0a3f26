"""Addresses where it happens again: what may be done with one, how long it is kept, what leaves.

The rule of which addresses come up is `samrad.analysis.repeats`.
"""

from __future__ import annotations

from datetime import date, timedelta

from samrad.kernel.choices import Choices

KEPT_DAYS = 92  # a quarter after the month in which an address last came up
FEWEST_TOLD = 5  # addresses; fewer are told as fewer than five, none among them
FEWEST_SHARED = 20  # incidents on either side of a share


class AddressState(Choices):
    """What the police have done about an address. Codes are stable."""

    OPEN = "open"
    ASSESSED = "assessed"
    CONTACTED = "contacted"


NEXT_STATES = {
    AddressState.OPEN: {AddressState.ASSESSED, AddressState.CONTACTED},
    AddressState.ASSESSED: {AddressState.CONTACTED, AddressState.OPEN},
    AddressState.CONTACTED: {AddressState.ASSESSED},
}


def counts_as(state: AddressState) -> tuple[int, int]:
    """Whether it counts among the assessed, and among the contacted; who contacts has assessed."""
    return int(state != AddressState.OPEN), int(state == AddressState.CONTACTED)


def last_day_of(month: date) -> date:
    """The last day of the month that begins on that day."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following - timedelta(days=1)


def year_to(day: date) -> date:
    """The first of the twelve months of which that day's is the last."""
    return date(day.year - (day.month < 12), day.month % 12 + 1, 1)  # noqa: PLR2004 (December)


def goes_on(*, last_month: date, first_incident: date, keep_days: int) -> date:
    """The last day an address is kept: a quarter on, and never longer than its oldest incident."""
    first_month = first_incident.replace(day=1)
    of_incident = last_day_of(first_month) + timedelta(days=keep_days)
    return min(last_day_of(last_month) + timedelta(days=KEPT_DAYS), of_incident)


def few(count: int) -> bool:
    """Whether a number of addresses is too small to be told outside the police."""
    return count < FEWEST_TOLD
