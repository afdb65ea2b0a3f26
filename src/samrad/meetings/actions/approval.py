"""Minutes go out for approval, come back, and are approved."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.followup.api import make_binding, put_forward, take_back
from samrad.followup.models import Decision
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.locking import locked, person_of
from samrad.meetings.actions.versions import keep_version
from samrad.meetings.begun import has_begun
from samrad.meetings.models import AgendaItem, Attendance, Meeting, Minutes, MinutesApproval
from samrad.meetings.permissions import (
    approving_slot,
    may_approve_minutes,
    may_circulate_minutes,
    may_send_back_minutes,
)
from samrad.meetings.queries.minutes import (
    approvers_of,
    attendance_of,
    items_with_decisions,
    shortcomings,
    slots_of,
    who_was_there,
)
from samrad.meetings.queries.recipients import recipients_of
from samrad.meetings.queries.said import everything_said
from samrad.meetings.rules import MeetingState, MinutesState, Presence
from samrad.people.models import Person
from samrad.trail.api import record


def _locked_minutes(minutes: Minutes) -> Minutes:
    """The meeting first, as everything that writes minutes does, then the minutes."""
    meeting = locked(minutes.meeting, "council")
    minutes = locked(minutes, "written_by")
    minutes.meeting = meeting
    return minutes


@transaction.atomic
def circulate_minutes(*, minutes: Minutes, by: Actor, at: datetime) -> None:
    """Send the minutes to those who approve; who sends them answers for the text as its writer."""
    minutes = _locked_minutes(minutes)
    may_circulate_minutes(by, minutes, at).enforce()
    items = items_with_decisions(minutes.meeting, by)
    lacks = shortcomings(items, attendance_of(minutes.meeting), minutes.could_decide)
    if any(lack.is_blocking for lack in lacks):
        raise Refused(
            _("The minutes are not complete yet. The page of the minutes lists what is missing.")
        )
    if by.person_id is not None:
        minutes.written_by_id = by.person_id
    minutes.state, minutes.circulated_at = MinutesState.CIRCULATED, at
    minutes.returned_comment, minutes.returned_by = "", None
    minutes.sent = everything_said(minutes).to_json()
    minutes.save()
    record(events.MINUTES_CIRCULATED, about=minutes, by=by, at=at)
    record(events.MINUTES_ATTENDANCE, about=minutes, by=by, at=at, **_attendance(minutes.meeting))
    put_forward(decisions=decisions_of(minutes.meeting), by=by, at=at)
    letters.ask_for_approval(minutes, approvers_of(minutes, local_day(minutes, at)))


def ask_those_who_approve_now(*, on: date) -> None:
    """Whoever has come to approve since the minutes went out is asked as well; nobody is twice.

    An office may fall vacant, or be filled, while minutes wait: a member steps in, or no longer
    has to. Those who were asked before have the same mail already.
    """
    waiting = Minutes.objects.filter(state=MinutesState.CIRCULATED)
    for minutes in waiting.select_related("meeting__council", "written_by"):
        letters.ask_for_approval(minutes, approvers_of(minutes, on))


def _attendance(meeting: Meeting) -> dict[str, str]:
    """Who was there, as the trail keeps it: the names as they stand in these minutes."""
    rows = who_was_there(meeting)
    instead = [one for one in rows if one.stand_in]
    groups = {
        "present": [_seated(one) for one in rows if _came(one)],
        "instead": [f"{_seated(one)} ({one.stand_in})" for one in instead],
        "away": [_seated(one) for one in rows if not _came(one) and not one.stand_in],
    }
    return {name: ", ".join(named) or "–" for name, named in groups.items()}


def _came(noted: Attendance) -> bool:
    return noted.presence == Presence.PRESENT and not noted.stand_in


def _seated(noted: Attendance) -> str:
    return noted.person.label if noted.person else str(noted.seat)


@transaction.atomic
def send_back_minutes(*, minutes: Minutes, comment: str, by: Actor, at: datetime) -> None:
    """Minutes and decisions are a draft again; approvals given before an edit do not stand."""
    minutes = _locked_minutes(minutes)
    may_send_back_minutes(by, minutes, slots_of(minutes, local_day(minutes, at))).enforce()
    comment = normalise(comment)
    if not comment:
        raise Refused(_("Say what should be changed: whoever wrote the minutes will read it."))
    minutes.approvals.all().delete()
    minutes.state, minutes.sent = MinutesState.DRAFT, None
    minutes.returned_comment, minutes.returned_by_id = comment, by.person_id
    minutes.save(update_fields=["state", "sent", "returned_comment", "returned_by"])
    record(events.MINUTES_SENT_BACK, about=minutes, by=by, at=at, comment=comment)
    take_back(decisions=decisions_of(minutes.meeting), by=by, at=at)
    if minutes.written_by_id != by.person_id:
        letters.tell_of_return(minutes)


class SentOutAnew(Refused):
    """The minutes came back and went out again after the reader had opened them."""


def sending_mark(minutes: Minutes) -> str:
    """Which sending of the minutes a page shows; an approval is for the text of that one."""
    return minutes.circulated_at.isoformat() if minutes.circulated_at else ""


@transaction.atomic
def approve_minutes(*, minutes: Minutes, by: Actor, at: datetime, read: str | None = None) -> None:
    """Give one's approval; with the last one the minutes are locked and the decisions bind.

    `read` is the mark of the sending that was read: a later one may say something else.
    """
    minutes = _locked_minutes(minutes)
    slots = slots_of(minutes, local_day(minutes, at))
    may_approve_minutes(by, minutes, slots).enforce()
    has_begun(minutes.meeting, at).enforce()
    if read is not None and read != sending_mark(minutes):
        raise SentOutAnew(
            _("The minutes were sent out again after you opened them. Read them once more.")
        )
    given = approving_slot(by, minutes, slots)
    MinutesApproval.objects.create(
        minutes=minutes, function=given, person=person_of(by), approved_at=at
    )
    record(events.MINUTES_APPROVAL_GIVEN, about=minutes, by=by, at=at)
    if all(slot.is_given or slot.function == given for slot in slots):
        _close(minutes, by=by, at=at)


def _close(minutes: Minutes, *, by: Actor, at: datetime) -> None:
    version = keep_version(minutes, at=at)
    minutes.state, minutes.approved_at, minutes.sent = MinutesState.APPROVED, at, None
    minutes.save(update_fields=["state", "approved_at", "sent"])
    record(events.MINUTES_APPROVED, about=minutes, by=by, at=at)
    make_binding(decisions=decisions_of(minutes.meeting), by=by, at=at)
    _count_as_held(minutes.meeting, by=by, at=at)
    day = local_day(minutes, at)
    letters.tell_of_approval(version, everybody(minutes.meeting, day), on=day)


def decisions_of(meeting: Meeting) -> list[Decision]:
    """Every decision taken at the meeting, whoever may read it."""
    refs = meeting.items.values_list("ref", flat=True)
    decisions = Decision.objects.filter(source_kind=AgendaItem.trail_kind, source_ref__in=refs)
    return list(decisions.select_related("council"))


def _count_as_held(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    meeting.state, meeting.held_at = MeetingState.HELD, min(at, meeting.ends_at)
    meeting.save(update_fields=["state", "held_at"])
    record(events.MEETING_HELD, about=meeting, by=by, at=at)


def everybody(meeting: Meeting, on: date) -> list[Person]:
    """Whoever is called to such a meeting, and whoever was there."""
    called = {one.person.pk: one.person for one in recipients_of(meeting, on)}
    present = meeting.attendance.exclude(person=None).select_related("person")
    called.update({row.person.pk: row.person for row in present if row.person})
    return list(called.values())


def local_day(minutes: Minutes, at: datetime) -> date:
    """The day where the council is."""
    return at.astimezone(ZoneInfo(minutes.meeting.council.zone)).date()
