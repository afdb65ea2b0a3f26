"""The time, read in one place so that tests and the demo can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held_moment", default=None)


def present() -> datetime:
    """What the machine's own clock says; nothing but `now` asks it."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment in UTC."""
    return _held.get() or present()


def today(zone: str = "Europe/Oslo") -> date:
    """The calendar day it is now in `zone` (the three countries share one clock)."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: str = "Europe/Oslo") -> date:
    """The calendar day a moment falls on in `zone`; its UTC day is another one around midnight."""
    return moment.astimezone(ZoneInfo(zone)).date()


def beginning_of(day: date, zone: str = "Europe/Oslo") -> datetime:
    """The moment a calendar day begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone))


@contextmanager
def held_at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at `moment` inside the block."""
    token = _held.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _held.reset(token)
