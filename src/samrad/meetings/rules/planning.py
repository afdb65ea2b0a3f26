"""Planning a year: days spread evenly; never holidays, weekends, July or Christmas week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

SUMMER_MONTH = 7
CHRISTMAS_FROM = (12, 23)
FRIDAY = 4
MOST_MEETINGS = 24
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Plan:
    """The days proposed; `missing` says how many of those asked for there was no room for."""

    days: tuple[date, ...]
    missing: int = 0
    skipped: tuple[date, ...] = field(default=())  # the chosen weekday, but a public holiday


def days_to_avoid(day: date, holidays: Collection[date]) -> bool:
    """Whether a council would not meet on that day."""
    return (
        day in holidays
        or day.weekday() > FRIDAY
        or day.month == SUMMER_MONTH
        or (day.month, day.day) >= CHRISTMAS_FROM
    )


def possible_days(
    year: int,
    *,
    weekday: int,
    holidays: Collection[date],
    after: date,
    until: date | None = None,
    taken: Collection[date] = (),
) -> list[date]:
    """Every day of `year` on that weekday on which a council can meet, after the day `after`.

    None comes later than `until`, the last day of a body that ends by itself.
    """
    first = max(date(year, 1, 1), after + timedelta(days=1))
    first += timedelta(days=(weekday - first.weekday()) % 7)
    weeks = ((date(year, 12, 31) - first).days // 7) + 1
    days = [first + timedelta(weeks=week) for week in range(weeks)]
    return [
        day
        for day in days
        if not days_to_avoid(day, holidays) and day not in taken and (until is None or day <= until)
    ]


def plan_year(
    year: int,
    *,
    count: int,
    weekday: int,
    holidays: Collection[date],
    after: date,
    until: date | None = None,
    taken: Collection[date] = (),
    held: Collection[date] = (),
) -> Plan:
    """`count` days spread over what is left of the year, one in the middle of each stretch.

    The days of `held`, on which the council meets already, take the place of the nearest of them.
    When there is not room for them all, those there is room for are given and `missing` counts the
    rest.
    """
    candidates = possible_days(
        year, weekday=weekday, holidays=holidays, after=after, until=until, taken=taken
    )
    given = min(count, len(candidates))
    beside = sorted(day for day in held if day.year == year and day > after)
    days = _spread(candidates, given, beside)
    skipped = tuple(
        sorted(d for d in holidays if d.year == year and d.weekday() == weekday and d > after)
    )
    return Plan(tuple(days), missing=count - given, skipped=skipped)


def _spread(candidates: Sequence[date], wanted: int, beside: Sequence[date]) -> list[date]:
    """As many of the candidates as are wanted, evenly spread together with the days beside them."""
    together = min(wanted + len(beside), len(candidates))
    days = [candidates[_middle(place, together, len(candidates))] for place in range(together)]
    for day in beside:
        if len(days) > wanted:
            days.remove(min(days, key=lambda one: abs(one - day)))
    return days


def _middle(place: int, stretches: int, length: int) -> int:
    return (2 * place + 1) * length // (2 * stretches)


def lead_days(sent: date, held: date) -> int:
    """How many whole days before the meeting the agenda went out."""
    return (held - sent).days


def still_to_plan(wanted: int, planned: int) -> int:
    """How many meetings are lacking for a year to have as many as are wanted."""
    return max(0, wanted - planned)


def falls_short(planned: int, at_least: Sequence[int]) -> int:
    """How many meetings a plan lacks to satisfy every requirement."""
    return max(0, max(at_least, default=0) - planned)
