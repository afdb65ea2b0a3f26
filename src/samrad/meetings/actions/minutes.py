"""Writing minutes: text item by item, attendance, decisions and tasks, with nothing overwritten.

Whoever saves says which version they started from. When somebody else has saved since, nothing is
written and the answer is `Stale`, with the other text; a repeated save of the same text is fine.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.documents.rules import Classification
from samrad.followup.api import take_decision
from samrad.followup.models import Decision
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions.locking import locked, person_of
from samrad.meetings.models import AgendaItem, Attendance, Meeting, Minutes, MinutesRevision
from samrad.meetings.permissions import may_write_minutes
from samrad.meetings.queries.minutes import attendance_of, stand_ins_told
from samrad.meetings.rules import CouldDecide, Mandate, MinutesState, Presence
from samrad.people.models import Person
from samrad.trail.api import record


@dataclass(frozen=True)
class Saved:
    """The text is in the database under this version."""

    version: int
    text: str
    saved_at: datetime


@dataclass(frozen=True)
class Stale:
    """Somebody saved another text first; nothing was written."""

    version: int
    text: str
    saved_at: datetime | None
    saved_by: str


@transaction.atomic
def begin_minutes(*, meeting: Meeting, by: Actor, at: datetime) -> Minutes:
    """Open the minutes for writing; the second to open them gets the same."""
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes:
        return minutes
    minutes = Minutes.objects.create(
        meeting=meeting, written_by=person_of(by), started_at=at, state=MinutesState.DRAFT
    )
    record(events.MINUTES_BEGUN, about=minutes, by=by, at=at)
    return minutes


@transaction.atomic
def save_text(
    *, item: AgendaItem, text: str, expected: int, by: Actor, at: datetime
) -> Saved | Stale:
    """Save what was said on an item, unless another version has come in between.

    Every text acknowledged here is kept as a revision; autosaves are not trail entries.
    """
    item = _draft_item(item, by)
    text = normalise(text)
    if text == item.minutes_text:
        return Saved(item.minutes_version, text, item.minutes_saved_at or at)
    if expected != item.minutes_version:
        saved_by = item.minutes_saved_by.label if item.minutes_saved_by else ""
        return Stale(item.minutes_version, item.minutes_text, item.minutes_saved_at, saved_by)
    item.minutes_text, item.minutes_version = text, item.minutes_version + 1
    item.minutes_saved_at, item.minutes_saved_by_id = at, by.person_id
    item.save(
        update_fields=["minutes_text", "minutes_version", "minutes_saved_at", "minutes_saved_by"]
    )
    MinutesRevision.objects.create(
        item=item, version=item.minutes_version, text=text, saved_at=at, saved_by_id=by.person_id
    )
    return Saved(item.minutes_version, text, at)


def _draft_item(item: AgendaItem, by: Actor) -> AgendaItem:
    """The item locked, in minutes that the actor may write: the meeting is locked before it.

    Circulating locks the meeting too, so no text slips in after the minutes have gone out.
    """
    meeting = locked(item.meeting, "council")
    may_write_minutes(by, meeting).enforce()
    item = locked(item, "minutes_saved_by")
    item.meeting = meeting
    return item


@transaction.atomic
def note_attendance(
    *,
    meeting: Meeting,
    seat: Seat,
    presence: Presence | None,
    stand_in: str,
    by: Actor,
    at: datetime,
    from_item: AgendaItem | None = None,
    until_item: AgendaItem | None = None,
    expected: str | None = None,
) -> str:
    """Note whether a seat was filled, by whom instead, and for which part of the meeting.

    The mark of what is noted now comes back.

    With `expected`, the mark the writer started from, a note that somebody else has changed
    meanwhile stays as it is, and its mark comes back.
    """
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    noted = noted_for(meeting, seat)
    stand_in = normalise_line(stand_in)
    if not (presence == Presence.PRESENT or (presence and stand_in)):
        from_item = until_item = None
    _in_order(meeting, from_item, until_item)
    now = attendance_mark(noted)
    wanted = seat_mark(presence, stand_in, from_item, until_item)
    if wanted == now or (expected is not None and expected != now):
        return now
    Attendance.objects.filter(meeting=meeting, seat=seat).delete()
    if presence is not None:
        Attendance.objects.create(
            meeting=meeting,
            seat=seat,
            person=_holder(meeting, seat),
            presence=presence,
            stand_in=stand_in,
            from_item=from_item,
            until_item=until_item,
        )
    return wanted if presence is not None else attendance_mark(None)


def noted_for(meeting: Meeting, seat: Seat) -> Attendance | None:
    """What is noted for a seat."""
    noted = Attendance.objects.select_related("from_item", "until_item")
    return noted.filter(meeting=meeting, seat=seat).first()


def _in_order(meeting: Meeting, came: AgendaItem | None, left: AgendaItem | None) -> None:
    if any(one and one.meeting_id != meeting.pk for one in (came, left)):
        raise Refused(_("That item is not on the agenda of this meeting."))
    if came and left and came.order > left.order:
        raise Refused(_("Nobody can leave before they have come. Look over the two items."))


def attendance_mark(noted: Attendance | None) -> str:
    """What is noted for a seat, as one short text to compare with later."""
    if noted is None:
        return seat_mark(None, "")
    return seat_mark(noted.presence, noted.stand_in, noted.from_item, noted.until_item)


def seat_mark(
    presence: str | None,
    stand_in: str,
    came: AgendaItem | None = None,
    left: AgendaItem | None = None,
) -> str:
    """The same of what somebody fills in."""
    there = f"{presence or ''}|{stand_in}"
    if came is None and left is None:
        return there
    return f"{there}|{came.ref if came else ''}|{left.ref if left else ''}"


def _holder(meeting: Meeting, seat: Seat) -> Person | None:
    filled = seats_filled(meeting.council, _day_of(meeting))
    persons = next((one.persons for one in filled if one.seat.pk == seat.pk), ())
    return persons[0] if persons else None


@transaction.atomic
def note_everybody_present(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """One act for the usual case: every seat that was called, is filled and is not noted yet.

    That is the permanent ones, and the guests who were asked to come.
    Who said beforehand that somebody else comes is noted with that stand-in; who said that they do
    not come is excused. How many these are comes back.
    """
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    note_stand_ins(meeting=meeting, by=by, at=at)
    noted = set(meeting.attendance.values_list("seat_id", flat=True))
    invited = set(meeting.guests.values_list("pk", flat=True))
    declined = stand_ins_told(meeting)
    new = [
        _as_answered(meeting, one, declined)
        for one in seats_filled(meeting.council, _day_of(meeting))
        if one.persons and one.seat.pk not in noted and (not one.is_guest or one.seat.pk in invited)
    ]
    Attendance.objects.bulk_create(new)
    return sum(one.presence == Presence.EXCUSED for one in new)


def _as_answered(meeting: Meeting, one: FilledSeat, declined: Collection[int]) -> Attendance:
    """Present, whoever of the seat's holders did not say no."""
    came = [person for person in one.persons if person.pk not in declined]
    presence = Presence.PRESENT if came else Presence.EXCUSED
    person = (came or one.persons)[0]
    return Attendance(meeting=meeting, seat=one.seat, person=person, presence=presence)


def seat_anew(*, meeting: Meeting) -> None:
    """The meeting was on another day: who was there is who filled the seats on that one.

    Whoever calls this holds the lock. What is noted of seats that were not there then falls away.
    """
    filled = {one.seat.pk: one for one in seats_filled(meeting.council, _day_of(meeting))}
    for noted in meeting.attendance.all():
        one = filled.get(noted.seat_id) if noted.seat_id else None
        if one is None or not (one.persons or noted.stand_in):
            noted.delete()
        elif noted.person_id not in {person.pk for person in one.persons}:
            noted.person = one.persons[0] if one.persons else None
            noted.save(update_fields=["person"])


@transaction.atomic
def note_stand_ins(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """Those who were to come instead came, for every seat that is not noted yet."""
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, seat=one.filled.seat, person=one.filled.persons[0],
            presence=Presence.EXCUSED, stand_in=one.told,
        )
        for one in attendance_of(meeting)
        if one.told and not one.noted
    )  # fmt: skip


@transaction.atomic
def record_decision(*, item: AgendaItem, text: str, by: Actor, at: datetime) -> Decision:
    """What the council decided under an item; it is for the same readers as the item."""
    item = _draft_item(item, by)
    return take_decision(
        council=item.meeting.council,
        text=text,
        decided_date=_day_of(item.meeting),
        source=item,
        classification=Classification(item.classification),
        legal_basis=item.legal_basis,
        audience=list(item.audience.all()) if item.is_restricted else [],
        by=by,
        at=at,
    )


@transaction.atomic
def set_needs_no_task(*, item: AgendaItem, value: bool, by: Actor, at: datetime) -> None:
    """Somebody says that an item leads to no task, so that its lack is not flagged."""
    item = _draft_item(item, by)
    if item.needs_no_task == value:
        return
    item.needs_no_task = value
    item.save(update_fields=["needs_no_task"])
    event = events.MINUTES_NO_TASK if value else events.MINUTES_TASK_AFTER_ALL
    record(event, about=item, by=by, at=at)


def settled_mark(item: AgendaItem) -> str:
    """What is ticked and chosen of an item, as one short text to compare with later."""
    return f"{'on' if item.needs_no_task else ''}|{item.mandate_there}"


@transaction.atomic
def settle_item(
    *,
    item: AgendaItem,
    needs_no_task: bool,
    mandate: Mandate,
    expected: str,
    by: Actor,
    at: datetime,
) -> str:
    """Both at once, as the page's script saves them; the mark of what holds now."""
    item = _draft_item(item, by)
    now, wanted = settled_mark(item), f"{'on' if needs_no_task else ''}|{mandate}"
    if wanted == now or expected != now:
        return now
    set_needs_no_task(item=item, value=needs_no_task, by=by, at=at)
    note_mandate(item=item, value=mandate, by=by, at=at)
    return wanted


@transaction.atomic
def note_mandate(*, item: AgendaItem, value: Mandate, by: Actor, at: datetime) -> None:
    """Whether those who bind each party had been asked, or were there, when it was decided."""
    item = _draft_item(item, by)
    if item.mandate_there == value:
        return
    item.mandate_there = value
    item.save(update_fields=["mandate_there"])
    record(events.MANDATE_NOTED[value], about=item, by=by, at=at)


def ability_mark(minutes: Minutes) -> str:
    """What the minutes say of the council's ability to decide, to compare with later."""
    return f"{minutes.could_decide}|{minutes.could_decide_note}"


@transaction.atomic
def note_ability(
    *,
    meeting: Meeting,
    could_decide: CouldDecide,
    note: str,
    by: Actor,
    at: datetime,
    expected: str | None = None,
) -> str:
    """Say whether the council, as it sat there, could decide; the mark of what is said now.

    What somebody else has said since `expected` stays, and its mark comes back.
    """
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    minutes = Minutes.objects.select_for_update(of=("self",)).get(meeting=meeting)
    note = normalise_line(note)
    now, wanted = ability_mark(minutes), f"{could_decide}|{note}"
    if wanted == now or (expected is not None and expected != now):
        return now
    changed = minutes.could_decide != could_decide
    minutes.could_decide, minutes.could_decide_note = could_decide, note
    minutes.save(update_fields=["could_decide", "could_decide_note"])
    if changed:
        record(events.ABILITY_NOTED[could_decide], about=minutes, by=by, at=at)
    return wanted


def _day_of(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(ZoneInfo(meeting.council.zone)).date()
