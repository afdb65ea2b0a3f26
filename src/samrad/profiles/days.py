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
    """The days that the country keeps in a year, in its own language; none beyond 2000 to 2060.

    Public holidays, and eves, half days and bridge days on which it is better not to meet.
    """
    named = _all_years(country).get(str(year), {})
    return MappingProxyType(
        {date.fromisoformat(f"{year}-{day}"): name for day, name in named.items()}
    )


@lru_cache(maxsize=64)
def public_holidays_of(country: str, year: int) -> Mapping[date, str]:
    """Those of them on which everything is closed, by law or because nobody works."""
    half = _half_days(country).get(str(year), ())
    kept = {f"{year}-{day}" for day in half}
    found = {
        day: name for day, name in holidays_of(country, year).items() if day.isoformat() not in kept
    }
    return MappingProxyType(found)


@cache
def _half_days(country: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(
        (DATA / country / "half_days.json").read_text(encoding="utf-8")
    )
    return found


@cache
def _all_years(country: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (DATA / country / "holidays.json").read_text(encoding="utf-8")
    )
    return found


def is_working_day(day: date, country: str) -> bool:
    """Monday to Friday, unless the day is a public holiday; people work on half days."""
    return day.weekday() < SATURDAY and day not in public_holidays_of(country, day.year)
