"""How a commitment is kept through the year: how often, and what shape of times that gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices
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

_SAID = {
    Pace.EACH_MEETING: r"(hvert|kvart|vart|varje|alle)( \w+)? (møte|möte)",
    Pace.HALF_YEARLY: r"(to|två) (gang|gong|gång)\w* (i|om) året|(hvert|kvart|varje) halvår",
    Pace.QUARTERLY: r"kvartal|fire gang|fire gong|fyra gång",
    Pace.TERTIAL: r"tertial|tre gang|tre gong|tre gång",
    Pace.MONTHLY: r"måned|månad",
    Pace.STANDING: r"hele|heile|hela|løpende|løpande|löpande|innen|innan|inden|inom",
}


def pace_said(rhythm: str) -> Pace:
    """The pace that an agreement's own words come nearest; once a year where they tell none."""
    said = rhythm.lower()
    return next((pace for pace, words in _SAID.items() if re.search(words, said)), Pace.YEARLY)


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
