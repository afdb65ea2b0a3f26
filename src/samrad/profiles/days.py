"""A country's holidays and working days, computed by rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

# Half days and eves that people keep are avoided as well; a bank's own days are not.
KEPT = frozenset({"public", "optional", "de_facto"})
SATURDAY = 5


@lru_cache(maxsize=64)
def holidays_of(country: str, year: int) -> Mapping[date, str]:
    """The country's holidays in a year, named in its own language."""
    calendar: type[holidays.HolidayBase] = getattr(holidays, country.upper())
    categories = tuple(KEPT & set(calendar.supported_categories))
    found = calendar(years=year, categories=categories, language=calendar.default_language)
    return MappingProxyType(dict(found.items()))


def is_working_day(day: date, country: str) -> bool:
    """Monday to Friday, unless the country keeps the day."""
    return day.weekday() < SATURDAY and day not in holidays_of(country, day.year)
