"""An agenda's hours and its order: when each item begins, and whether two people see the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from samrad.meetings.rules.sending import fingerprint


@dataclass(frozen=True)
class Timetable:
    """When each item begins, as far as that is known, and what they take together."""

    starts: tuple[datetime | None, ...]
    total: int
    untimed: int
    length: int  # minutes from when the meeting begins until it ends

    @property
    def over(self) -> int:
        """How many minutes the items take beyond the end of the meeting."""
        return max(0, self.total - self.length)

    @property
    def left(self) -> int:
        """How many minutes of the meeting are not given to an item."""
        return max(0, self.length - self.total)


def timetable(minutes: Sequence[int | None], starts: datetime, ends: datetime) -> Timetable:
    """Items one after the other; behind one of unknown length no hour is known."""
    known = list(accumulate((one or 0 for one in minutes), initial=0))
    unknown = next((place for place, one in enumerate(minutes) if one is None), len(minutes))
    return Timetable(
        starts=tuple(
            starts + timedelta(minutes=known[place]) if place <= unknown else None
            for place in range(len(minutes))
        ),
        total=known[-1],
        untimed=sum(one is None for one in minutes),
        length=int((ends - starts).total_seconds() // 60),
    )


def mark_of_order(refs: Iterable[object]) -> str:
    """The order somebody saw, in short: what is moved rests on it."""
    return fingerprint(*refs)


def in_order(wanted: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the wanted order has each of those that are there, once, and nothing else."""
    return len(wanted) == len(there) and set(wanted) == set(there)
