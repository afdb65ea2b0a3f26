"""An alarm: a figure outside what was to be expected of its period, and how sure that is.

Two things are said of each, and both in words: that it stands out in its own series (about one
figure in a hundred does so by chance, each way), and whether it still does when every series that
was looked at in the same period is counted in (at most one in ten of those is chance).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from samrad.knowledge.rules.picture import Unusual


@dataclass(frozen=True)
class Found:
    """One figure of one series, outside its limit on the side that `tail` says."""

    place: str
    indicator: str
    period: str
    tail: Unusual
    observed: float
    expected: float
    limit: float
    p: float
    survives: bool

    @property
    def key(self) -> Key:
        """What makes it this alarm and no other, whatever its figures are revised to."""
        return self.place, self.indicator, self.period, self.tail.value


Key = tuple[str, str, str, str]


KEPT_YEARS = 2
NEWS_PERIODS = 2  # what nobody has been told of before belongs on an agenda while it is new


def recent(periods: Sequence[str], *, a_year: int) -> frozenset[str]:
    """The periods whose alarms are kept from the first look on: those of the two latest years."""
    return frozenset(periods[-KEPT_YEARS * a_year :])


def news(periods: Sequence[str]) -> frozenset[str]:
    """The periods whose alarms whoever follows is told of: the newest two."""
    return frozenset(periods[-NEWS_PERIODS:])


def before(periods: Sequence[str], period: str) -> str:
    """The period before this one, or nothing where the series begins."""
    at = periods.index(period)
    return periods[at - 1] if at else ""


class Kept(Protocol):
    """What is known of an alarm that is kept."""

    @property
    def key(self) -> Key: ...

    @property
    def period(self) -> str: ...


def fallen_away(kept: Iterable[Kept], found: Iterable[Found], looked_at: Iterable[str]) -> set[Key]:
    """Alarms that a revision took back: their period was looked at again, and nothing was found.

    A period that is no longer looked at says nothing about its alarms.
    """
    now, again = {one.key for one in found}, frozenset(looked_at)
    return {one.key for one in kept if one.period in again and one.key not in now}
