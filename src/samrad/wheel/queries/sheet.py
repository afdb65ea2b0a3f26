"""The sheet with the year's wheel: what is drawn where, and the months with what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel import dates
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.kernel.clock import day_of, today
from samrad.meetings.models import Meeting
from samrad.meetings.queries.planning import meetings_in
from samrad.ui.formats import LOCALES
from samrad.wheel.queries.year import Entry, entries_of, wheels_in_use
from samrad.wheel.rules import Stand
from samrad.wheel.rules.drawing import (
    Hand,
    Slice,
    Spot,
    dots,
    hand,
    slices,
    spots_of_days,
    spots_of_windows,
)

LAST_OF_FIRST_HALF = 6
SEASONS = ("winter", "winter", *("spring",) * 3, *("summer",) * 3, *("autumn",) * 3, "winter")


@dataclass(frozen=True)
class Mark:
    """Something on the wheel that also stands in the list, found again by its number."""

    spot: Spot
    label: str
    kind: str  # meeting, task, theme_day, nothing; held_meeting and coming_meeting for meetings
    stand: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Item:
    """One line of a month: an activity, or a meeting."""

    day: date
    mark: Mark
    entry: Entry | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Month:
    """One month with what is in it."""

    slice: Slice
    name: str
    season: str
    items: Sequence[Item]
    is_now: bool = False


@dataclass(frozen=True)
class Sheet:
    """A council's year as it is drawn and listed."""

    year: int
    months: Sequence[Month]
    meetings: Sequence[Mark]
    marks: Sequence[Mark]
    dots: Sequence[Mark]
    entries: Sequence[Entry]
    hand: Hand | None
    in_use_from: date | None

    @property
    def first_half(self) -> Sequence[Month]:
        """The right-hand side of the wheel."""
        return self.months[:LAST_OF_FIRST_HALF]

    @property
    def second_half(self) -> Sequence[Month]:
        """Its left-hand side."""
        return self.months[LAST_OF_FIRST_HALF:]

    @property
    def count(self) -> int:
        """How many times something is due in the year, but for what was left out or is too old."""
        return sum(one.stand not in {Stand.SKIPPED, Stand.PASSED} for one in self.entries)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(one.stand is Stand.DONE for one in self.entries)

    @property
    def first_waiting(self) -> Entry | None:
        """What waits longest: late before due."""
        for stand in (Stand.LATE, Stand.DUE):
            found = next((one for one in self.entries if one.stand is stand), None)
            if found:
                return found
        return None


def sheet_of(council: Council, actor: Actor, year: int) -> Sheet:
    """A year as the actor may see it: five queries."""
    on = today(council.zone)
    wheels = wheels_in_use([council])
    entries = entries_of([council], actor, [year], on, wheels=wheels)
    meetings = _meetings(council, actor, year)
    items = [*_items(entries), *_items_of_meetings(council, meetings, on)]
    items.sort(key=lambda one: (one.day, one.entry is not None))
    return Sheet(
        year=year,
        months=_months(items, on if on.year == year else None),
        meetings=[one.mark for one in items if one.meeting],
        marks=[one.mark for one in items if one.entry and not one.entry.is_monthly],
        dots=[one.mark for one in items if one.entry and one.entry.is_monthly],
        entries=entries,
        hand=hand(on) if on.year == year else None,
        in_use_from=wheels[council.pk].from_date if council.pk in wheels else None,
    )


def _meetings(council: Council, actor: Actor, year: int) -> list[Meeting]:
    held = meetings_in(council, year).values("pk")
    found = list(Meeting.objects.visible_to(actor).filter(pk__in=held).order_by("starts_at", "pk"))
    for meeting in found:
        meeting.council = council
    return found


def _items(entries: Sequence[Entry]) -> list[Item]:
    """Numbered in the order of the list; what comes every month has a dot instead."""
    plain = [one for one in entries if not one.is_monthly]
    monthly = [one for one in entries if one.is_monthly]
    spots = spots_of_windows([(one.window.from_date, one.window.due_date) for one in plain])
    small = dots([(one.window.from_date, one.window.due_date) for one in monthly])
    numbered = [
        _item(one, spot, str(number))
        for number, (one, spot) in enumerate(zip(plain, spots, strict=True), start=1)
    ]
    return numbered + [_item(one, spot, "") for one, spot in zip(monthly, small, strict=True)]


def _item(entry: Entry, spot: Spot, label: str) -> Item:
    mark = Mark(
        spot, label, str(entry.told.calls_for), str(entry.stand), entry.url, entry.told.title
    )
    return Item(entry.window.due_date, mark, entry=entry)


def _items_of_meetings(council: Council, meetings: Sequence[Meeting], on: date) -> list[Item]:
    days = [day_of(meeting.starts_at, council.zone) for meeting in meetings]
    return [
        Item(day, _mark(meeting, day, spot, on), meeting=meeting)
        for meeting, day, spot in zip(meetings, days, spots_of_days(days), strict=True)
    ]


def _mark(meeting: Meeting, day: date, spot: Spot, on: date) -> Mark:
    stand: Literal["been", "coming"] = "been" if day < on else "coming"
    return Mark(spot, str(day.day), "council_meeting", stand, meeting.get_absolute_url())


def _months(items: Sequence[Item], on: date | None) -> list[Month]:
    names = month_names()
    return [
        Month(
            slice=one,
            name=names[one.month - 1],
            season=SEASONS[one.month - 1],
            items=[item for item in items if item.day.month == one.month],
            is_now=on is not None and on.month == one.month,
        )
        for one in slices()
    ]


def month_names() -> list[str]:
    """January to December in the reader's language, as they stand alone, with a capital."""
    locale = LOCALES.get((get_language() or "en").split("-")[0], "en_GB")
    names = dates.get_month_names("wide", "stand-alone", locale)
    return [names[month].capitalize() for month in range(1, 13)]
