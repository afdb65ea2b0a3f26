"""How a commitment is kept through the year: how often, and what shape of times that gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices
from samrad.reading.facts.rhythm import times_a_year
from samrad.wheel.rules import Rhythm, When
from samrad.wheel.rules.rhythm import months_fit


class Finding(Choices):
    """What an evaluation says of a promise."""

    HELD = "held"
    PARTLY = "partly"
    NOT_HELD = "not_held"


class Pace(Choices):
    """How often something that was promised is done."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    TERTIAL = "tertial"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    EACH_MEETING = "each_meeting"
    STANDING = "standing"
    ONCE = "once"


RHYTHMS = {
    Pace.YEARLY: Rhythm.YEARLY,
    Pace.HALF_YEARLY: Rhythm.HALF_YEARLY,
    Pace.TERTIAL: Rhythm.TERTIAL,
    Pace.QUARTERLY: Rhythm.QUARTERLY,
    Pace.MONTHLY: Rhythm.MONTHLY,
}
WITHOUT_DAYS = {Pace.EACH_MEETING, Pace.STANDING}
"""Nothing comes due: whether it was kept is said when the agreement is evaluated."""

_COUNTED = {
    1: Pace.YEARLY,
    2: Pace.HALF_YEARLY,
    3: Pace.TERTIAL,
    4: Pace.QUARTERLY,
    12: Pace.MONTHLY,
}
_EACH = r"\b(?:hver|hvert|kvar|kvart|var|vart|varje|alle|alla)\b"
_EACH_MEETING = re.compile(rf"{_EACH}(?: \w+)? m[øö][dt]e")
_YEARLY = re.compile(rf"{_EACH} år\b|\bårl[ie]")
_OFTENER = re.compile(
    rf"{_EACH} (?:uke|uge|veke|vecka|dag)\b|ukentlig|ugentlig|vekentleg|veckovis|\bdagl[ie]g"
)
_UNTIL = r"\b(?:innen|innan|inden|inom|senest|seinast|senast)\b"
_MONTH = r"(?:jan|feb|mar|apr|ma[ij]|jun|jul|aug|sep|okt|nov|de[sc])"
_ONCE = re.compile(rf"{_UNTIL}.*(?:\b20\d\d\b|\b\d{{1,2}}\.? ?(?:{_MONTH}|\d))")
_STANDING = re.compile(
    rf"\b(?:hele|heile|hela)\b|løpende|løpande|løbende|löpande|fortløpende|{_UNTIL}"
)


def pace_said(rhythm: str) -> Pace | None:
    """The pace of an agreement's own words: once a year where they tell none.

    None where they tell one that is no choice here, such as every week.
    """
    said = rhythm.lower()
    count = times_a_year(said)
    if _EACH_MEETING.search(said):
        return Pace.EACH_MEETING
    if count is not None or _OFTENER.search(said):
        return _COUNTED.get(count or 0)
    if _YEARLY.search(said):
        return Pace.YEARLY
    if _ONCE.search(said):
        return Pace.ONCE
    return Pace.STANDING if _STANDING.search(said) else Pace.YEARLY


@dataclass(frozen=True)
class Times:
    """The times of a commitment: months of every year, or one day."""

    pace: Pace
    months: tuple[int, ...] = ()
    due_date: date | None = None

    @property
    def fits(self) -> bool:
        """Whether the months or the day tell when it is due."""
        if self.pace is Pace.ONCE:
            return self.due_date is not None and not self.months
        if self.pace in WITHOUT_DAYS:
            return self.due_date is None and not self.months
        return self.due_date is None and months_fit(RHYTHMS[self.pace], self.months)

    @property
    def when(self) -> When | None:
        """As the year wheel takes it; nothing for what is done once or always."""
        rhythm = RHYTHMS.get(self.pace)
        return When(rhythm, self.months) if rhythm else None


@dataclass(frozen=True)
class Count:
    """How many times it was due until now and how many were kept."""

    done: int = 0
    late: int = 0
    left_out: int = 0
    ahead: int = 0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.done + other.done, self.late + other.late,
            self.left_out + other.left_out, self.ahead + other.ahead,
        )  # fmt: skip

    @property
    def total(self) -> int:
        """All its times in the year."""
        return self.done + self.late + self.left_out + self.ahead
