"""Minutes that existed before the council came here: read in, confirmed, written on as a draft.

What is taken over is a draft like any other: it binds nobody before those who approve the council's
minutes have approved it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import ReadingState
from samrad.documents.api import NotKept, discard_file, store_file
from samrad.documents.intake import NotTaken as NotSound
from samrad.documents.kinds import DOCX, PDF, TEXT
from samrad.documents.uploads import handed_in
from samrad.documents.words import trouble_in_words
from samrad.followup.api import give_task
from samrad.kernel.text import normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions.locking import locked, person_of
from samrad.meetings.actions.minutes import (
    begin_minutes,
    note_attendance,
    record_decision,
    save_text,
    set_needs_no_task,
)
from samrad.meetings.models import AgendaItem, Meeting, MinutesReading
from samrad.meetings.permissions import may_read_in_minutes, may_take_over_minutes
from samrad.meetings.rules import ItemKind, MeetingState, Presence
from samrad.people.models import Organisation, Person
from samrad.reading import messages
from samrad.reading.minutes import minutes_with_their_text
from samrad.reading.unreadable import Unreadable
from samrad.trail.api import record
from samrad.ui.formats import number

KINDS = ", ".join(kind.name for kind in (DOCX, PDF, TEXT))
NUMBERS = gettext_lazy(
    "The document holds what looks like a person's identity number. Remove it and try again: "
    "minutes are about what the council does, never about citizens."
)


class NotTaken(Exception):
    """The document was not taken in; the message says why and what to do."""


@dataclass(frozen=True)
class WantedTask:
    """Who does it by when, as a person confirmed it."""

    title: str
    person: Person | None = None
    organisation: Organisation | None = None
    deadline: date | None = None


@dataclass(frozen=True)
class WantedItem:
    """An item to take over, with its decisions and their tasks."""

    title: str
    text: str
    decisions: Sequence[tuple[str, Sequence[WantedTask]]] = ()
    needs_no_task: bool = False  # what was to be done of it is done


@dataclass(frozen=True)
class WantedMinutes:
    """The meeting that was held, and what is taken over of its minutes."""

    starts_at: datetime
    ends_at: datetime
    place: str
    items: Sequence[WantedItem]
    presence: Sequence[tuple[Seat, Presence]] = field(default=())


def take_in_minutes(
    *, upload: File[bytes], council: Council, by: Actor, at: datetime
) -> MinutesReading:
    """Read uploaded minutes by the labels of the council's country, and stage what was found."""
    may_read_in_minutes(by, council).enforce()
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = number(settings.UPLOAD_LIMIT_BYTES // (1024 * 1024))
        raise NotTaken(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    data, name = upload.read(), upload.name or ""
    try:
        read, text = minutes_with_their_text(data, name, council.country)
        kept = handed_in(name, data)
    except Unreadable as trouble:
        raise NotTaken(messages.trouble(trouble)) from trouble
    except NotSound as trouble:
        raise NotTaken(trouble_in_words(trouble, KINDS)) from trouble
    text = f"{text}\n{kept.text}"  # also what a reading leaves out: comments, what was struck out
    try:
        with transaction.atomic():
            file = store_file(
                name=kept.name, content=kept.content, text=text,
                chain=council.trail_chain, by=by, at=at,
            )  # fmt: skip
            reading = MinutesReading.objects.create(
                council=council, file=file, result=read.to_json(), read_by=person_of(by), read_at=at
            )
            record(events.MINUTES_READ_IN, about=reading, by=by, at=at)
            return reading
    except NotKept as trouble:
        raise NotTaken(NUMBERS) from trouble


@transaction.atomic
def discard_minutes_reading(*, reading: MinutesReading, by: Actor, at: datetime) -> None:
    """The document was not what it should be; neither it nor what was read of it is kept."""
    reading = locked(reading, "council", "file")
    may_take_over_minutes(by, reading).enforce()
    record(events.MINUTES_READING_DISCARDED, about=reading, by=by, at=at)
    file, reading.file = reading.file, None
    reading.state, reading.result = ReadingState.DISCARDED, {}
    reading.save(update_fields=["state", "result", "file"])
    if file:
        discard_file(file=file, by=by, at=at)


@transaction.atomic
def take_over_minutes(
    *, reading: MinutesReading, wanted: WantedMinutes, by: Actor, at: datetime
) -> Meeting:
    """A person has confirmed what was read: the meeting is there, with its minutes as a draft."""
    reading = locked(reading, "council", "file")
    may_take_over_minutes(by, reading).enforce()
    meeting = _meeting(reading.council, wanted, at)
    record(events.MINUTES_TAKEN_OVER, about=meeting, by=by, at=at, file=str(reading))
    begin_minutes(meeting=meeting, by=by, at=at)
    for seat, presence in wanted.presence:
        note_attendance(meeting=meeting, seat=seat, presence=presence, stand_in="", by=by, at=at)
    for order, item in enumerate(wanted.items, start=1):
        _take_over(item, meeting, order, by=by, at=at)
    reading.state, reading.meeting = ReadingState.CONFIRMED, meeting
    reading.save(update_fields=["state", "meeting"])
    return meeting


def _meeting(council: Council, wanted: WantedMinutes, at: datetime) -> Meeting:
    council = locked(council)
    if wanted.ends_at <= wanted.starts_at:
        raise Refused(gettext_lazy("The meeting must end after it starts."))
    if wanted.ends_at > at:
        raise Refused(gettext_lazy("Minutes are of a meeting that has been. Look at the day."))
    if not wanted.items:
        raise Refused(gettext_lazy("Take over at least one item."))
    day = wanted.starts_at.astimezone(ZoneInfo(council.zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    others = council.meetings.exclude(state=MeetingState.CANCELLED)
    if others.filter(
        starts_at__gte=day, starts_at__lt=day.replace(hour=23, minute=59, second=59)
    ).exists():
        raise Refused(
            gettext_lazy(
                "The council has a meeting on that day already. Write its minutes there, or "
                "choose another day."
            )
        )
    return Meeting.objects.create(
        council=council,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=normalise_line(wanted.place),
        state=MeetingState.CALLED,
        called_at=wanted.starts_at,
    )


def _take_over(
    wanted: WantedItem, meeting: Meeting, order: int, *, by: Actor, at: datetime
) -> None:
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=order,
        title=normalise_line(wanted.title)[:200],
        kind=ItemKind.DECISION if wanted.decisions else ItemKind.INFORMATION,
    )
    if wanted.text:
        save_text(item=item, text=wanted.text, expected=0, by=by, at=at)
    if wanted.needs_no_task:
        set_needs_no_task(item=item, value=True, by=by, at=at)
    for text, tasks in wanted.decisions:
        decision = record_decision(item=item, text=text, by=by, at=at)
        for task in tasks:
            give_task(
                council=meeting.council,
                title=task.title,
                person=task.person,
                organisation=task.organisation,
                deadline_date=task.deadline,
                decision=decision,
                is_read_in=True,
                by=by,
                at=at,
            )
