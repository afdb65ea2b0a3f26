"""Invitations on somebody's home page: one's own to answer, and those that did not arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention, Part, Row
from samrad.kernel.clock import now
from samrad.meetings.models import Called
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.invitations import Answer
from samrad.meetings.waiting import meeting_of
from samrad.people.models import Person
from samrad.post.api import NOT_HAD
from samrad.ui.formats import day as in_words

ENOUGH = 20
MINE, LOST = "mine", "lost"


def invitations(actor: Actor, on: date) -> Iterable[Part]:
    """Meetings I have not answered for, and invitations I sent that never arrived."""
    seen = actor.councils_where(Permission.COUNCIL_SEE)
    if not seen:
        return
    ahead = Q(meeting__minutes=None) | Q(meeting__starts_at__gt=now())
    mine = Q(person=actor.person_id, meeting__council__in=seen) & ahead
    lost = Q(
        message__state__in=NOT_HAD,
        person__left_date=None,
        meeting__council__in=actor.councils_where(Permission.AGENDA_SEND),
    )
    waiting = Called.objects.filter(
        mine | lost,
        answer=Answer.NONE,
        meeting__state=MeetingState.CALLED,
        meeting__ends_at__gt=now(),
    )
    withheld = When(person__name_withheld=True, then=Value(""))
    yield Part(
        waiting,
        {
            "what": Case(withheld, default=F("person__name")),
            "ref": F("meeting__ref"),
            "moment": F("meeting__starts_at"),
            "where": F("meeting__council__name"),
            "country": F("meeting__council__country"),
            "stage": Case(When(person=actor.person_id, then=Value(MINE)), default=Value(LOST)),
        },
        told=_told,
    )


def _told(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        if row.stage == MINE:
            title, verb = _("Do you come on %(day)s?"), _("Answer")
            yield _attention(row, title, verb, "info", at="answer")
        else:
            title = _("The invitation to %(name)s for %(day)s did not arrive")
            yield _attention(row, title, _("See what to do"), "danger", at="answers")


def _attention(row: Row, title: str, verb: str, tone: str, *, at: str) -> Attention:
    meeting = meeting_of(row)
    name = Person(name=row.what, name_withheld=not row.what).label
    return Attention(
        title=title % {"day": in_words(meeting.starts_at, meeting.council.zone), "name": name},
        url=f"{meeting.get_absolute_url()}#{at}",
        verb=verb,
        where=row.where,
        tone=tone,
    )
