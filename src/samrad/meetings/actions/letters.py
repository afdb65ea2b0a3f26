"""The mails meetings send. Only what is open travels in words; the rest is a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.models import Classified
from samrad.followup.links import done_path
from samrad.meetings.actions.calling import (
    answer_links,
    enclosed,
    has_had,
    is_known,
    rows_for,
)
from samrad.meetings.models import (
    AgendaItem,
    Called,
    Correction,
    Meeting,
    Minutes,
    MinutesVersion,
    Paper,
    Proposal,
)
from samrad.meetings.queries.around import next_after
from samrad.meetings.queries.heard import who_hears
from samrad.meetings.queries.mailed import MinutesInMail
from samrad.meetings.queries.recipients import Recipient, readers_of, recipients_of
from samrad.meetings.queries.said import said_held
from samrad.meetings.rules.invitations import Method
from samrad.meetings.rules.said import SaidHeld, said_from_json
from samrad.meetings.rules.sending import OPEN, Snapshot, changes_between
from samrad.people.models import Person
from samrad.post.api import MailKind, MessageState, absolute_url, send
from samrad.profiles.reader import profile

MAIL = "meetings/mail/"
BARE = {"items": [], "papers": 0, "changes": None, "is_bare": True}


@dataclass(frozen=True)
class Invites:
    """A mail that brings an invitation for the calendar: whose, written when, to do what."""

    called: Called
    at: datetime
    method: Method = Method.REQUEST


def call_to_meeting(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    recipients: Iterable[Recipient],
    *,
    papers: Sequence[Paper] = (),
    before: Snapshot | None,
    now: Snapshot,
    at: datetime,
) -> int:
    """The agenda to everybody called, each with what they may read; how many mails that made."""
    sent = 0
    for recipient, called in _called(meeting, recipients):
        reader = recipient.reader
        theirs = [item for item in items if reader.reads(readers_of(item))]
        shown = [
            (number, item)
            for number, item in enumerate(theirs, start=1)
            if readers_of(item) == OPEN
        ]
        changes = changes_between(before, now, reader) if before and is_known(called) else None
        _send(
            recipient.person,
            "agenda" if changes is None else "agenda_again",
            meeting,
            about=meeting,
            speaks_of=[
                *(item for _number, item in shown),
                *(paper for paper in papers if changes and readers_of(paper) == OPEN),
            ],
            invites=Invites(called, at),
            # Whoever has had the call has it in the calendar; the others need it at once, and
            # should an item be closed or taken off meanwhile, they are called without its title.
            kind=MailKind.AGENDAS if before and has_had(called) else None,
            bare=BARE,
            items=shown,
            comes_later=recipient.is_yet_to_come,
            papers=sum(reader.reads(readers_of(paper)) for paper in papers),
            further=len(theirs) - len(shown),
            changes=changes,
        )
        sent += 1
    return sent


def tell_of_plan(council: Council, meetings: Sequence[Meeting], *, by: Actor, at: datetime) -> None:
    """Somebody above has planned: those hear of it who keep the council, or else who sit in it.

    The mail is about the council: one of the meetings may be taken back before it goes out.
    """
    first = meetings[0]
    for person in who_hears(seats_filled(council, _day(first, at))):
        _send(
            person, "planned", first, about=council, page="meetings:council",
            meetings=list(meetings), who=by.label, page_of=council.ref, kind=MailKind.COUNCILS,
        )  # fmt: skip


def tell_of_plan_taken_back(
    council: Council, meetings: Sequence[Meeting], *, by: Actor, at: datetime
) -> None:
    """The same people hear that these meetings are not planned after all."""
    first = meetings[0]
    for person in who_hears(seats_filled(council, _day(first, at))):
        _send(
            person, "plan_taken_back", first, about=council, page="meetings:council",
            meetings=list(meetings), who=by.label, page_of=council.ref, kind=MailKind.COUNCILS,
        )  # fmt: skip


def tell_of_cancellation(meeting: Meeting, *, at: datetime, reason: str = "") -> int:
    """The meeting is off: to everybody who was called, and nobody who was not; how many mails.

    `reason` is given when it is to stand in the mail.
    """
    sent = 0
    for called in meeting.called.select_related("person"):
        called.meeting = meeting
        if called.person.email:
            off = Invites(called, at, Method.CANCEL)
            _send(called.person, "cancelled", meeting, about=meeting, invites=off, reason=reason)
            sent += 1
    return sent


def tell_of_move(
    meeting: Meeting,
    *,
    was_at: tuple[datetime, datetime] | None,
    was_in: str,
    elsewhere: bool,
    at: datetime,
) -> None:
    """Another time, another place, or both, and what it was before: to all who know of it.

    Whoever has not is called in the ordinary way (`letting_go.call_newcomers`).
    """
    for called in meeting.called.select_related("person", "message"):
        called.meeting = meeting
        if called.person.email and is_known(called):
            _send(
                called.person, "moved", meeting, about=meeting, invites=Invites(called, at),
                was_at=was_at, was_in=was_in, elsewhere=elsewhere,
            )  # fmt: skip


def take_out_of_calendar(called: Called, *, at: datetime) -> None:
    """To somebody who is no longer called: only that, and what their calendar needs to forget it.

    They may not see the meeting any more, so the mail is about the council.
    """
    off = Invites(called, at, Method.CANCEL)
    council = called.meeting.council
    _send(called.person, "let_go", called.meeting, about=council, invites=off)


def _called(
    meeting: Meeting, recipients: Iterable[Recipient]
) -> Iterator[tuple[Recipient, Called]]:
    """Those who are reached, each with the row that keeps their answer; all have such a row."""
    everybody = list(recipients)
    rows = rows_for(meeting, [one.person for one in everybody])
    for one in everybody:
        if one.is_reached:
            yield one, rows[one.person.pk]


def tell_of_placing(proposal: Proposal, meeting: Meeting, *, at: datetime) -> None:
    """The proposer hears on which meeting's agenda it is; its words are read on the page.

    Who has no seat there sees no meeting of the council, but the proposal.
    """
    person = proposal.proposed_by
    if person is None or not person.email:
        return
    where: dict[str, Any] = {}
    if not _sits_in(person, meeting.council, _day(meeting, at)):
        where = {"page": "meetings:proposal", "page_of": proposal.ref}
    _send(person, "placed", meeting, about=proposal, kind=MailKind.AGENDAS, **where)


def _sits_in(person: Person, council: Council, on: date) -> bool:
    return any(person in one.persons for one in seats_filled(council, on))


def tell_of_answer(proposal: Proposal, *, at: datetime) -> None:
    """The proposer has an answer; what it says is read on the page."""
    person = proposal.proposed_by
    if person is not None and person.email:
        url = reverse("meetings:proposal", args=[proposal.ref])
        context = {"council": proposal.council.name, "url": absolute_url(url)}
        send(
            to=person,
            template=f"{MAIL}answer",
            context=context,
            about=proposal,
            kind=MailKind.AGENDAS,
            language=person.language or _language(proposal.council.country),
        )


def ask_for_approval(minutes: Minutes, persons: Iterable[Person]) -> None:
    """Those who approve are asked to read the minutes: once for each time these go out."""
    following = next_after(minutes.meeting, minutes.circulated_at)
    for person in persons:
        if person.email:
            out = minutes.circulated_at.isoformat() if minutes.circulated_at else ""
            _send(
                person, "approve", minutes.meeting, about=minutes, page="meetings:approve",
                key=f"approve:{minutes.ref}:{out}:{person.pk}",
                before=following.starts_at if following else None,
            )  # fmt: skip


def tell_of_return(minutes: Minutes) -> None:
    """The writer hears that the minutes came back; the comment is read on the page."""
    if minutes.written_by.email:
        _send(
            minutes.written_by, "returned", minutes.meeting, about=minutes, page="meetings:minutes"
        )


def ask_for_correction(correction: Correction, persons: Iterable[Person]) -> None:
    """Those who approve are asked to read what should be corrected: once each time it goes out."""
    minutes, since = correction.minutes, correction.circulated_at
    url = reverse("meetings:correction", args=[correction.ref])
    out = since.isoformat() if since else ""
    for person in persons:
        if person.email:
            _send(
                person, "correction", minutes.meeting, about=minutes, url=absolute_url(url),
                key=f"correct:{correction.ref}:{out}:{person.pk}",
            )  # fmt: skip


def tell_of_returned_correction(correction: Correction) -> None:
    """The writer hears that it came back; the comment is read on the page."""
    minutes, writer = correction.minutes, correction.written_by
    url = absolute_url(reverse("meetings:correction", args=[correction.ref]))
    if writer.email:
        _send(writer, "correction_returned", minutes.meeting, about=minutes, url=url)


def tell_of_correction(minutes: Minutes, persons: Iterable[Person], *, was: SaidHeld) -> None:
    """Everybody who had the approved minutes hears that a new version holds.

    `was`: when and where the meeting stood until now. Another day is said in the mail itself.
    """
    now = said_held(minutes.meeting)
    hours = (was.starts_at, was.ends_at)
    was_at = hours if hours != (now.starts_at, now.ends_at) else None
    url = reverse("meetings:versions", args=[minutes.meeting.ref])
    for person in persons:
        if person.email:
            _send(
                person, "corrected", minutes.meeting, about=minutes, kind=MailKind.MINUTES,
                url=absolute_url(url), was_at=was_at, was_in=was.place,
                elsewhere=was.place != now.place,
            )  # fmt: skip


def tell_of_approval(version: MinutesVersion, persons: Iterable[Person], *, on: date) -> None:
    """Everybody who was called or was there has what is open of the approved minutes in the mail.

    What somebody is to do stands there too, with a link that ticks it off.
    """
    minutes, meeting = version.minutes, version.minutes.meeting
    in_mail = MinutesInMail(meeting, said_from_json(version.said), recipients_of(meeting, on))
    for person in persons:
        if person.email:
            mailed = in_mail.to(person)
            _send(
                person, "approved", meeting, about=minutes, kind=MailKind.MINUTES,
                page="meetings:read", speaks_of=list(mailed.speaks_of), mailed=mailed,
                own=[(task, absolute_url(done_path(task, person))) for task in mailed.own],
            )  # fmt: skip


def _send(
    person: Person,
    template: str,
    meeting: Meeting,
    *,
    about: Council | Meeting | Minutes | Proposal,
    page: str = "meetings:detail",
    page_of: UUID | None = None,
    speaks_of: Sequence[Classified] = (),
    key: str = "",
    kind: MailKind | None = None,
    bare: dict[str, Any] | None = None,
    invites: Invites | None = None,
    **context: Any,
) -> None:
    council = meeting.council
    language = person.language or _language(council.country)
    words: dict[str, Any] = {
        "council": council.name,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": council.zone,
        "place": meeting.place,
        "is_extra": meeting.is_extra,
        "occasion": meeting.occasion,
        "url": absolute_url(reverse(page, args=[page_of or meeting.ref])),
    }
    enclosures = []
    if invites is not None:
        with translation.override(language):
            enclosures = [enclosed(invites.called, invites.method, invites.at)]
        words["answers"] = answer_links(invites.called)
    message = send(
        to=person,
        template=MAIL + template,
        context={**words, **context},
        about=about,
        speaks_of=speaks_of,
        key=key,
        kind=kind,
        language=language,
        attachments=enclosures,
        bare=bare,
    )
    if invites is not None and message.state == MessageState.QUEUED:
        Called.objects.filter(pk=invites.called.pk).update(message=message)


def _language(country: str) -> str:
    return profile(country).languages[0]


def _day(meeting: Meeting, at: datetime) -> date:
    return at.astimezone(ZoneInfo(meeting.council.zone)).date()
