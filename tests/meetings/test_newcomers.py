"""Whoever has come to a seat after the agenda went out is called as the others were (D3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Called, Meeting
from samrad.meetings.tasks import let_go_of_those_gone
from samrad.people.models import Appointment, Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, Character, person, signed_in
from tests.meetings.bricks import called, item_on, planned, restricted_on
from tests.meetings.calendars import call_of, event_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with held_at(NOON):
        Person.objects.update(language="en")
        yield


def succeeds(cast: Cast, before: Character, role: str) -> Character:
    """Somebody else has the appointment from today on."""
    appointment = before.appointment
    assert appointment is not None
    Appointment.objects.filter(pk=appointment.pk).update(to_date=TODAY - timedelta(days=1))
    new = person(cast.no, f"new_{role}", "Nora Nyvalgt", appointment.organisation, role)
    assert new.appointment is not None
    Appointment.objects.filter(pk=new.appointment.pk).update(from_date=TODAY)
    Person.objects.filter(pk=new.person.pk).update(language="en")
    return new


def mails(who: Character) -> list[Message]:
    return list(Message.objects.filter(person=who.person).order_by("pk"))


def test_the_new_mayor_is_called_and_the_old_one_is_let_go(cast: Cast, client: Any) -> None:
    meeting = called(cast)
    mayor = succeeds(cast, cast.chair, "mayor")

    let_go_of_those_gone()

    (mail,) = mails(mayor)
    assert mail.template == "meetings/mail/agenda"
    assert event_for(mayor)["status"] == "CONFIRMED"
    assert event_for(cast.chair)["status"] == "CANCELLED"
    assert event_codes_of(meeting)[-2:] == ["meeting.no_longer_called", "meeting.newly_called"]
    home = signed_in(client, mayor).get("/").text
    assert "Do you come on" in home


def test_it_is_done_once_and_the_others_hear_nothing(cast: Cast) -> None:
    called(cast)
    mayor = succeeds(cast, cast.chair, "mayor")
    before = Message.objects.exclude(person=cast.chair.person).count()

    let_go_of_those_gone()
    let_go_of_those_gone()

    assert len(mails(mayor)) == 1
    assert Message.objects.exclude(person=cast.chair.person).count() == before + 1


def test_what_is_not_for_the_newcomer_is_not_in_the_mail(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "Nattlivet", classification=Classification.OPEN)
    restricted_on(meeting, by, "KANARI", cast.council.seats.get(role="station_chief"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    who = succeeds(cast, cast.police_member, "police_contact")

    let_go_of_those_gone()

    (mail,) = mails(who)
    assert "Nattlivet" in mail.text
    assert "KANARI" not in mail.text


@pytest.mark.parametrize("state", ["planned", "cancelled", "has been"])
def test_nobody_is_called_to_a_meeting_that_calls_nobody(cast: Cast, state: str) -> None:
    meeting = planned(cast) if state == "planned" else called(cast)
    if state == "cancelled":
        api.cancel_meeting(meeting=meeting, reason="Uvær", by=cast.secretary.actor, at=NOON)
    if state == "has been":
        Meeting.objects.update(starts_at=NOON - timedelta(hours=3), ends_at=NOON)
    mayor = succeeds(cast, cast.chair, "mayor")

    let_go_of_those_gone()

    assert not mails(mayor)


def test_a_guest_who_is_chosen_and_not_called_yet_is_left_to_the_secretary(cast: Cast) -> None:
    meeting = called(cast)
    meeting.guests.set(cast.council.seats.filter(function="guest"))

    let_go_of_those_gone()

    assert not mails(cast.guest)


def test_a_newcomer_without_an_address_is_among_those_called(cast: Cast) -> None:
    meeting = called(cast)
    mayor = succeeds(cast, cast.chair, "mayor")
    Person.objects.filter(pk=mayor.person.pk).update(email="")

    let_go_of_those_gone()

    assert not mails(mayor)
    assert call_of(meeting, mayor).answer == "none"
    assert not Called.objects.filter(meeting=meeting, person=cast.chair.person).exists()
