"""The days of the demo: counted from today, and never on a day when nobody would meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation

from samrad.meetings.rules.planning import days_to_avoid
from samrad.profiles.days import holidays_of
from samrad.ui import formats

FRIDAY = 4
_PLACE = re.compile(r"\{(day|year)([+-]\d+)?\}")


@dataclass(frozen=True)
class Calendar:
    """A country's calendar as seen from the day on which the demo is loaded."""

    today: date
    country: str
    language: str
    zone: str

    def day(self, offset: int) -> date:
        """A working day about `offset` days from today; past ones stay past, coming ones coming."""
        return self._first_fitting(offset, lambda day: day.weekday() <= FRIDAY)

    def meeting_day(self, offset: int) -> date:
        """A day on which a council would meet: no weekend, holiday, July or Christmas."""
        return self._first_fitting(offset, self._is_fit_for_meeting)

    def _first_fitting(self, offset: int, fits: Callable[[date], bool]) -> date:
        step = timedelta(days=-1 if offset < 0 else 1)
        found = self.today + timedelta(days=offset)
        while not fits(found):
            found += step
        return found

    def _is_fit_for_meeting(self, day: date) -> bool:
        return not days_to_avoid(day, holidays_of(self.country, day.year))

    def moment(self, day: date, clock: str) -> datetime:
        """A time of day in the country's own zone."""
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.zone))

    def words(self, text: str) -> str:
        """A text with its days filled in: `{day+14}` is a day, `{year+1}` the year after this."""
        return _PLACE.sub(self._place, text)

    def _place(self, found: re.Match[str]) -> str:
        kind, shift = found[1], int(found[2] or 0)
        if kind == "year":
            return str(self.today.year + shift)
        with translation.override(self.language):
            return formats.day(self.day(shift))
