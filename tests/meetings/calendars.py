"""Calendars in tests: what a mail carried, and the answers that other programs would send."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from samrad.meetings.models import Called, Meeting
from samrad.post.models import Enclosure, Message
from tests.cast import Character

INBOX = "svar@samrad.example.org"


def call_of(meeting: Meeting, who: Character) -> Called:
    """The row that keeps somebody's answer."""
    return Called.objects.select_related("person", "meeting__council").get(
        meeting=meeting, person=who.person
    )


def enclosed_for(who: Character) -> Enclosure:
    """The calendar of the latest mail to somebody."""
    message = Message.objects.filter(person=who.person).latest("pk")
    return message.enclosures.get()


def calendar_for(who: Character) -> str:
    """The same, as text."""
    return bytes(enclosed_for(who).content).decode().replace("\r\n ", "")  # unfolded


def event_for(who: Character) -> Any:
    """What that calendar says of the meeting."""
    (event,) = Calendar.from_ical(calendar_for(who)).walk("VEVENT")
    return event


# Written by hand as large calendar programs write them; not by the library that reads them.
REPLY = """\
BEGIN:VCALENDAR
PRODID:-//Example//Calendar//NB
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp}
DTSTART:20261212T110000Z
ORGANIZER;CN="Politirådet i Ås":mailto:{organiser}
ATTENDEE;PARTSTAT={partstat};CN="Maja, Prøvestad"{token}:MAILTO:{attendee}
COMMENT:Kan bare den f\\u00f8rste timen\\, dessverre.
END:VEVENT
END:VCALENDAR
"""


def reply_text(called: Called, **changed: str) -> str:
    """The text of an answer: yes, unless something else is said."""
    values = {
        "method": "REPLY",
        "uid": str(called.meeting.ref),
        "sequence": str(called.meeting.sequence),
        "stamp": "20261121T120000Z",
        "organiser": f"svar+{called.tag}@samrad.example.org",
        "partstat": "ACCEPTED",
        "token": "",
        "attendee": called.person.email,
    }
    return REPLY.format(**(values | changed)).replace("\n", "\r\n")


def reply_mail(calendar: str, *, to: str = INBOX, sender: str = "maja@example.org") -> bytes:
    """A mail with that calendar, as RFC 6047 has it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = "Godtatt: Politirådet i Ås"
    mail["Message-ID"] = "<answer@example.org>"
    mail.set_content("Maja Prøvestad har godtatt innkallingen.")
    mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


def answer_of(meeting: Meeting, who: Character) -> str:
    """What stands there now."""
    return Called.objects.get(meeting=meeting, person=who.person).answer
