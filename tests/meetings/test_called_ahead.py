"""Who is called: also who will sit there when the council meets, and who came before it moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.actions.sending import choose_guests
from samrad.meetings.models import Called, Meeting
from samrad.meetings.rules.invitations import Answer
from samrad.meetings.tasks import let_go_of_those_gone
from samrad.people.models import Appointment, Person
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import NOON, TODAY, Cast, Character, person, signed_in
from tests.meetings.bricks import IN_THREE_WEEKS, called, item_on, planned, restricted_on
from tests.meetings.test_newcomers import mails, succeeds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        Person.objects.update(language="en")
        yield


def from_next_week(cast: Cast, before: Character, role: str) -> Character:
    """Somebody else has the appointment from a week ahead on; both are in the register today."""
    appointment = before.appointment
    assert appointment is not None
    last = TODAY + timedelta(days=6)
    Appointment.objects.filter(pk=appointment.pk).update(to_date=last)
    new = person(cast.no, f"next_{role}", "Nora Nyvalgt", appointment.organisation, role)
    assert new.appointment is not None
    Appointment.objects.filter(pk=new.appointment.pk).update(from_date=last + timedelta(days=1))
    Person.objects.filter(pk=new.person.pk).update(language="en")
    return new


def move(cast: Cast, meeting: Meeting) -> None:
    starts = IN_THREE_WEEKS + timedelta(days=1)
    api.move_meeting(
        meeting=meeting, starts_at=starts, ends_at=starts + timedelta(hours=2), place="Rådhuset",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def test_whoever_sits_there_on_the_day_of_the_meeting_is_called_when_the_agenda_goes_out(
    cast: Cast, client: Any
) -> None:
    mayor = from_next_week(cast, cast.chair, "mayor")
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)
    restricted_on(meeting, cast.secretary.actor, "KANARI", cast.council.seats.get(role="mayor"))
    page = signed_in(client, cast.secretary).get(reverse("meetings:send", args=[meeting.ref]))
    shown = page.content.decode()
    assert "Will have left before the meeting" in shown
    assert "Nora Nyvalgt" in shown

    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)

    (mail,) = mails(mayor)
    assert mail.template == "meetings/mail/agenda"
    assert "KANARI" not in mail.text
    assert "from the day you take your seat" in mail.text
    assert len(mails(cast.chair)) == 1
    let_go_of_those_gone()
    assert Called.objects.filter(meeting=meeting, person=mayor.person).exists()
    assert len(mails(mayor)) == 1
    row = Called.objects.get(meeting=meeting, person=mayor.person)
    assert client.post(answer_path(row, Answer.ACCEPTED)).status_code == 302
    row.refresh_from_db()
    assert row.answer == Answer.ACCEPTED
    page = signed_in(client, cast.secretary).get(meeting.get_absolute_url()).content.decode()
    assert "Nora Nyvalgt" in page


def test_what_calls_somebody_ahead_is_not_withheld(cast: Cast, mailbox: Any) -> None:
    mayor = from_next_week(cast, cast.chair, "mayor")
    called(cast)

    work_off()

    assert [mail.state for mail in mails(mayor)] == ["sent"]


def test_an_appointment_recorded_later_is_called_the_next_morning_ahead_of_its_day(
    cast: Cast,
) -> None:
    meeting = called(cast)
    mayor = from_next_week(cast, cast.chair, "mayor")

    let_go_of_those_gone()

    assert [mail.template for mail in mails(mayor)] == ["meetings/mail/agenda"]
    assert event_codes_of(meeting)[-1] == "meeting.newly_called"


def test_a_guest_whose_call_came_back_is_called_when_the_meeting_moves(cast: Cast) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)
    seat = cast.council.seats.get(function="guest")
    choose_guests(meeting=meeting, seat_ids=[seat.pk], by=cast.secretary.actor, at=NOON)
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    Message.objects.filter(person=cast.guest.person).update(state=MessageState.FAILED)
    meeting.refresh_from_db()

    move(cast, meeting)

    assert [mail.template for mail in mails(cast.guest)] == ["meetings/mail/agenda"] * 2
    assert event_codes_of(meeting).count("meeting.newly_called") == 0


def test_who_came_this_morning_to_a_meeting_that_moves_gets_the_call_and_the_agenda(
    cast: Cast,
) -> None:
    meeting = called(cast)
    mayor = succeeds(cast, cast.chair, "mayor")

    move(cast, meeting)
    let_go_of_those_gone()

    assert [mail.template for mail in mails(mayor)] == ["meetings/mail/agenda"]
    assert [mail.template for mail in mails(cast.director)][-1] == "meetings/mail/moved"
    assert "meeting.newly_called" in event_codes_of(meeting)
    assert not Message.objects.filter(person=mayor.person, template__endswith="moved").exists()
