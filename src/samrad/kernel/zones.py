"""A time zone as calendars want it written: when its clocks change, as a yearly rule (VTIMEZONE).

The library can write a list of every change there has been; the large calendar programs read rules
only, and would be an hour off in summer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Change:
    """Clocks go from one offset to another; `at` is the moment in UTC."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@lru_cache(maxsize=64)
def timezone_of(zone: str, year: int) -> Timezone:
    """The zone as it is from the year before `year` on."""
    found = Timezone()
    found.add("tzid", zone)
    changes = list(_changes(ZoneInfo(zone), year - 1))
    for change in changes or [_always(ZoneInfo(zone), year - 1)]:
        found.add_component(_part(change, recurs=bool(changes)))
    return found


def _changes(zone: ZoneInfo, year: int) -> Iterator[Change]:
    """What happens to the clocks in a year, to the hour."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    for number in range(366):
        day = start + number * DAY
        if _offset(day, zone) == _offset(day + DAY, zone):
            continue
        hours = (day + hour * HOUR for hour in range(24))
        at = next(one + HOUR for one in hours if _offset(one, zone) != _offset(one + HOUR, zone))
        yield _change(at, _offset(at - HOUR, zone), zone)


def _always(zone: ZoneInfo, year: int) -> Change:
    at = datetime(year, 1, 1, tzinfo=UTC)
    return _change(at, _offset(at, zone), zone)


def _change(at: datetime, before: timedelta, zone: ZoneInfo) -> Change:
    there = at.astimezone(zone)
    return Change(at, before, _offset(at, zone), there.tzname() or "", bool(there.dst()))


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _part(change: Change, *, recurs: bool) -> TimezoneStandard | TimezoneDaylight:
    """One half of the year. Its start is told in the time that was, as the standard wants it."""
    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    local = (change.at + change.before).replace(tzinfo=None)
    part.add("dtstart", local)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if recurs:
        is_last = (local + WEEK).month != local.month
        nth = -1 if is_last else (local.day - 1) // 7 + 1
        day = f"{nth}{WEEKDAYS[local.weekday()]}"
        part.add("rrule", vRecur(freq="yearly", bymonth=local.month, byday=day))
    return part
