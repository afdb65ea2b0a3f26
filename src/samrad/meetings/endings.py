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
from samrad.meetings.models import AgendaItem, Meeting, Minutes
from samrad.meetings.models.meetings import written_on
from samrad.meetings.rules import MeetingState, MinutesState

COMING = (MeetingState.PLANNED, MeetingState.CALLED)


def open_ends(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    """Minutes that do not count yet stop the ending; meetings to come are cancelled with it.

    What was only prepared for a meeting to come goes with the meeting.
    """
    at = now()
    page = reverse("meetings:council", args=[council.ref])
    unfinished = (
        Minutes.objects.filter(meeting__council=council)
        .exclude(state=MinutesState.APPROVED)
        .exclude(meeting__state=MeetingState.CANCELLED)  # begun, and then there was no meeting
    )
    number = unfinished.exclude(meeting__in=_ahead(council, at)).count()
    if number:
        text = ngettext(
            "Minutes of %(n)s meeting are not approved. Finish them first.",
            "Minutes of %(n)s meetings are not approved. Finish them first.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page, stops=True)
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


def cancel_what_is_ahead(council: Council, *, reason: str, by: Actor, at: datetime) -> None:
    """Every meeting to come is off."""
    for meeting in _ahead(council, at):
        cancel_meeting(meeting=meeting, reason=reason, by=by, at=at)


def _ahead(council: Council, at: datetime) -> QuerySet[Meeting]:
    written = written_on(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    only_prepared = Q(minutes__state=MinutesState.DRAFT, starts_at__gt=at) & ~Exists(written)
    return Meeting.objects.filter(
        Q(minutes=None) | only_prepared, council=council, state__in=COMING, ends_at__gte=at
    ).order_by("starts_at")
