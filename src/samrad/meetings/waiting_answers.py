"""Invitations on somebody's home page: one's own to answer, and those that did not arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention
from samrad.kernel.clock import now
from samrad.meetings.models import Called
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.invitations import Answer
from samrad.post.api import NOT_ARRIVED
from samrad.ui.formats import day as in_words

ENOUGH = 20


def invitations(actor: Actor, on: date) -> Iterable[Attention]:
    """Meetings I have not answered for, and invitations I sent that never arrived: one query."""
    seen = actor.councils_where(Permission.COUNCIL_SEE)
    if not seen:
        return
    mine = Q(person=actor.person_id, meeting__council__in=seen, meeting__minutes=None)
    lost = Q(
        message__state__in=NOT_ARRIVED,
        person__left_date=None,
        meeting__council__in=actor.councils_where(Permission.AGENDA_SEND),
    )
    waiting = Called.objects.filter(
        mine | lost,
        answer=Answer.NONE,
        meeting__state=MeetingState.CALLED,
        meeting__ends_at__gt=now(),
    )
    rows = waiting.select_related("meeting__council", "person").order_by("meeting__starts_at", "pk")
    for called in rows[:ENOUGH]:
        if called.person_id == actor.person_id:
            title, verb = _("Do you come on %(day)s?"), _("Answer")
            yield _attention(called, title, verb, "info", at="answer")
        else:
            title = _("The invitation to %(name)s for %(day)s did not arrive")
            yield _attention(called, title, _("See what to do"), "danger", at="answers")


def _attention(called: Called, title: str, verb: str, tone: str, *, at: str) -> Attention:
    meeting = called.meeting
    day = in_words(meeting.starts_at, meeting.council.zone)
    return Attention(
        title=title % {"day": day, "name": called.person.label},
        url=f"{meeting.get_absolute_url()}#{at}",
        verb=verb,
        where=meeting.council.name,
        tone=tone,
    )
