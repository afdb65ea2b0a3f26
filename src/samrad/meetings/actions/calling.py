"""What a mail that calls somebody carries: the invitation for the calendar, and links to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.meetings.models import Called, Meeting
from samrad.meetings.rules.invitations import Answer, Invitation, Method
from samrad.people.models import Person
from samrad.post.api import (
    NOT_HAD,
    Attachment,
    MessageState,
    Purpose,
    absolute_url,
    sender_address,
    tagged,
)

ANSWERING = Purpose("answer-invitation", lasts=timedelta(days=400))
ANSWERS = (Answer.ACCEPTED, Answer.DECLINED, Answer.TENTATIVE)


def rows_for(meeting: Meeting, persons: Iterable[Person]) -> dict[int, Called]:
    """The row of each person by their key, made where it is missing: two queries, or three."""
    wanted = {person.pk: person for person in persons}
    known = set(meeting.called.values_list("person_id", flat=True))
    Called.objects.bulk_create(
        Called(meeting=meeting, person=person) for key, person in wanted.items() if key not in known
    )
    rows = {
        row.person_id: row
        for row in meeting.called.filter(person__in=wanted).select_related("message")
    }
    for key, row in rows.items():
        row.meeting, row.person = meeting, wanted[key]
    return rows


def has_had(called: Called) -> bool:
    """Whether the last mail that called this person went out and did not come back."""
    return called.message is not None and called.message.state == MessageState.SENT


def has_not_had(called: Called) -> bool:
    """Whether the mail that was to call this person failed, or came back."""
    return called.message is not None and called.message.state in NOT_HAD


def is_known(called: Called) -> bool:
    """The same, or such a mail is still on its way: what is sent now is not the first they hear."""
    return called.message is not None and called.message.state not in NOT_HAD


def enclosed(called: Called, method: Method, at: datetime) -> Attachment:
    """The invitation as a calendar takes it in, in the language that is active.

    It says which council meets, when and where; never what is on the agenda.
    """
    meeting, council = called.meeting, called.meeting.council
    address, url = tagged(called.tag), absolute_url(meeting.get_absolute_url())
    invitation = Invitation(
        ref=meeting.ref,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=council.zone,
        summary=_("%(council)s: meeting") % {"council": council.name},
        description=_("The agenda and the papers are here, for those who are called: %(url)s")
        % {"url": url},
        place=meeting.place,
        url=url,
        organiser=council.name,
        organiser_address=address or sender_address(),
        attendee=called.person.name,
        attendee_address=called.person.email,
        answer=Answer(called.answer),
        token=called.token,
        asks_by_mail=bool(address),
        written_at=at,
    )
    from samrad.meetings.rules.calendars import calendar_of  # noqa: PLC0415 - heavy, and seldom

    content = calendar_of(invitation, method)
    return Attachment("invitation.ics", content, f"text/calendar; method={method.value}")


def answer_links(called: Called) -> dict[str, str]:
    """A link for each answer, good for this person and this time of the meeting."""
    return {answer.value: absolute_url(answer_path(called, answer)) for answer in ANSWERS}


def answer_path(called: Called, answer: Answer) -> str:
    """The address of the page that gives one answer."""
    signed = ANSWERING.sign(called.token, answer.value, str(called.meeting.answers_from))
    return reverse("meetings:answer_by_link", args=[signed])
