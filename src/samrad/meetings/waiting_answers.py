"""Invitations on somebody's home page: one's own to answer, and those that did not arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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


def to_answer(actor: Actor, on: date) -> Iterable[Attention]:
    """Meetings I am called to and have not answered."""
    mine = Called.objects.filter(
        person=actor.person_id,
        answer=Answer.NONE,
        meeting__council__in=actor.councils_where(Permission.COUNCIL_SEE),
        meeting__state=MeetingState.CALLED,
        meeting__minutes=None,
        meeting__ends_at__gt=now(),
    )
    rows = mine.select_related("meeting__council", "person").order_by("meeting__starts_at")
    for called in rows[:ENOUGH]:
        yield _attention(called, _("Do you come on %(day)s?"), _("Answer"), "info", at="answer")


def not_arrived(actor: Actor, on: date) -> Iterable[Attention]:
    """Invitations I answer for that came back or were never delivered."""
    lost = Called.objects.filter(
        message__state__in=NOT_ARRIVED,
        answer=Answer.NONE,
        person__left_date=None,
        meeting__council__in=actor.councils_where(Permission.AGENDA_SEND),
        meeting__state=MeetingState.CALLED,
        meeting__ends_at__gt=now(),
    )
    rows = lost.select_related("meeting__council", "person").order_by("meeting__starts_at", "pk")
    for called in rows[:ENOUGH]:
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
