"""A calendar as other programs read it (RFC 5545): when and where, and nothing of what is said."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samrad.kernel.zones import timezone_of
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.wheel.queries.calendar import Held
from samrad.wheel.queries.year import Entry
from samrad.wheel.rules import Stand

CONTENT_TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = timedelta(hours=4)
LINE_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)  # in the fingerprint, instead of the present moment
STATES = {
    MeetingState.PLANNED: "TENTATIVE",
    MeetingState.CALLED: "CONFIRMED",
    MeetingState.HELD: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}


def calendar_file(held: Held, *, name: str, at: datetime) -> bytes:
    """The whole calendar; it says what is so now, and takes back what is so no longer."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Samråd//Samråd//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for zone, year in sorted(_zones(held, at).items()):
        calendar.add_component(timezone_of(zone, year))
    for meeting in held.meetings:
        calendar.add_component(_of_meeting(meeting, at))
    for entry in held.entries:
        calendar.add_component(_of_entry(entry, at))
    return bytes(calendar.to_ical())


def _zones(held: Held, at: datetime) -> dict[str, int]:
    """Every zone that a meeting is told in, with the year of the earliest."""
    years: dict[str, int] = {}
    for meeting in held.meetings:
        zone = meeting.council.zone
        year = meeting.starts_at.astimezone(ZoneInfo(zone)).year
        years[zone] = min(year, years.get(zone, year))
    return years or {settings.TIME_ZONE: at.year}


def fingerprint(held: Held, *, name: str) -> str:
    """The same as long as the calendar says the same, whenever it is asked."""
    content = calendar_file(held, name=name, at=LINE_OF_TIME)
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def uid_of_meeting(meeting: Meeting) -> str:
    """The same as long as the meeting is there, whatever is changed about it."""
    return str(meeting.ref)


def _uid_of_entry(entry: Entry) -> str:
    return f"wheel-{entry.council.ref}-{entry.key}@{_host()}"


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _of_meeting(meeting: Meeting, at: datetime) -> Event:
    zone = ZoneInfo(meeting.council.zone)
    event = _event(uid_of_meeting(meeting), meeting.council.name, at)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", STATES[MeetingState(meeting.state)])
    event.add("transp", "TRANSPARENT" if meeting.state == MeetingState.CANCELLED else "OPAQUE")
    event.add("url", settings.PUBLIC_URL + meeting.get_absolute_url())
    return event


def _of_entry(entry: Entry, at: datetime) -> Event:
    """On the day by which it is done; it takes nobody's time."""
    title = entry.told.title
    if entry.stand is Stand.DONE:
        title = _("Done: %(what)s") % {"what": title}
    event = _event(_uid_of_entry(entry), f"{title} · {entry.council.name}", at)
    event.add("dtstart", entry.window.due_date)
    event.add("dtend", _day_after(entry.window.due_date))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add("categories", [_("Year wheel")])
    event.add("url", settings.PUBLIC_URL + entry.url)
    return event


def _event(uid: str, summary: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("summary", summary)
    return event


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
