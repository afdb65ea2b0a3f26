"""An invitation as a calendar understands it, and the answer that comes back (RFC 5545, 5546).

Plain Python: what is to be said goes in, bytes come out; text from a stranger goes in, and an
answer comes out or nothing does. Imported where it is called: most pages have no use for it.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from samrad.kernel.zones import timezone_of
from samrad.meetings.rules.invitations import Answer, Invitation, Method, Reply

PRODUCT = "-//Samraad//Samraad//EN"
TOKEN = "X-SAMRAAD-TOKEN"  # noqa: S105 (the name of a parameter)
LARGEST_SEQUENCE = 2**31 - 1

PARTICIPATION = {
    Answer.NONE: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.DECLINED: "DECLINED",
    Answer.TENTATIVE: "TENTATIVE",
}
GIVEN = {PARTICIPATION[answer]: answer for answer in Answer if answer != Answer.NONE}


def calendar_of(invitation: Invitation, method: Method) -> bytes:
    """The invitation, its update or its cancellation, as it travels in a mail (RFC 6047)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    year = invitation.starts_at.astimezone(ZoneInfo(invitation.zone)).year
    calendar.add_component(timezone_of(invitation.zone, year))
    calendar.add_component(_event(invitation, method))
    return bytes(calendar.to_ical())


def _event(one: Invitation, method: Method) -> Event:
    zone, stamp = ZoneInfo(one.zone), one.written_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", str(one.ref))
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", one.starts_at.astimezone(zone).replace(microsecond=0))
    event.add("dtend", one.ends_at.astimezone(zone).replace(microsecond=0))
    event.add("summary", one.summary)
    event.add("description", one.description)
    if one.place:
        event.add("location", one.place)
    event.add("url", vUri(one.url))
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("organizer", _address(one.organiser_address, CN=one.organiser))
    event.add("attendee", _attendee(one, method))
    return event


def _attendee(one: Invitation, method: Method) -> vCalAddress:
    """The one who is called, and a token of theirs: the answer is known by it, nobody else's is."""
    asked = one.asks_by_mail and method == Method.REQUEST
    return _address(
        one.attendee_address,
        CN=one.attendee,
        CUTYPE="INDIVIDUAL",
        ROLE="REQ-PARTICIPANT",
        PARTSTAT=PARTICIPATION[one.answer],
        RSVP="TRUE" if asked else "FALSE",
        **{TOKEN: one.token},
    )


def _address(address: str, **parameters: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        found.params[name] = vText(_parameter(value))
    return found


def _parameter(value: str) -> str:
    """A name without what a parameter may not hold: quotation marks and control characters."""
    return "".join(one for one in value.replace('"', "'") if one.isprintable())


def reply_in(text: str) -> Reply | None:
    """The one answer that a calendar text holds; None when it holds none, or something else."""
    try:
        return _reply(text)
    except Exception:
        return None


def _reply(text: str) -> Reply | None:
    calendar: Any = Calendar.from_ical(text)
    events = list(calendar.walk("VEVENT"))
    if str(calendar.get("method", "")).upper() != Method.REPLY or len(events) != 1:
        return None
    event = events[0]
    attendee, sequence = event["attendee"], int(event.get("sequence", 0))
    if isinstance(attendee, list) or not 0 <= sequence <= LARGEST_SEQUENCE:
        return None
    given = GIVEN.get(str(attendee.params.get("PARTSTAT", "")).upper())
    written = event["dtstamp"].dt
    if given is None or "recurrence-id" in event or written.tzinfo is None:
        return None
    return Reply(
        ref=UUID(str(event["uid"]).strip()),
        sequence=sequence,
        answer=given,
        attendee_address=_bare(attendee),
        organiser_address=_bare(event.get("organizer", "")),
        token=str(attendee.params.get(TOKEN, "")).lower(),
        written_at=written.astimezone(UTC),
    )


def _bare(address: Any) -> str:
    """The address of `mailto:…`, in small letters."""
    return str(address).strip().lower().removeprefix("mailto:").strip()
