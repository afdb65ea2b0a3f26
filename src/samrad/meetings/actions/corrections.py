"""Approved minutes are put right as a new version, approved by the same rule (D4).

What was approved stands, and binds, until the correction is approved; then its parts take the place
of the approved ones in one transaction, each recorded, and a new version is kept beside the old.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.seats import seats_filled
from samrad.followup.api import correct_decision
from samrad.followup.models import Decision
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.approval import SentOutAnew, everybody, local_day
from samrad.meetings.actions.locking import locked, person_of
from samrad.meetings.actions.true_day import correct_held, held_as_in
from samrad.meetings.actions.versions import keep_version
from samrad.meetings.models import (
    AgendaItem,
    Attendance,
    CorrectedPart,
    Correction,
    CorrectionApproval,
    Minutes,
    MinutesRevision,
)
from samrad.meetings.permissions import (
    correcting_slot,
    may_approve_correction,
    may_circulate_correction,
    may_correct_minutes,
    may_send_back_correction,
    may_withdraw_correction,
    may_write_correction,
)
from samrad.meetings.queries.corrections import (
    approvers_of_correction,
    correction_slots,
    parts_as_approved,
)
from samrad.meetings.queries.said import said_held
from samrad.meetings.rules import CorrectionState, PartKind, Presence
from samrad.meetings.rules.said import SaidSeat
from samrad.meetings.rules.sending import fingerprint
from samrad.trail.api import record


@dataclass(frozen=True)
class PartNote:
    """A part as somebody wants it, and as it stood when they opened the page."""

    kind: PartKind
    ref: UUID
    text: str
    started_from: str


@transaction.atomic
def open_correction(
    *, minutes: Minutes, reason: str, asked_by: str, by: Actor, at: datetime
) -> Correction:
    """Begin to put approved minutes right: why, and who asked for it."""
    minutes = _locked(minutes)
    may_correct_minutes(by, minutes, minutes.corrections.open().exists()).enforce()
    reason, asked_by = normalise(reason), normalise_line(asked_by)
    if not reason or not asked_by:
        raise Refused(_("Say why the minutes are corrected, and who asked for it."))
    if not minutes.versions.exists():  # approved before versions were kept
        keep_version(minutes, at=minutes.approved_at or at)
    correction = Correction.objects.create(
        minutes=minutes, reason=reason, asked_by=asked_by, written_by=person_of(by), opened_at=at
    )
    record(events.CORRECTION_OPENED, about=minutes, by=by, at=at, asked_by=asked_by, reason=reason)
    return correction


def _locked(minutes: Minutes) -> Minutes:
    """The meeting first, as everything that writes minutes does."""
    meeting = locked(minutes.meeting, "council")
    minutes = locked(minutes, "written_by")
    minutes.meeting = meeting
    return minutes


def _locked_correction(correction: Correction) -> Correction:
    minutes = _locked(correction.minutes)
    correction = locked(correction, "written_by")
    correction.minutes = minutes
    return correction


@transaction.atomic
def save_correction(
    *, correction: Correction, parts: Iterable[PartNote], by: Actor, at: datetime
) -> dict[str, str]:
    """Save every part that nobody else has changed; the others come back with their words.

    A part that is as it was approved is no part of the correction.
    """
    correction = _locked_correction(correction)
    may_write_correction(by, correction).enforce()
    approved = parts_as_approved(correction.minutes)
    drafted = {(p.kind, str(p.about_ref)): p for p in correction.parts.all()}
    stale: dict[str, str] = {}
    for note in parts:
        key = (str(note.kind), str(note.ref))
        if key not in approved:
            raise Refused(_("That does not stand in these minutes."))
        text = normalise(note.text)
        held = drafted[key].text if key in drafted else approved[key]
        if text == held:
            continue
        if note.started_from != part_mark(held):
            stale[f"{note.kind}-{note.ref}"] = held
            continue
        if note.kind == PartKind.HELD and text != approved[key]:
            held_as_in(correction.minutes.meeting, text, at)
        _save_part(correction, note, text, text == approved[key], by=by, at=at)
    return stale


def part_mark(text: str) -> str:
    """What a part said, as one short text to compare with later."""
    return fingerprint(text)


def _save_part(
    correction: Correction, note: PartNote, text: str, as_approved: bool, *, by: Actor, at: datetime
) -> None:
    if note.kind == PartKind.DECISION and not text:
        raise Refused(_("A decision that binds keeps its words. Correct them, or drop it instead."))
    unsaid = note.kind == PartKind.SEAT and not as_approved
    if unsaid and SaidSeat("").as_in(text).presence not in set(Presence):
        raise Refused(_("Say of each seat whether somebody was there."))
    found = CorrectedPart.objects.filter(correction=correction, kind=note.kind, about_ref=note.ref)
    if as_approved:
        found.delete()
        return
    CorrectedPart.objects.update_or_create(
        correction=correction,
        kind=note.kind,
        about_ref=note.ref,
        defaults={"text": text, "saved_at": at, "saved_by_id": by.person_id},
    )


@transaction.atomic
def circulate_correction(*, correction: Correction, by: Actor, at: datetime) -> None:
    """Send it to those who approve minutes; who sends it answers for it as its writer."""
    correction = _locked_correction(correction)
    may_circulate_correction(by, correction).enforce()
    if not correction.parts.exists():
        raise Refused(_("Nothing is corrected yet. Change what is wrong, then send it."))
    correction.written_by = person_of(by)
    correction.state, correction.circulated_at = CorrectionState.CIRCULATED, at
    correction.returned_comment, correction.returned_by = "", None
    correction.save()
    record(events.CORRECTION_CIRCULATED, about=correction.minutes, by=by, at=at)
    day = local_day(correction.minutes, at)
    letters.ask_for_correction(correction, approvers_of_correction(correction, day))


def ask_those_who_correct_now(*, on: date) -> None:
    """Whoever has come to approve since a correction went out is asked as well; nobody is twice."""
    waiting = Correction.objects.filter(state=CorrectionState.CIRCULATED)
    for correction in waiting.select_related("minutes__meeting__council", "written_by"):
        letters.ask_for_correction(correction, approvers_of_correction(correction, on))


@transaction.atomic
def send_back_correction(*, correction: Correction, comment: str, by: Actor, at: datetime) -> None:
    """A draft again, with what should be otherwise; approvals given do not stand."""
    correction = _locked_correction(correction)
    slots = correction_slots(correction, local_day(correction.minutes, at))
    may_send_back_correction(by, correction, slots).enforce()
    comment = normalise(comment)
    if not comment:
        raise Refused(_("Say what should be changed: whoever wrote the minutes will read it."))
    correction.approvals.all().delete()
    correction.state = CorrectionState.DRAFT
    correction.returned_comment, correction.returned_by_id = comment, by.person_id
    correction.save(update_fields=["state", "returned_comment", "returned_by"])
    record(events.CORRECTION_SENT_BACK, about=correction.minutes, by=by, at=at, comment=comment)
    if correction.written_by_id != by.person_id:
        letters.tell_of_returned_correction(correction)


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: Actor, at: datetime) -> None:
    """Give it up: what was approved stands."""
    correction = _locked_correction(correction)
    may_withdraw_correction(by, correction).enforce()
    correction.state, correction.closed_at = CorrectionState.WITHDRAWN, at
    correction.save(update_fields=["state", "closed_at"])
    record(events.CORRECTION_WITHDRAWN, about=correction.minutes, by=by, at=at)


def correction_mark(correction: Correction) -> str:
    """Which sending of the correction a page shows."""
    return correction.circulated_at.isoformat() if correction.circulated_at else ""


@transaction.atomic
def approve_correction(
    *, correction: Correction, by: Actor, at: datetime, read: str | None = None
) -> None:
    """Give one's approval; with the last one the correction becomes the minutes."""
    correction = _locked_correction(correction)
    slots = correction_slots(correction, local_day(correction.minutes, at))
    may_approve_correction(by, correction, slots).enforce()
    if read is not None and read != correction_mark(correction):
        raise SentOutAnew(
            _("The correction was sent out again after you opened it. Read it once more.")
        )
    given = correcting_slot(by, correction, slots)
    CorrectionApproval.objects.create(
        correction=correction, function=given, person=person_of(by), approved_at=at
    )
    record(events.CORRECTION_APPROVAL_GIVEN, about=correction.minutes, by=by, at=at)
    if all(slot.is_given or slot.function == given for slot in slots):
        _close(correction, by=by, at=at)


def _close(correction: Correction, *, by: Actor, at: datetime) -> None:
    """Every part takes the place of what was approved, and the new version is kept."""
    minutes = correction.minutes
    was = said_held(minutes.meeting)
    for part in sorted(correction.parts.all(), key=lambda one: one.kind == PartKind.HELD):
        APPLY[PartKind(part.kind)](minutes, part, by=by, at=at)
    correction.state, correction.closed_at = CorrectionState.APPROVED, at
    correction.save(update_fields=["state", "closed_at"])
    version = keep_version(minutes, at=at, correction=correction)
    record(
        events.CORRECTION_APPROVED, about=minutes, by=by, at=at, number=version.number,
        asked_by=correction.asked_by, reason=correction.reason,
    )  # fmt: skip
    day = local_day(minutes, at)
    letters.tell_of_correction(minutes, everybody(minutes.meeting, day), was=was)


def _correct_text(minutes: Minutes, part: CorrectedPart, *, by: Actor, at: datetime) -> None:
    item = locked(AgendaItem.objects.get(ref=part.about_ref, meeting=minutes.meeting_id))
    item.meeting = minutes.meeting
    item.minutes_text, item.minutes_version = part.text, item.minutes_version + 1
    item.minutes_saved_at, item.minutes_saved_by_id = at, part.saved_by_id
    item.save(
        update_fields=["minutes_text", "minutes_version", "minutes_saved_at", "minutes_saved_by"]
    )
    MinutesRevision.objects.create(
        item=item, version=item.minutes_version, text=part.text, saved_at=part.saved_at,
        saved_by_id=part.saved_by_id,
    )  # fmt: skip
    record(events.ITEM_CORRECTED, about=item, by=by, at=at)


def _correct_decision(minutes: Minutes, part: CorrectedPart, *, by: Actor, at: datetime) -> None:
    decision = Decision.objects.select_related("council").get(ref=part.about_ref)
    correct_decision(decision=decision, text=part.text, by=by, at=at)


def _correct_seat(minutes: Minutes, part: CorrectedPart, *, by: Actor, at: datetime) -> None:
    seat = SaidSeat(str(part.about_ref)).as_in(part.text)
    items: dict[int | None, AgendaItem] = {one.order: one for one in minutes.meeting.items.all()}
    said = {
        "presence": seat.presence,
        "stand_in": seat.stand_in,
        "from_item": items.get(seat.came),
        "until_item": items.get(seat.left),
    }
    noted = Attendance.objects.filter(meeting=minutes.meeting_id, seat__ref=part.about_ref)
    if not noted.update(**said):
        _add_to_the_attendance(minutes, part.about_ref, said)


def _correct_held(minutes: Minutes, part: CorrectedPart, *, by: Actor, at: datetime) -> None:
    """The last of the parts: who sat there was approved as of the day that stood."""
    correct_held(minutes.meeting, part.text, by=by, at=at)


def _add_to_the_attendance(minutes: Minutes, ref: UUID, said: dict[str, Any]) -> None:
    """Somebody who was forgotten, with whoever held the seat on the day."""
    meeting = minutes.meeting
    filled = seats_filled(meeting.council, local_day(minutes, meeting.starts_at))
    found = next((one for one in filled if one.seat.ref == ref and one.persons), None)
    if found is None:
        raise Refused(_("Nobody held that seat on the day of the meeting. Send it back."))
    Attendance.objects.create(meeting=meeting, seat=found.seat, person=found.persons[0], **said)


APPLY = {
    PartKind.TEXT: _correct_text,
    PartKind.DECISION: _correct_decision,
    PartKind.SEAT: _correct_seat,
    PartKind.HELD: _correct_held,
}
