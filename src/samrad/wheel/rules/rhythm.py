"""When an activity is due: how often, in which months, and in what part of them.

An activity has one or more windows in a year: from a day, until the day it is due. Days are days of
the calendar, the same in every zone; the zone only says which of them is today.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices

MONTHS = tuple(range(1, 13))


class Rhythm(Choices):
    """How often."""

    YEARLY = "yearly"
    EVERY_OTHER_YEAR = "every_other_year"
    HALF_YEARLY = "half_yearly"
    TERTIAL = "tertial"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Part(Choices):
    """The part of a month."""

    WHOLE = "whole"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


class Calls(Choices):
    """What an activity leads to."""

    MEETING = "meeting"
    TASK = "task"
    THEME_DAY = "theme_day"
    NOTHING = "nothing"


PARTS: dict[Part, tuple[int, int]] = {
    Part.WHOLE: (1, 31),
    Part.EARLY: (1, 10),
    Part.MIDDLE: (11, 20),
    Part.LATE: (21, 31),
}
MONTHS_TO_NAME: dict[Rhythm, range] = {
    Rhythm.YEARLY: range(1, 13),
    Rhythm.EVERY_OTHER_YEAR: range(1, 13),
    Rhythm.HALF_YEARLY: range(2, 3),
    Rhythm.TERTIAL: range(3, 4),
    Rhythm.QUARTERLY: range(4, 5),
    Rhythm.MONTHLY: range(1),
}

EACH_BY_ITSELF = {Rhythm.HALF_YEARLY, Rhythm.TERTIAL, Rhythm.QUARTERLY}
"""Each of its months is a time of its own."""


@dataclass(frozen=True)
class Window:
    """One time in a year: the number it has among those of its activity, and its first and last
    day."""

    number: int
    from_date: date
    due_date: date


@dataclass(frozen=True)
class When:
    """How often and when in the year.

    A yearly activity with several months has one window, from the first month until the last. One
    that comes every other year counts from `first_year`, and from each year it was `moved` to on
    from that; others begin in `first_year`.
    """

    rhythm: Rhythm
    months: tuple[int, ...] = ()
    part: Part = Part.WHOLE
    day: int | None = None
    first_year: int | None = None
    moved: tuple[int, ...] = ()

    def falls_in(self, year: int) -> bool:
        """Whether the year is one of its years."""
        if self.first_year is not None and year < self.first_year:
            return False
        if self.rhythm is Rhythm.EVERY_OTHER_YEAR:
            until_then = [moved_to for moved_to in self.moved if moved_to <= year]
            return (year - max(until_then, default=self.first_year or 0)) % 2 == 0
        return True

    def goes_on_from(self, year: int) -> bool:
        """Whether it falls in that year and not in the next, as every other year does."""
        return self.falls_in(year) and not self.falls_in(year + 1)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The first and the last month of each of its windows."""
        if self.rhythm is Rhythm.MONTHLY:
            return tuple((month, month) for month in MONTHS)
        if self.rhythm in EACH_BY_ITSELF:
            return tuple((month, month) for month in self.months)
        return ((min(self.months), max(self.months)),) if self.months else ()


def windows_in(when: When, year: int) -> tuple[Window, ...]:
    """The windows of an activity in a year, in their order."""
    if not when.falls_in(year):
        return ()
    return tuple(
        Window(number, *_days_of(when, year, first, last))
        for number, (first, last) in enumerate(when.spans, start=1)
    )


def _days_of(when: When, year: int, first: int, last: int) -> tuple[date, date]:
    """A day that a month does not have is its last one."""
    begins, ends = (when.day, when.day) if when.day else PARTS[when.part]
    due = date(year, last, min(ends, monthrange(year, last)[1]))
    if first != last:
        return date(year, first, 1), due
    return date(year, first, min(begins, due.day)), due


def months_fit(rhythm: Rhythm, months: tuple[int, ...]) -> bool:
    """Whether the rhythm can be told with these months: each once, in the order of the year."""
    in_order = list(months) == sorted(set(months)) and set(months) <= set(MONTHS)
    return in_order and len(months) in MONTHS_TO_NAME[rhythm]
