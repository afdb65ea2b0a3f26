"""How long before a meeting its agenda should be out, and how long it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

LONGEST_NOTICE = 60


@dataclass(frozen=True)
class Notice:
    """So many days, and who says so."""

    days: int
    source: str = ""
    text: str = ""
    is_certain: bool = True
    is_own: bool = False  # the council's own terms, not its country's rule

    def out_by(self, meeting: date) -> date:
        """The last day on which the agenda is out in time."""
        return meeting - timedelta(days=self.days)

    def is_kept_by(self, lead: int) -> bool:
        """Whether an agenda that went out so many days ahead was in time."""
        return lead >= self.days


def median_lead(leads: Iterable[int]) -> float | None:
    """The middle of a year's lead times; nothing when no agenda has gone out."""
    known = list(leads)
    return float(median(known)) if known else None
