"""Those who are called answer: on the page, by a link in a mail, or from their calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise_line
from samrad.kernel.verdict import Refused, refuse
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.calling import rows_for
from samrad.meetings.actions.locking import locked, person_of
from samrad.meetings.models import Called, Meeting
from samrad.meetings.permissions import may_answer_invitation, may_call_again
from samrad.meetings.queries.recipients import (
    called_to,
    items_to_send,
    papers_to_send,
    recipient_among,
    snapshot_of,
)
from samrad.meetings.rules.invitations import Answer, Reply, Way
from samrad.people.models import Person
from samrad.trail.api import record

CLOCKS_DIFFER = timedelta(minutes=5)
STALE = _("A newer answer has come already, or the meeting has been moved since.")


class NothingChosen(Refused):
    """Somebody who may answer has not said what."""


@transaction.atomic
def answer_invitation(
    *,
    meeting: Meeting,
    answer: Answer,
    by: Actor,
    at: datetime,
    way: Way = Way.PAGE,
    reply: Reply | None = None,
    stand_in: str | None = None,
) -> None:
    """Say whether one comes. The same answer again changes nothing and is not recorded twice.

    A `reply` that was written before what stands here, or about another time, is refused. With a
    no may stand who comes instead; None leaves what was said, another answer takes it back.
    """
    meeting = locked(meeting, "council")
    person = person_of(by)
    called_today = recipient_among(called_to(meeting, day_of(at, meeting.council.zone)), person)
    may_answer_invitation(by, meeting, is_called=called_today is not None, at=at).enforce()
    if answer == Answer.NONE:
        raise NothingChosen(_("Choose one of the answers."))
    called = rows_for(meeting, [person])[person.pk]
    if reply is not None:
        _enforce_fresh(reply, called)
        called.reply_written_at = min(reply.written_at, at)
    is_new = called.answer != answer
    names = _say_who_comes_instead(called, answer, stand_in)
    called.answer, called.way, called.answered_at = answer, way, at
    called.save(update_fields=["answer", "stand_in", "way", "answered_at", "reply_written_at"])
    if names:
        record(events.STAND_IN_NAMED, about=meeting, by=by, at=at)
    elif is_new:
        told = events.ANSWERED if way == Way.PAGE else events.ANSWERED_BY_MAIL
        record(told[answer], about=meeting, by=by, at=at)


def _say_who_comes_instead(called: Called, answer: Answer, stand_in: str | None) -> bool:
    """Whether somebody new was named."""
    before = called.stand_in
    if answer != Answer.DECLINED:
        called.stand_in = ""
    elif stand_in is not None:
        called.stand_in = normalise_line(stand_in)
    return bool(called.stand_in) and called.stand_in != before


def _enforce_fresh(reply: Reply, called: Called) -> None:
    meeting = called.meeting
    about_this = meeting.answers_from <= reply.sequence <= meeting.sequence
    last = called.reply_written_at
    given = called.answered_at if called.way != Way.MAIL else None
    overtaken = (last is not None and reply.written_at < last) or (
        given is not None and reply.written_at + CLOCKS_DIFFER < given
    )
    if overtaken or not about_this:
        raise Refused(STALE)


@transaction.atomic
def call_again(*, meeting: Meeting, person: Person, by: Actor, at: datetime) -> None:
    """The agenda once more to one of those called, as to somebody who has not had it."""
    meeting = locked(meeting, "council")
    may_call_again(by, meeting).enforce()
    recipient = recipient_among(called_to(meeting, day_of(at, meeting.council.zone)), person)
    if recipient is None:
        refuse(_("This person is not called to the meeting.")).enforce()
    elif not recipient.is_reached:
        refuse(_("There is no address to send to. Add one on the person's page first.")).enforce()
    else:
        items, papers = items_to_send(meeting), papers_to_send(meeting)
        said = snapshot_of(meeting, items, papers)
        letters.call_to_meeting(
            meeting, items, [recipient], papers=papers, before=None, now=said, at=at
        )
        record(events.CALLED_AGAIN, about=meeting, by=by, at=at, name=person.name)
