"""Planning a year's meetings, moving one, cancelling one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.api import move_drafted
from samrad.kernel.clock import day_of
from samrad.kernel.ids import uuid7
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import as_written, events
from samrad.meetings.actions import letters
from samrad.meetings.actions.letting_go import call_newcomers, let_go
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.merging import let_joined_wait
from samrad.meetings.actions.true_day import set_true_day, when
from samrad.meetings.models import Meeting, Proposal
from samrad.meetings.models.meetings import decided_at
from samrad.meetings.permissions import (
    may_cancel_meeting,
    may_move_meeting,
    may_plan_meetings,
    minutes_of,
)
from samrad.meetings.queries.planning import days_taken
from samrad.meetings.rules import MeetingState, ProposalState
from samrad.meetings.rules.invitations import Answer
from samrad.trail.api import record
from samrad.ui import formats


@dataclass(frozen=True)
class Planned:
    """A meeting as it is planned, before it exists."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    is_extra: bool = False  # beside the year's plan
    occasion: str = ""


@transaction.atomic
def plan_meetings(
    *,
    council: Council,
    meetings: Sequence[Planned],
    by: Actor,
    at: datetime,
    plan: UUID | None = None,
) -> list[Meeting]:
    """Plan them all, or none when one of them cannot be; `plan` is what they share with others."""
    plan = plan or uuid7()
    council = locked(council, "area")
    may_plan_meetings(by, council).enforce()
    years = {day_of(one.starts_at, council.zone).year for one in meetings}
    taken = {day for year in years for day in days_taken(council, year)}
    made = []
    for planned in meetings:
        _enforce_times(planned.starts_at, planned.ends_at, at)
        _enforce_free_day(council, planned, taken)
        meeting = Meeting.objects.create(
            council=council,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
            place=normalise_line(planned.place),
            is_extra=planned.is_extra,
            occasion=normalise_line(planned.occasion),
            plan=plan,
        )
        event = events.MEETING_CALLED_FOR if planned.is_extra else events.MEETING_PLANNED
        record(event, about=meeting, by=by, at=at, date=when(meeting))
        made.append(meeting)
    if made and not by.holds(Permission.MEETING_PLAN, in_council=council):
        letters.tell_of_plan(council, made, by=by, at=at)
    return made


@transaction.atomic
def plan_years(
    *, plans: Sequence[tuple[Council, Sequence[Planned]]], by: Actor, at: datetime
) -> list[Meeting]:
    """The meetings of several councils at once, all or none; given back in the order asked for."""
    made: dict[int, list[Meeting]] = {}
    plan = uuid7()
    for council, meetings in sorted(plans, key=lambda plan: plan[0].pk):  # one order of locks
        made[council.pk] = plan_meetings(
            council=council, meetings=meetings, by=by, at=at, plan=plan
        )
    return [meeting for council, _meetings in plans for meeting in made[council.pk]]


def _enforce_times(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The meeting must end after it starts."))
    if starts_at <= at:
        raise Refused(
            _(
                "A meeting is planned for a time to come. If it has been held, begin its minutes:"
                " then the day and the hours can be set to when it was."
            )
        )


def _enforce_free_day(council: Council, planned: Planned, taken: set[date]) -> None:
    """Two may plan the same year at once; the council's row keeps the second one waiting.

    An extra meeting can be on such a day. The day is taken from now on.
    """
    day = day_of(planned.starts_at, council.zone)
    if not planned.is_extra and day in taken:
        raise Refused(
            _("The council has a meeting on %(day)s already. Open the page again to see the plan.")
            % {"day": formats.day(day)}
        )
    taken.add(day)


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> bool:
    """Another time or place; those who were called get a mail about it. True when there are any."""
    meeting = locked(meeting, "council")
    may_move_meeting(by, meeting).enforce()
    enforce_seen(seen, as_written.of_times(meeting))
    before, place_before, place = when(meeting), meeting.place, normalise_line(place)
    was_at = meeting.starts_at, meeting.ends_at
    moved = (starts_at, ends_at) != (meeting.starts_at, meeting.ends_at)
    if starts_at <= at and minutes_of(meeting) is not None:
        set_true_day(meeting, starts_at, ends_at, place, by=by, at=at)
        return False
    if moved:
        _enforce_times(starts_at, ends_at, at)
    let_go(meeting=meeting, by=by, at=at)  # while it still says what they were told
    meeting.starts_at, meeting.ends_at, meeting.place = starts_at, ends_at, place
    elsewhere = place != place_before
    tells = meeting.state == MeetingState.CALLED and (moved or elsewhere)
    if tells:
        _ask_anew(meeting, moved=moved)
    if moved or elsewhere:
        meeting.changed_at = at
    meeting.save(
        update_fields=["starts_at", "ends_at", "place", "sequence", "answers_from", "changed_at"]
    )
    if moved:
        move_drafted(decisions=decided_at(meeting), to=day_of(starts_at, meeting.council.zone))
        record(events.MEETING_MOVED, about=meeting, by=by, at=at, before=before, date=when(meeting))
    if elsewhere:
        record(events.MEETING_PLACE_CHANGED, about=meeting, by=by, at=at, place=place)
    if tells:
        letters.tell_of_move(
            meeting, was_at=was_at if moved else None,
            was_in=place_before if elsewhere else "", elsewhere=elsewhere, at=at,
        )  # fmt: skip
        call_newcomers(meeting=meeting, by=by, at=at)
    return tells


def _ask_anew(meeting: Meeting, *, moved: bool) -> None:
    """Calendars see a newer invitation; who can come at another time has to be asked again."""
    meeting.sequence += 1
    if moved:
        meeting.answers_from = meeting.sequence
        unanswered = {"answer": Answer.NONE, "way": "", "answered_at": None, "stand_in": ""}
        meeting.called.update(**unanswered, reply_written_at=None)


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, reason: str, by: Actor, at: datetime, reason_in_mail: bool = False
) -> int:
    """The meeting is off, and those who were called get a mail; how many that are.

    Why stands on the meeting's page, and in the mail when whoever cancels says so.
    """
    meeting = locked(meeting, "council")
    may_cancel_meeting(by, meeting).enforce()
    reason = normalise(reason)
    if not reason:
        raise Refused(_("Say why the meeting is cancelled: those who were called will read it."))
    was_called = meeting.state == MeetingState.CALLED
    let_go(meeting=meeting, by=by, at=at)
    _let_proposals_wait(meeting, by=by, at=at)
    meeting.state, meeting.state_reason = MeetingState.CANCELLED, reason
    meeting.sequence += 1 if was_called else 0
    meeting.changed_at = at
    meeting.save(update_fields=["state", "state_reason", "sequence", "changed_at"])
    record(events.MEETING_CANCELLED, about=meeting, by=by, at=at, reason=reason)
    if not was_called:
        return 0
    return letters.tell_of_cancellation(meeting, at=at, reason=reason if reason_in_mail else "")


def _let_proposals_wait(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """What was to be taken up there is not forgotten: it waits for another meeting."""
    placed = Proposal.objects.filter(items__meeting=meeting, state=ProposalState.PLACED)
    for proposal in placed.select_related("council").distinct():
        elsewhere = proposal.items.exclude(meeting=meeting)
        if elsewhere.exclude(meeting__state=MeetingState.CANCELLED).exists():
            continue
        proposal.state = ProposalState.WAITING
        proposal.save(update_fields=["state"])
        record(events.PROPOSAL_FREED, about=proposal, by=by, at=at)
    let_joined_wait(meeting.items.all(), events.PROPOSAL_FREED, by=by, at=at)
