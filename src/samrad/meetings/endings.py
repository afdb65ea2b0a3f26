"""What becomes of a council's meetings when the council rests or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.kernel.clock import now
from samrad.meetings.actions.planning import cancel_meeting
from samrad.meetings.actions.proposals import decline_proposal
from samrad.meetings.models import AgendaItem, Correction, Meeting, Proposal
from samrad.meetings.models.meetings import written_on
from samrad.meetings.permissions import may_answer_proposals
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.meetings.rules.states import OPEN_PROPOSALS

COMING = (MeetingState.PLANNED, MeetingState.CALLED)


def open_ends(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    """What was held and is not approved stops the ending; meetings to come are cancelled with it.

    What was only prepared for a meeting to come goes with the meeting. Proposals that wait are
    declined with the reason: nobody answers them any more.
    """
    at = now()
    page = reverse("meetings:council", args=[council.ref])
    number = _not_approved(council, at).count()
    if number:
        text = ngettext(
            "Minutes of %(n)s meeting are not approved. Finish them first.",
            "Minutes of %(n)s meetings are not approved. Finish them first.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page, stops=True)
    yield from _corrections(council, page)
    yield from _proposals(council, actor)
    ahead = _ahead(council, at).count()
    if ahead and (actor.is_system or actor.holds(Permission.MEETING_PLAN, in_council=council.pk)):
        text = ngettext(
            "%(n)s meeting to come is cancelled, with your reason to those who were called.",
            "%(n)s meetings to come are cancelled, with your reason to those who were called.",
            ahead,
        )
        yield OpenEnd(text % {"n": ahead}, page)
    elif ahead:
        text = ngettext(
            "%(n)s meeting is planned. The council's secretary or chair cancels it first.",
            "%(n)s meetings are planned. The council's secretary or chair cancels them first.",
            ahead,
        )
        yield OpenEnd(text % {"n": ahead}, page, stops=True)


def _not_approved(council: Council, at: datetime) -> QuerySet[Meeting]:
    """Those that have been, or are written of, without minutes that count."""
    written = Q(minutes__state__in=[MinutesState.DRAFT, MinutesState.CIRCULATED])
    over = Q(minutes=None, state=MeetingState.CALLED, ends_at__lt=at)
    held = Meeting.objects.filter(written | over, council=council)
    return held.exclude(state=MeetingState.CANCELLED).exclude(pk__in=_ahead(council, at))


def _corrections(council: Council, page: str) -> Iterable[OpenEnd]:
    number = Correction.objects.open().filter(minutes__meeting__council=council).count()
    if number:
        text = ngettext(
            "%(n)s correction of approved minutes is under way. Finish it or give it up first.",
            "%(n)s corrections of approved minutes are under way. Finish or give them up first.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page, stops=True)


def _proposals(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    number = _waiting(council).count()
    if not number:
        return
    page = reverse("meetings:proposals", args=[council.ref])
    if actor.is_system or may_answer_proposals(actor, council):
        text = ngettext(
            "%(n)s proposal waits for an answer, and is declined with your reason.",
            "%(n)s proposals wait for an answer, and are declined with your reason.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page)
        return
    text = ngettext(
        "%(n)s proposal waits for an answer. The council's secretary or chair answers it first.",
        "%(n)s proposals wait for an answer. The council's secretary or chair answers them first.",
        number,
    )
    yield OpenEnd(text % {"n": number}, page, stops=True)


def _waiting(council: Council) -> QuerySet[Proposal]:
    return Proposal.objects.filter(council=council, state__in=OPEN_PROPOSALS).order_by("pk")


def cancel_what_is_ahead(council: Council, *, reason: str, by: Actor, at: datetime) -> None:
    """Every meeting to come is off, and what was proposed has its answer."""
    for meeting in _ahead(council, at):
        cancel_meeting(meeting=meeting, reason=reason, by=by, at=at)
    for proposal in _waiting(council):
        decline_proposal(proposal=proposal, answer=reason, by=by, at=at)
    for proposal in _waiting(council):  # what had joined one of them waits again, and had its turn
        decline_proposal(proposal=proposal, answer=reason, by=by, at=at)


def _ahead(council: Council, at: datetime) -> QuerySet[Meeting]:
    written = written_on(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    only_prepared = Q(minutes__state=MinutesState.DRAFT, starts_at__gt=at) & ~Exists(written)
    return Meeting.objects.filter(
        Q(minutes=None) | only_prepared, council=council, state__in=COMING, ends_at__gte=at
    ).order_by("starts_at")
