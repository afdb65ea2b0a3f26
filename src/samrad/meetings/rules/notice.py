"""How long before a meeting its agenda should be out, and how long it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
