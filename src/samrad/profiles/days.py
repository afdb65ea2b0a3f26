"""A country's holidays and working days, as data beside its profile.

`tools/holidays_of_countries.py` writes them, years ahead; a test compares them with the library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from samrad.profiles.reader import DATA

SATURDAY = 5


@lru_cache(maxsize=64)
def holidays_of(country: str, year: int) -> Mapping[date, str]:
    """The country's holidays in a year, named in its own language; none beyond 2000 to 2060."""
    named = _all_years(country).get(str(year), {})
    return MappingProxyType(
        {date.fromisoformat(f"{year}-{day}"): name for day, name in named.items()}
    )


@cache
def _all_years(country: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (DATA / country / "holidays.json").read_text(encoding="utf-8")
    )
    return found


def is_working_day(day: date, country: str) -> bool:
    """Monday to Friday, unless the country keeps the day."""
    return day.weekday() < SATURDAY and day not in holidays_of(country, day.year)
