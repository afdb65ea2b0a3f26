"""The mails meetings send. Only titles of open items travel in words; the rest is a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from samrad.meetings.models import AgendaItem, Correction, Meeting, Minutes, Proposal
from samrad.meetings.queries.recipients import Recipient, readers_of, recipients_of
from samrad.meetings.rules.sending import OPEN, Snapshot, changes_between
from samrad.people.models import Person
from samrad.post.api import absolute_url, send
from samrad.profiles.reader import profile

MAIL = "meetings/mail/"


def call_to_meeting(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    recipients: Iterable[Recipient],
    *,
    before: Snapshot | None,
    now: Snapshot,
) -> int:
    """The agenda to everybody called, each with what they may read; how many mails that made."""
    sent = 0
    for recipient in recipients:
        if not recipient.is_reached:
            continue
        reader = recipient.reader
        theirs = [item for item in items if reader.reads(readers_of(item))]
        shown = [
            (number, item)
            for number, item in enumerate(theirs, start=1)
            if readers_of(item) == OPEN
        ]
        _send(
            recipient.person,
            "agenda_again" if before else "agenda",
            meeting,
            about=meeting,
            speaks_of=[item for _number, item in shown],
            items=shown,
            further=len(theirs) - len(shown),
            changes=changes_between(before, now, reader) if before else None,
        )
        sent += 1
    return sent


def tell_of_cancellation(meeting: Meeting, *, at: datetime) -> None:
    """The meeting is off: to everybody who was called."""
    for recipient in recipients_of(meeting, _day(meeting, at)):
        if recipient.is_reached:
            _send(recipient.person, "cancelled", meeting, about=meeting)


def tell_of_move(meeting: Meeting, *, moved: bool, elsewhere: bool, at: datetime) -> None:
    """Another time, another place, or both: to everybody who was called."""
    for recipient in recipients_of(meeting, _day(meeting, at)):
        if recipient.is_reached:
            _send(
                recipient.person, "moved", meeting, about=meeting, moved=moved, elsewhere=elsewhere
            )


def tell_of_placing(proposal: Proposal, meeting: Meeting) -> None:
    """The proposer hears on which meeting's agenda it is; its words are read on the page."""
    person = proposal.proposed_by
    if person is not None and person.email:
        _send(person, "placed", meeting, about=proposal)


def tell_of_answer(proposal: Proposal, *, at: datetime) -> None:
    """The proposer has an answer; what it says is read on the page."""
    person = proposal.proposed_by
    if person is not None and person.email:
        url = reverse("meetings:proposals", args=[proposal.council.ref])
        context = {"council": proposal.council.name, "url": absolute_url(url)}
        send(
            to=person,
            template=f"{MAIL}answer",
            context=context,
            about=proposal,
            language=person.language or _language(proposal.council.country),
        )


def ask_for_approval(minutes: Minutes, persons: Iterable[Person]) -> None:
    """Those who approve are asked to read the minutes."""
    for person in persons:
        if person.email:
            _send(person, "approve", minutes.meeting, about=minutes, page="meetings:approve")


def tell_of_return(minutes: Minutes) -> None:
    """The writer hears that the minutes came back; the comment is read on the page."""
    if minutes.written_by.email:
        _send(
            minutes.written_by, "returned", minutes.meeting, about=minutes, page="meetings:minutes"
        )


def ask_for_correction(correction: Correction, persons: Iterable[Person]) -> None:
    """Those who approve are asked to read what should be corrected."""
    minutes = correction.minutes
    url = reverse("meetings:correction", args=[correction.ref])
    for person in persons:
        if person.email:
            _send(person, "correction", minutes.meeting, about=minutes, url=absolute_url(url))


def tell_of_correction(minutes: Minutes, persons: Iterable[Person]) -> None:
    """Everybody who had the approved minutes hears that a new version holds."""
    url = reverse("meetings:versions", args=[minutes.meeting.ref])
    for person in persons:
        if person.email:
            _send(person, "corrected", minutes.meeting, about=minutes, url=absolute_url(url))


def tell_of_approval(minutes: Minutes, persons: Iterable[Person]) -> None:
    """Everybody who was called or was there gets the link to the approved minutes."""
    for person in persons:
        if person.email:
            _send(person, "approved", minutes.meeting, about=minutes, page="meetings:read")


def _send(
    person: Person,
    template: str,
    meeting: Meeting,
    *,
    about: Meeting | Minutes | Proposal,
    page: str = "meetings:detail",
    speaks_of: Sequence[AgendaItem] = (),
    **context: Any,
) -> None:
    council = meeting.council
    words = {
        "council": council.name,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": council.zone,
        "place": meeting.place,
        "url": absolute_url(reverse(page, args=[meeting.ref])),
    }
    send(
        to=person,
        template=MAIL + template,
        context={**words, **context},
        about=about,
        speaks_of=speaks_of,
        language=person.language or _language(council.country),
    )


def _language(country: str) -> str:
    return profile(country).languages[0]


def _day(meeting: Meeting, at: datetime) -> Any:
    return at.astimezone(ZoneInfo(meeting.council.zone)).date()
