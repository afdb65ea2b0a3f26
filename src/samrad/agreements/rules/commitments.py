"""How a commitment is kept through the year: how often, and what shape of times that gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices
from samrad.wheel.rules import Rhythm, When
from samrad.wheel.rules.rhythm import months_fit


class Pace(Choices):
    """How often something that was promised is done."""

    YEARLY = "yearly"
    TERTIAL = "tertial"
    MONTHLY = "monthly"
    ONCE = "once"


RHYTHMS = {
    Pace.YEARLY: Rhythm.YEARLY,
    Pace.TERTIAL: Rhythm.TERTIAL,
    Pace.MONTHLY: Rhythm.MONTHLY,
}


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
        return self.due_date is None and months_fit(RHYTHMS[self.pace], self.months)

    @property
    def when(self) -> When | None:
        """As the year wheel takes it; nothing for what is done once."""
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
