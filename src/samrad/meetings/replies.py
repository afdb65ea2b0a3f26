"""An answer that a calendar sends by mail, taken in for exactly the person it was asked of.

Three things must agree: the meeting, the token that only this person was sent, and the address the
invitation went to. Somebody it was passed on to answers for nobody.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.answers import answer_invitation
from samrad.meetings.models import Called
from samrad.meetings.models.called import CALLED_TAG
from samrad.meetings.queries.answering import who_answers
from samrad.meetings.rules.invitations import Reply, Way
from samrad.post.api import Incoming, Outcome, Receipt, tags_in

NO_ANSWER = Receipt(
    Outcome.NOT_UNDERSTOOD,
    _("The calendar in this mail is not an answer to an invitation: yes, no or maybe."),
)
UNKNOWN = Receipt(
    Outcome.UNKNOWN,
    _(
        "This answers no invitation that was sent to this address. Answer with the link in the "
        "mail that called you, or sign in."
    ),
)
TAKEN_IN = Receipt(Outcome.TAKEN_IN, _("The answer is noted."))


def read_reply(mail: Incoming, at: datetime) -> Receipt | None:
    """Take in the answer that a mail brings; None when it brings no calendar."""
    if not mail.calendars:
        return None
    from samrad.meetings.rules.calendars import reply_in  # noqa: PLC0415 - heavy, and seldom

    replies = {reply_in(text) for text in mail.calendars}
    reply = replies.pop()
    if reply is None or replies:
        return NO_ANSWER
    called = _called(reply, mail)
    if called is None:
        return UNKNOWN
    meeting = called.meeting
    actor = who_answers(called, day_of(at, meeting.council.zone))
    try:
        answer_invitation(
            meeting=meeting, answer=reply.answer, by=actor, at=at, way=Way.MAIL, reply=reply
        )
    except Refused as refusal:
        return Receipt(Outcome.STALE, refusal.reason)
    return TAKEN_IN


def _called(reply: Reply, mail: Incoming) -> Called | None:
    """The one person that meeting, token and address agree on, or nobody."""
    prefix = f"{CALLED_TAG}."
    tags = [*mail.tags, *tags_in(reply.organiser_address)]
    tokens = {tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)}
    tokens |= {reply.token} if reply.token else set()
    rows = Called.objects.select_related("person", "message", "meeting__council")
    found = list(rows.filter(token__in=tokens))
    if len(found) != 1 or found[0].meeting.ref != reply.ref:
        return None
    return found[0] if reply.attendee_address in _addresses(found[0]) else None


def _addresses(called: Called) -> set[str]:
    """Where the invitation went, and where it would go now."""
    sent_to = called.message.address if called.message else ""
    return {address.lower() for address in (called.person.email, sent_to) if address}
