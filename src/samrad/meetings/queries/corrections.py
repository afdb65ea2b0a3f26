"""Corrections of approved minutes: what may be corrected, who approves, what they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from samrad.cooperation.seats import (
    FilledSeat,
    holders_by_function,
    seats_filled,
    seats_filled_in,
)
from samrad.meetings.models import Correction, Minutes
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.queries.said import everything_said
from samrad.meetings.rules import PartKind
from samrad.meetings.rules.differences import Piece, differences
from samrad.meetings.rules.minutes import MEMBER, ApprovalSlot, approval_slots
from samrad.meetings.rules.said import Said, SaidHeld, SaidSeat
from samrad.people.models import Person
from samrad.profiles.reader import profile


def parts_of(said: Said) -> dict[tuple[str, str], str]:
    """Everything in minutes that can be corrected, by kind and reference."""
    found = {(str(PartKind.TEXT), item.ref): item.text for item in said.items}
    found |= {(str(PartKind.DECISION), one.ref): one.text for one in said.decisions}
    found |= {(str(PartKind.SEAT), one.seat): one.as_text for one in said.seats}
    if said.held:
        found[str(PartKind.HELD), said.held.meeting] = said.held.as_text
    return found


def forgotten_seats(minutes: Minutes) -> list[SaidSeat]:
    """Seats that somebody held on the day and of which the minutes say nothing: one may be added.

    Nothing is noted of them, so that a part says what it changes from. Guests are among them when
    they were asked to come.
    """
    meeting = minutes.meeting
    noted = set(meeting.attendance.values_list("seat", flat=True))
    asked = set(meeting.guests.values_list("pk", flat=True))
    return [
        SaidSeat(seat=str(one.seat.ref), person=str(one.persons[0].ref))
        for one in seats_filled(meeting.council, day_of(meeting))
        if one.persons and one.seat.pk not in noted
        if not one.is_guest or one.seat.pk in asked
    ]


def with_forgotten(said: Said, minutes: Minutes) -> Said:
    """The same with the seats that were forgotten, after those that are noted."""
    return replace(said, seats=(*said.seats, *forgotten_seats(minutes)))


def adds_to_the_attendance(correction: Correction, said: Said) -> bool:
    """Whether the correction speaks of a seat that the minutes do not."""
    noted = {one.seat for one in said.seats}
    parts = correction.parts.all()
    return any(one.kind == PartKind.SEAT and str(one.about_ref) not in noted for one in parts)


def parts_as_approved(minutes: Minutes) -> dict[tuple[str, str], str]:
    """The same of minutes as they hold now, whoever may read them, with who was forgotten."""
    return parts_of(with_forgotten(everything_said(minutes), minutes))


def correction_slots(correction: Correction, on: date) -> list[ApprovalSlot]:
    """The approvals the correction needs: those the country's profile asks of minutes."""
    council = correction.minutes.meeting.council
    return _slots(correction, seats_filled(council, on))


def slots_of_corrections(several: Sequence[Correction], on: date) -> list[list[ApprovalSlot]]:
    """The same for several, in one query; their approvals have been fetched ahead."""
    councils = [correction.minutes.meeting.council for correction in several]
    filled = seats_filled_in(councils, on) if councils else {}
    return [_slots(one, filled[one.minutes.meeting.council_id]) for one in several]


def approvers_of_correction(correction: Correction, on: date) -> list[Person]:
    """Everybody who could give one of the approvals that are still missing."""
    filled = seats_filled(correction.minutes.meeting.council, on)
    waiting = {slot.function for slot in _slots(correction, filled) if not slot.is_given}
    persons = {
        person.pk: person
        for one in filled
        if one.seat.function in waiting or (MEMBER in waiting and not one.is_guest)
        for person in one.persons
        if person.pk != correction.written_by_id
    }
    return list(persons.values())


def _slots(correction: Correction, filled: Sequence[FilledSeat]) -> list[ApprovalSlot]:
    council = correction.minutes.meeting.council
    return approval_slots(
        [str(one) for one in profile(council.country).minutes_approval.approvers],
        holders=holders_by_function(filled),
        writer=correction.written_by_id,
        given={one.function: one.person_id for one in correction.approvals.all()},
    )


@dataclass(frozen=True)
class Changed:
    """One place where two versions differ."""

    kind: PartKind
    about: str
    pieces: list[Piece] = field(default_factory=list)
    before: SaidSeat | None = None
    after: SaidSeat | None = None
    orders: tuple[int, ...] = ()  # of a seat: the places of the items this reader sees
    was: SaidHeld | None = None  # of the meeting: when and where it stood, and stands
    now: SaidHeld | None = None


def changes_between(before: Said, after: Said) -> list[Changed]:
    """Where one version differs from the one before it, in the order of the minutes."""
    found = [*_held_otherwise(before, after), *_seats_that_differ(before, after)]
    old_items = {item.ref: item for item in before.items}
    for item in after.items:
        old = old_items.get(item.ref)
        if old is None:
            continue
        found += _differing(PartKind.TEXT, item.title, old.text, item.text)
        old_decisions = {one.ref: one.text for one in old.decisions}
        for one in item.decisions:
            was = old_decisions.get(one.ref, one.text)
            found += _differing(PartKind.DECISION, item.title, was, one.text)
    return found


def _held_otherwise(before: Said, after: Said) -> Iterable[Changed]:
    was, now = before.held, after.held
    if was and now and was.as_text != now.as_text:
        yield Changed(PartKind.HELD, now.meeting, was=was, now=now)


def _seats_that_differ(before: Said, after: Said) -> Iterable[Changed]:
    """Those of which something else is said, and those of which nothing was said before."""
    old = {(one.seat, one.person): one for one in before.seats if one.presence}
    for new in after.seats:
        was = old.get((new.seat, new.person))
        if new.as_text != (was or SaidSeat(new.seat)).as_text:
            orders = tuple(item.order for item in after.items)
            yield Changed(PartKind.SEAT, new.seat, before=was, after=new, orders=orders)


def _differing(kind: PartKind, about: str, before: str, after: str) -> Iterable[Changed]:
    if before != after:
        yield Changed(kind, about, differences(before, after))


def seats_changed(changes: Iterable[Changed]) -> Said:
    """Only the seats of these changes: whose names are needed to show them."""
    return Said(seats=tuple(one.after for one in changes if one.after))
