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
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.planning import cancel_meeting
from samrad.meetings.actions.proposals import give_no
from samrad.meetings.models import AgendaItem, Correction, Meeting, Proposal
from samrad.meetings.models.meetings import written_on
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.meetings.rules.states import OPEN_PROPOSALS

COMING = (MeetingState.PLANNED, MeetingState.CALLED)


def open_ends(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    """What was written and is not approved stops it; meetings to come are cancelled with it.

    What was only prepared for a meeting to come goes with the meeting. A council that rests can
    still write of its last meeting, correct its minutes and answer what was proposed; one that
    ends cannot: proposals that wait are declined with the reason.
    """
    at = now()
    page = reverse("meetings:council", args=[council.ref])
    for held, at_the_end in (
        (_not_approved(council, at), False),
        (_not_written(council, at), True),
    ):
        number = held.count()
        if number:
            text = ngettext(
                "Minutes of %(n)s meeting are not approved. Finish them first.",
                "Minutes of %(n)s meetings are not approved. Finish them first.",
                number,
            )
            yield OpenEnd(text % {"n": number}, page, stops=True, only_when_it_ends=at_the_end)
    yield from _corrections(council, page)
    yield from _proposals(council)
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
    """Those that are written of, without minutes that count."""
    written = [MinutesState.DRAFT, MinutesState.CIRCULATED]
    held = Meeting.objects.filter(council=council, minutes__state__in=written)
    return held.exclude(state=MeetingState.CANCELLED).exclude(pk__in=_ahead(council, at))


def _not_written(council: Council, at: datetime) -> QuerySet[Meeting]:
    """Those that were called and have been, of which nobody has written."""
    return Meeting.objects.filter(
        council=council, minutes=None, state=MeetingState.CALLED, ends_at__lt=at
    )


def _corrections(council: Council, page: str) -> Iterable[OpenEnd]:
    number = Correction.objects.open().filter(minutes__meeting__council=council).count()
    if number:
        text = ngettext(
            "%(n)s correction of approved minutes is under way. Finish it or give it up first.",
            "%(n)s corrections of approved minutes are under way. Finish or give them up first.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page, stops=True, only_when_it_ends=True)


def _proposals(council: Council) -> Iterable[OpenEnd]:
    number = _waiting(council).count()
    if number:
        text = ngettext(
            "%(n)s proposal waits for an answer, and is declined with your reason.",
            "%(n)s proposals wait for an answer, and are declined with your reason.",
            number,
        )
        page = reverse("meetings:proposals", args=[council.ref])
        yield OpenEnd(text % {"n": number}, page, only_when_it_ends=True)


def _waiting(council: Council) -> QuerySet[Proposal]:
    return Proposal.objects.filter(council=council, state__in=OPEN_PROPOSALS).order_by("pk")


def cancel_what_is_ahead(
    council: Council, *, ends: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Every meeting to come is off; when the council ends, what was proposed has its answer.

    The reason is that answer, so whoever may end the council gives it.
    """
    for meeting in _ahead(council, at):
        cancel_meeting(meeting=meeting, reason=reason, by=by, at=at)
    if not ends:
        return
    for _turn in range(2):  # what had joined one of them waits again, and has the second one
        for proposal in _waiting(council):
            give_no(locked(proposal, "council", "proposed_by"), reason, by=by, at=at)


def _ahead(council: Council, at: datetime) -> QuerySet[Meeting]:
    written = written_on(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    only_prepared = Q(minutes__state=MinutesState.DRAFT, starts_at__gt=at) & ~Exists(written)
    return Meeting.objects.filter(
        Q(minutes=None) | only_prepared, council=council, state__in=COMING, ends_at__gte=at
    ).order_by("starts_at")
