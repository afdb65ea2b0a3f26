"""A council's meetings, one meeting, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.followup.api import untold_before
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.events import (
    ANSWERED,
    ANSWERED_BY_MAIL,
    CORRECTION_APPROVAL_GIVEN,
    CORRECTION_APPROVED,
    CORRECTION_CIRCULATED,
    CORRECTION_OPENED,
    CORRECTION_SENT_BACK,
    CORRECTION_WITHDRAWN,
    MINUTES_ATTENDANCE,
    MINUTES_SENT_BACK,
    STAYS_MOVED,
)
from samrad.meetings.models import AgendaItem, Meeting, Paper
from samrad.meetings.permissions import (
    may_answer_invitation,
    may_answer_proposals,
    may_call_again,
    may_cancel_meeting,
    may_keep_papers,
    may_move_meeting,
    may_plan_meetings,
    may_propose,
    may_read_drafts,
    may_see_answers,
    may_set_agenda,
    may_write_minutes,
    minutes_of,
    plans_several,
)
from samrad.meetings.queries.agenda import (
    agenda_of,
    proposals_waiting,
    reads_whole,
    show_joined,
    with_hours,
)
from samrad.meetings.queries.answers import answers_of, own_answer
from samrad.meetings.queries.lists import (
    Known,
    is_prepared,
    last_said,
    may_begin_minutes,
    meetings_seen,
    next_step,
)
from samrad.meetings.queries.mandate import who_binds
from samrad.meetings.queries.minutes import day_of, decisions_at, minutes_seen, slots_of
from samrad.meetings.queries.notice import leads_of, notice_of
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.queries.planning import tally_of
from samrad.meetings.queries.plans import latest_plan
from samrad.meetings.queries.saying import says_now
from samrad.meetings.rules import ItemKind, MeetingState
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR
from samrad.meetings.sources import show_sources
from samrad.meetings.views.found import council_or_404, meeting_or_404
from samrad.meetings.words import ANSWER_BUTTONS
from samrad.people.models import Person
from samrad.trail.api import history_of
from samrad.trail.events import Event
from samrad.ui.pieces import Tab


@declare(SIGNED_IN)
@require_GET
def of_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The meetings of a year."""
    council, actor = council_or_404(request, ref), request.actor
    this_year = today(council.zone).year
    asked = whole_number(request.GET.get("year", ""))
    year = asked if FIRST_YEAR <= asked <= LAST_YEAR else this_year
    meetings = list(meetings_seen(council, actor, year))
    for meeting in meetings:
        meeting.council = council
    inside = actor.holds(Permission.COUNCIL_SEE, in_council=council.pk)
    leads = leads_of(meetings) if inside else {}
    notice = notice_of(council)
    answers = bool(may_answer_proposals(actor, council))
    may_plan = bool(may_plan_meetings(actor, council))
    url = reverse("meetings:council", args=[council.ref])
    context = {
        "council": council,
        "meetings": meetings,
        "year": year,
        "now": now(),
        "tabs": [Tab(str(y), f"{url}?year={y}", y == year) for y in range(year - 1, year + 2)],
        "leads": leads,
        "tally": tally_of(council, meetings, year, now()),
        "in_time": sum(notice.is_kept_by(lead) for lead in leads.values()),
        "notice": notice,
        "may_plan": may_plan,
        "latest_plan": latest_plan(meetings, now()) if may_plan else None,
        "plans_several": plans_several(actor),
        "may_propose": bool(may_propose(actor, council)),
        "may_answer": answers,
        "waiting": proposals_waiting(actor, [council.pk]).count() if answers else 0,
    }
    return render(request, "meetings/council.html", context)


@declare(SIGNED_IN)
@require_GET
def detail(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One meeting: when, where, and its agenda as the reader may see it."""
    meeting, actor, at = meeting_or_404(request, ref), request.actor, now()
    agenda = agenda_of(meeting, actor)
    if reads_whole(agenda, meeting):
        agenda = with_hours(agenda, meeting)
    items = [one.item for one in agenda]
    show_joined(items, actor)
    show_sources(items, actor)
    record_reading(items=items, by=actor, at=at)
    minutes = minutes_seen(meeting, actor)
    known = Known(
        has_items=lambda: bool(items),
        said=lambda: last_said(meeting),
        says=lambda: says_now(meeting),
        slots=lambda minutes: slots_of(minutes, today(meeting.council.zone)),
    )
    context = _answers(meeting, actor, at) | {
        "meeting": meeting,
        "council": meeting.council,
        "agenda": agenda,
        "papers": papers_seen(meeting, actor, items),
        "minutes": minutes,
        "minutes_total": sum(item.duration_minutes or 0 for item in items),
        "step": next_step(meeting, actor, at, known),
        "may_move": bool(may_move_meeting(actor, meeting)),
        "may_cancel": bool(may_cancel_meeting(actor, meeting)),
        "may_set_agenda": bool(may_set_agenda(actor, meeting)),
        "may_keep_papers": bool(may_keep_papers(actor, meeting)),
        "may_begin": may_begin_minutes(meeting, actor, at),
        "may_go_on": is_prepared(meeting, at) and bool(may_write_minutes(actor, meeting)),
        "may_propose": bool(may_propose(actor, meeting.council)),
        "has_seat": has_seat(actor, meeting),
        **_at_the_table(meeting, actor, items, at),
    }
    return render(request, "meetings/detail.html", context)


def _at_the_table(
    meeting: Meeting, actor: Actor, items: Sequence[AgendaItem], at: datetime
) -> dict[str, Any]:
    """For those with a seat: who can bind each party, and whom to ask about a meeting to come."""
    decides = any(item.kind == ItemKind.DECISION for item in items)
    is_to_come = meeting.ends_at >= at and meeting.state != MeetingState.CANCELLED
    asks = is_to_come and not may_plan_meetings(actor, meeting.council)  # they are who is asked
    if not has_seat(actor, meeting) or not (decides or asks):
        return {}
    filled = seats_filled(meeting.council, day_of(meeting))
    return {
        "binding": who_binds(meeting.council, filled) if decides else (),
        "to_ask": _to_ask(filled, actor) if asks else (),
    }


def _to_ask(filled: Sequence[FilledSeat], actor: Actor) -> Sequence[Person]:
    """The secretary, or where there is none, the chair; nobody for those who would be asked."""
    keepers = {one.seat.function: one.persons for one in filled if one.persons}
    found = keepers.get(SeatFunction.SECRETARY) or keepers.get(SeatFunction.CHAIR, ())
    return () if actor.person_id in {person.pk for person in found} else found


def _answers(meeting: Meeting, actor: Actor, at: datetime) -> dict[str, Any]:
    """Who comes, while that is still to be seen: from the calling until the minutes are written."""
    is_written = minutes_of(meeting) is not None and meeting.starts_at <= at  # not only prepared
    is_open = meeting.state == MeetingState.CALLED and not is_written
    if not is_open or not has_seat(actor, meeting):
        return {}
    sees = bool(may_see_answers(actor, meeting))
    if sees:
        calls = bool(may_call_again(actor, meeting))
        answers = answers_of(meeting, actor, today(meeting.council.zone), calls=calls)
    else:
        answers = own_answer(meeting, actor)
    called = answers.own is not None
    return {
        "answers": answers,
        "may_see_answers": sees,
        "may_answer": bool(may_answer_invitation(actor, meeting, is_called=called, at=at)),
        "answer_buttons": [(one.value, label) for one, label in ANSWER_BUTTONS.items()],
    }


@declare(SIGNED_IN)
@require_GET
def history(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What has happened to the meeting, its agenda and its minutes, in words."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    if not has_seat(actor, meeting):
        raise not_there()
    items = list(AgendaItem.objects.visible_to(actor).filter(meeting=meeting))
    minutes = minutes_seen(meeting, actor)
    decisions = decisions_at(items, actor)
    tasks = [task for decision in decisions for task in decision.tasks.all()]
    papers = list(Paper.objects.visible_to(actor).filter(meeting=meeting))
    parts = [*([minutes] if minutes else []), *items, *papers, *decisions, *tasks]
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "history": history_of(
            meeting,
            also=parts,
            without=_untold(actor, meeting),
            limit=200,
            since_latest=untold_before(actor, meeting.council_id),
        ),
    }
    return render(request, "meetings/history.html", context)


# What is written on the way to minutes, and to corrections of approved ones, is for their writers.
OF_DRAFTS: tuple[Event, ...] = (
    MINUTES_ATTENDANCE,
    STAYS_MOVED,
    MINUTES_SENT_BACK,
    CORRECTION_OPENED,
    CORRECTION_CIRCULATED,
    CORRECTION_SENT_BACK,
    CORRECTION_WITHDRAWN,
    CORRECTION_APPROVAL_GIVEN,
)


def _untold(actor: Actor, meeting: Meeting) -> tuple[Event, ...]:
    """What the reader is not told: drafts, and what is only for those who sit there for good."""
    untold = () if may_read_drafts(actor, meeting.council) else OF_DRAFTS
    if not may_see_answers(actor, meeting):
        untold += (*ANSWERED.values(), *ANSWERED_BY_MAIL.values())
    if not actor.holds(Permission.INTERNAL_SEE, in_council=meeting.council_id):
        untold += (CORRECTION_APPROVED,)  # it says why, and who asked for it
    return untold


def has_seat(actor: Actor, meeting: Meeting) -> bool:
    """Whether the reader belongs to the council, rather than overseeing it."""
    return actor.holds(Permission.COUNCIL_SEE, in_council=meeting.council_id)
