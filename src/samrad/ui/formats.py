"""Days, moments and numbers in the reader's language.

Pages spend their time on formatting dates, so each answer is worked out once for a value, a
language and a zone. Days are dates; moments are shown in the zone of the council, or of the
installation when no zone is given. Nothing given shows as nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from samrad.kernel.clock import now

LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "da": "da_DK", "sv": "sv_SE", "en": "en_GB"}
DAYS_TOLD_IN_DAYS = 21
KILOBYTES_TOLD_AS_MEGABYTES = 1000

DAY_IN_YEAR = "MMMd"
_DAY_BEFORE_MONTH = re.compile(r"\b(\d{1,2}\.?) (?=[^\W\d_]{3,9}\.? \d{4}\b)")
Zone = str | tzinfo | None
Number = int | float | Decimal


def day(value: date | None, zone: Zone = None) -> str:
    """21 Nov 2026"""
    return "" if value is None else _day(local_date(value, zone), "medium", _language())


def unbroken(text: str) -> str:
    """A sentence whose days no line breaks between the day and its month."""
    return _DAY_BEFORE_MONTH.sub("\\1\N{NO-BREAK SPACE}", text)


def day_long(value: date | None, zone: Zone = None) -> str:
    """Saturday 21 November 2026"""
    return "" if value is None else _day(local_date(value, zone), "full", _language())


def day_in_year(value: date | None, zone: Zone = None) -> str:
    """21 Nov, where the year is known"""
    return "" if value is None else _day(local_date(value, zone), DAY_IN_YEAR, _language())


def day_month(value: date | None, zone: Zone = None) -> str:
    """Nov"""
    return "" if value is None else _day(local_date(value, zone), "LLL", _language())


def weekday(value: date | None, zone: Zone = None) -> str:
    """Saturday"""
    return "" if value is None else _day(local_date(value, zone), "EEEE", _language())


def moment(value: datetime | None, zone: Zone = None) -> str:
    """21 Nov 2026, 14:30"""
    return "" if value is None else _moment(value, _zone(zone), _language())


def clock(value: datetime | None, zone: Zone = None) -> str:
    """14:30"""
    return "" if value is None else _clock(value, _zone(zone), _language())


def span(start: datetime | None, end: datetime | None = None, zone: Zone = None) -> str:
    """Saturday 21 November 2026, 09:00–11:00; with both days when it ends on another."""
    if start is None:
        return ""
    first = f"{day_long(start, zone)}, {clock(start, zone)}"
    if end is None:
        return first
    if local_date(start, zone) == local_date(end, zone):
        return f"{first}–{clock(end, zone)}"
    return f"{first} – {day_long(end, zone)}, {clock(end, zone)}"


def relative_day(value: date | None, zone: Zone = None, today: date | None = None) -> str:
    """today, tomorrow, in 3 days, 2 months ago"""
    if value is None:
        return ""
    given = today or now().astimezone(_zone(zone)).date()
    days = (local_date(value, zone) - given).days
    near = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    return near.get(days) or _in_days(days, _language())


def number(value: Number | None, decimals: int | None = None) -> str:
    """12 345,6"""
    return "" if value is None else _number(value, decimals, _language())


def percent(value: Number | None, decimals: int = 0) -> str:
    """23 % of a fraction: 0.23"""
    return "" if value is None else _percent(value, decimals, _language())


def file_size(size: int) -> str:
    """340 kB, 2.1 MB"""
    return _file_size(size, _language())


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, "en_GB"))


def _zone(zone: Zone) -> tzinfo:
    if zone is None or zone == "":
        return timezone.get_current_timezone()
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def local_date(value: date, zone: Zone = None) -> date:
    """The calendar day of a moment in the zone; a day stays what it is."""
    if isinstance(value, datetime):
        return value.astimezone(_zone(zone)).date() if timezone.is_aware(value) else value.date()
    return value


@lru_cache(maxsize=8192)
def _day(value: date, style: str, language: str) -> str:
    if style == DAY_IN_YEAR:
        noon = datetime.combine(value, time(12))
        return dates.format_skeleton(style, noon, locale=_locale(language))
    text = dates.format_date(value, style, locale=_locale(language))
    return text.rstrip(".") if style == "LLL" else text


@lru_cache(maxsize=8192)
def _moment(value: datetime, zone: tzinfo, language: str) -> str:
    return f"{_day(local_date(value, zone), 'medium', language)}, {_clock(value, zone, language)}"


@lru_cache(maxsize=8192)
def _clock(value: datetime, zone: tzinfo, language: str) -> str:
    locale = _locale(language)
    pattern = "HH.mm" if language == "da" else "HH:mm"
    return dates.format_time(value, pattern, tzinfo=zone, locale=locale)


def _in_days(days: int, language: str) -> str:
    if days > DAYS_TOLD_IN_DAYS or days < -DAYS_TOLD_IN_DAYS:
        return _in_weeks(days, language)
    if days > 0:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": -days}


@lru_cache(maxsize=2048)
def _in_weeks(days: int, language: str) -> str:
    return dates.format_timedelta(
        timedelta(days=days),
        granularity="week",
        threshold=1.5,
        add_direction=True,
        locale=_locale(language),
    )


@lru_cache(maxsize=8192)
def _number(value: Number, decimals: int | None, language: str) -> str:
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return numbers.format_decimal(value, format=pattern, locale=_locale(language))


@lru_cache(maxsize=2048)
def _file_size(size: int, language: str) -> str:
    kilobytes = max(1, round(size / 1024))
    if kilobytes < KILOBYTES_TOLD_AS_MEGABYTES:
        return units.format_unit(kilobytes, "digital-kilobyte", "short", locale=_locale(language))
    megabytes = round(Decimal(kilobytes) / 1024, 1)
    return units.format_unit(megabytes, "digital-megabyte", "short", locale=_locale(language))


@lru_cache(maxsize=8192)
def _percent(value: Number, decimals: int, language: str) -> str:
    locale = _locale(language)
    places = "." + "0" * decimals if decimals else ""
    pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0" + places)
    return numbers.format_percent(value, format=pattern, locale=locale)
