"""Whether somebody may still have a mail about a meeting at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.kernel.clock import day_of, now
from samrad.meetings.models import Meeting, Minutes, Proposal
from samrad.meetings.queries.recipients import recipient_among, recipients_of
from samrad.meetings.rules import MeetingState
from samrad.people.models import Person
from samrad.post.api import Message


def sees_meeting(actor: Actor, ref: UUID) -> bool:
    """A removed seat gets no more agendas."""
    return Meeting.objects.visible_to(actor).filter(ref=ref).exists()


def will_sit_there(person: Person, ref: UUID) -> bool:
    """Who has not come to the seat yet is called; of a meeting that has been, they hear nothing."""
    meeting = Meeting.objects.select_related("council").filter(ref=ref).first()
    if meeting is None or meeting.starts_at <= now():
        return False
    then = recipients_of(meeting, day_of(meeting.starts_at, meeting.council.zone))
    return recipient_among(then, person) is not None


def is_still_ahead(message: Message, ref: UUID) -> bool:
    """A changed agenda is of no use once the meeting is called off or over."""
    if not message.template.endswith("agenda_again"):
        return True
    meetings = Meeting.objects.exclude(state=MeetingState.CANCELLED)
    return meetings.filter(ref=ref, ends_at__gt=now()).exists()


def sees_minutes(actor: Actor, ref: UUID) -> bool:
    """Minutes called back are no longer announced to those who do not see drafts."""
    return Minutes.objects.visible_to(actor).filter(ref=ref).exists()


def sees_proposal(actor: Actor, ref: UUID) -> bool:
    """Whoever proposed it, and who reads it by seat."""
    return Proposal.objects.visible_to(actor).filter(ref=ref).exists()
