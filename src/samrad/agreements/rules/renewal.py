"""When an agreement comes back: after a municipal election, and every year to be evaluated."""

from __future__ import annotations

from datetime import date, timedelta

from samrad.profiles.model import ElectionCalendar

AHEAD = timedelta(days=183)  # half a year is what hearing and signing take
STEPS = (183, 60, 0)  # days before the day on which the secretary is told
JUNE = 6
EVALUATED_AHEAD = timedelta(days=45)


def renewal_after(first_day: date, elections: ElectionCalendar) -> date:
    """The election after which the agreement is made anew."""
    return elections.next_after(first_day)


def renewal_day(renewal: date | None, first_day: date, elections: ElectionCalendar) -> date:
    """What the agreement itself says, else the next election."""
    return renewal or renewal_after(first_day, elections)


def latest_election(on: date, elections: ElectionCalendar) -> date | None:
    """The last election that lies before `on`, or so near ahead that renewal should begin."""
    return elections.last_before(on + AHEAD)


def step_due(day: date, on: date) -> int | None:
    """Which reminder is due `on`: the latest whose time has come; none too early."""
    left = (day - on).days
    return next((step for step in sorted(STEPS) if left <= step), None)


def evaluation_day(first_day: date, evaluated: date | None) -> date:
    """A year after the agreement began, or after it was last evaluated."""
    return _a_year_after(evaluated or first_day)


def looked_back_on(on: date) -> int:
    """The year an evaluation is about: in the first half of a year mostly the one before."""
    return on.year if on.month > JUNE else on.year - 1


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
