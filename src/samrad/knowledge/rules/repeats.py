"""Addresses where it happens again: what may be done with one, how long it is kept, what leaves.

The rule of which addresses come up is `samrad.analysis.repeats`.
"""

from __future__ import annotations

from datetime import date, timedelta

from samrad.kernel.choices import Choices

KEPT_DAYS = 92  # a quarter after the month in which an address last came up
QUARTER = 3  # months
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


def counts_from(month: date, came: date) -> date | None:
    """The day that a month's calls first came, if addresses are kept by it.

    What is counted a quarter behind is at most two behind when its file comes; what is older than
    that is history, as in an installation's first file, and brings up no address.
    """
    return came if (came - last_day_of(month)).days <= 2 * KEPT_DAYS else None


def looked_at_until(month: date, came: date | None = None) -> date:
    """The last day on which what came up in a month is kept: a quarter after its end.

    What is counted a quarter behind comes about then: it is kept a quarter from when it `came`.
    """
    return max(last_day_of(month), came or month) + timedelta(days=KEPT_DAYS)


def goes_on(
    *, last_month: date, first_incident: date, keep_days: int, came: date | None = None
) -> date:
    """The last day an address is kept: a quarter on, and never longer than its oldest incident."""
    first_month = first_incident.replace(day=1)
    of_incident = last_day_of(first_month) + timedelta(days=keep_days)
    return min(looked_at_until(last_month, came), of_incident)


def few(count: int) -> bool:
    """Whether a number of addresses is too small to be told outside the police."""
    return count < FEWEST_TOLD
