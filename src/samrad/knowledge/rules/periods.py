"""The periods that publishers count over: written many ways, sorted and labelled in one.

A period knows its first and last day, so that two of them are compared without knowing their kinds.
Two-year averages overlap by a year, which is why nothing here ever adds up periods by itself.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from samrad.kernel.multilingual import Words

FIRST_YEAR, LAST_YEAR = 1700, 2200


class PeriodKind(StrEnum):
    """How long a period is. Codes are stable."""

    YEAR = "year"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    INTERVAL = "interval"  # several years, such as the two of an average
    SCHOOL_YEAR = "school_year"


_MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


def in_a_year(kind: PeriodKind) -> int:
    """How many months or quarters a year has; 1 of every other kind."""
    return 12 // _MONTHS_IN.get(kind, 12)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """From its first day to its last; `code` is how we write it, whoever the publisher is."""

    start: date
    end: date
    kind: PeriodKind
    code: str

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end


class NotAPeriod(ValueError):
    """A text that is no period, or not of the kind that was expected."""


def may_be_summed(periods: Iterable[Period]) -> bool:
    """False when any two share a day: what happened then would be counted twice."""
    ordered = sorted(periods)
    return all(not one.overlaps(after) for one, after in itertools.pairwise(ordered))


def unbroken(periods: Sequence[Period]) -> list[Period]:
    """All months, quarters or years from the first to the last of these, also those that lack.

    Where one is left out, whoever counts a year by its number of periods counts too far back, and
    every season before it is taken for the next. Periods of other kinds are left as they are.
    """
    if not periods or periods[0].kind not in _MONTHS_IN:
        return list(periods)
    kind, found = periods[0].kind, [periods[0]]
    while found[-1].end < periods[-1].end:
        next_day = found[-1].end + timedelta(days=1)
        code = f"{next_day.year}-{next_day.month:02}"
        if kind is PeriodKind.YEAR:
            code = f"{next_day.year}"
        elif kind is PeriodKind.QUARTER:
            code = f"{next_day.year}-Q{(next_day.month - 1) // _MONTHS_IN[kind] + 1}"
        found.append(read_period(code, kind))
    return found


@lru_cache(maxsize=4096)
def read_period(text: str, kind: PeriodKind | None = None) -> Period:
    """The period that `text` stands for.

    `2023-2024` is an interval of years unless a school year is expected; everything else says
    itself what it is. Raises `NotAPeriod`.
    """
    plain = text.strip()
    for pattern, made in _WAYS:
        if found := pattern.fullmatch(plain):
            try:
                period = made(*found.groups(), kind)
            except ValueError:
                break
            if kind is not None and period.kind != kind:
                break
            return period
    raise NotAPeriod(text)


def in_words(period: Period, language: str) -> str:
    """The period for a reader: `1. kvartal 2024`."""
    year, last = period.start.year, period.end.year
    if period.kind is PeriodKind.WEEK:
        year, part = period.start.isocalendar()[:2]
    else:
        part = _part_of_its_year(period)
    month = _MONTHS.in_language(language).split()[period.start.month - 1]
    pattern = _LABELS[period.kind].in_language(language)
    return pattern.format(year=year, last=last, part=part, month=month)


def _part_of_its_year(period: Period) -> int:
    months = {PeriodKind.QUARTER: 3, PeriodKind.TERTIAL: 4}.get(period.kind, 12)
    return (period.start.month - 1) // months + 1


_MONTHS = Words(
    nb="januar februar mars april mai juni juli august september oktober november desember",
    nn="januar februar mars april mai juni juli august september oktober november desember",
    da="januar februar marts april maj juni juli august september oktober november december",
    sv="januari februari mars april maj juni juli augusti september oktober november december",
    en="January February March April May June July August September October November December",
)
_LABELS = {
    PeriodKind.YEAR: Words.same("{year}"),
    PeriodKind.TERTIAL: Words(
        nb="{part}. tertial {year}", nn="{part}. tertial {year}", da="{part}. tertial {year}",
        sv="tertial {part} {year}", en="tertial {part} of {year}",
    ),
    PeriodKind.QUARTER: Words(
        nb="{part}. kvartal {year}", nn="{part}. kvartal {year}", da="{part}. kvartal {year}",
        sv="kvartal {part} {year}", en="quarter {part} of {year}",
    ),
    PeriodKind.MONTH: Words.same("{month} {year}"),
    PeriodKind.WEEK: Words(
        nb="uke {part} i {year}", nn="veke {part} i {year}", da="uge {part} i {year}",
        sv="vecka {part} {year}", en="week {part} of {year}",
    ),
    PeriodKind.INTERVAL: Words.same("{year}–{last}"),
    PeriodKind.SCHOOL_YEAR: Words(
        nb="skoleåret {year}/{last}", nn="skuleåret {year}/{last}", da="skoleåret {year}/{last}",
        sv="läsåret {year}/{last}", en="school year {year}/{last}",
    ),
}  # fmt: skip


# The ways a period is written ------------------------------------------------------------------


def _year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return year


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _a_year(text: str, _kind: PeriodKind | None) -> Period:
    year = _year(text)
    return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR, f"{year}")


def _a_quarter(year_text: str, part: str, _kind: PeriodKind | None) -> Period:
    year, quarter = _year(year_text), int(part)
    start, end = _months(year, 3 * quarter - 2, 3)
    return Period(start, end, PeriodKind.QUARTER, f"{year}-Q{quarter}")


def _a_quarter_first(part: str, year_text: str, kind: PeriodKind | None) -> Period:
    return _a_quarter(year_text, part, kind)


def _a_tertial(year_text: str, part: str, _kind: PeriodKind | None) -> Period:
    year, tertial = _year(year_text), int(part)
    start, end = _months(year, 4 * tertial - 3, 4)
    return Period(start, end, PeriodKind.TERTIAL, f"{year}-T{tertial}")


def _a_month(year_text: str, part: str, _kind: PeriodKind | None) -> Period:
    year, month = _year(year_text), int(part)
    start, end = _months(year, month, 1)
    return Period(start, end, PeriodKind.MONTH, f"{year}-{month:02}")


def _a_named_month(name: str, year_text: str, kind: PeriodKind | None) -> Period:
    month = _MONTH_BEGINNINGS.get(name[:3].casefold())
    if month is None:
        raise ValueError(name)
    return _a_month(year_text, str(month), kind)


def _a_week(year_text: str, part: str, _kind: PeriodKind | None) -> Period:
    year, week = _year(year_text), int(part)
    start = date.fromisocalendar(year, week, 1)
    return Period(start, start + timedelta(days=6), PeriodKind.WEEK, f"{year}-W{week:02}")


def _years(first: str, last: str, kind: PeriodKind | None) -> Period:
    begin, end = _year(first), _year(last)
    if kind is PeriodKind.SCHOOL_YEAR:
        return _a_school_year(first, last, kind)
    if not begin < end <= begin + 20:
        raise ValueError(last)
    return Period(date(begin, 1, 1), date(end, 12, 31), PeriodKind.INTERVAL, f"{begin}-{end}")


def _a_school_year(first: str, last: str, _kind: PeriodKind | None) -> Period:
    begin = _year(first)
    if int(last[-2:]) != (begin + 1) % 100 or (len(last) > 2 and int(last) != begin + 1):  # noqa: PLR2004
        raise ValueError(last)
    return Period(
        date(begin, 8, 1), date(begin + 1, 7, 31), PeriodKind.SCHOOL_YEAR, f"{begin}/{begin + 1}"
    )


_MONTH_BEGINNINGS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "mai maj may", "jun", "jul", "aug", "sep", "okt oct", "nov",
         "des dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_WAYS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), made)
    for pattern, made in (
        (r"(\d{4})", _a_year),
        (r"(\d{4})[ -]?[KQ]([1-4])", _a_quarter),
        (r"[KQ]([1-4])[ -]?(\d{4})", _a_quarter_first),
        (r"([1-4])\. ?(?:kvartal|kv\.?) (\d{4})", _a_quarter_first),
        (r"(\d{4})[ -]?T([1-3])", _a_tertial),
        (r"(\d{4})[ -]?M(0[1-9]|1[0-2])", _a_month),
        (r"(\d{4})-?(0[1-9]|1[0-2])", _a_month),
        (r"(\d{4})-(0[1-9]|1[0-2])-01(?:T00:00:00)?", _a_month),
        (r"([a-z]{3,9})\.? (\d{4})", _a_named_month),
        (r"(\d{4})[ -]?[UWV](0[1-9]|[1-4]\d|5[0-3])", _a_week),
        (r"(\d{4})[-–](\d{4})", _years),
        (r"(\d{4})/(\d{2}|\d{4})", _a_school_year),
    )
)
