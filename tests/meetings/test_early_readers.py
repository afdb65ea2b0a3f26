"""Minutes that wait for approval, and what was decided in them, are read by the same people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.cooperation.models import Seat
from samrad.documents.rules import Classification
from samrad.followup.api import give_task
from samrad.followup.models import Decision, Task
from samrad.followup.reminders import remind
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Minutes
from samrad.meetings.queries.minutes import slots_of
from samrad.meetings.rules.minutes import MEMBER
from samrad.people.models import Appointment
from samrad.post.api import Message
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import item_on, planned_in, sent_out

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def out(council, by, responsible):
    """Minutes that wait for approval, with an open decision and a task under it."""
    meeting = planned_in(council, by, starts_at=NOON + timedelta(days=5))
    item = item_on(meeting, by, "Trafik", classification=Classification.OPEN)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    decision = api.record_decision(item=item, text="KANARI-BESLUTNING", by=by, at=NOON)
    task = give_task(
        council=council, title="Optæl cyklerne", person=responsible.person, decision=decision,
        deadline_date=TODAY + timedelta(days=7), by=by, at=NOON,
    )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    minutes.refresh_from_db()
    return minutes, decision, task


def approve(minutes, who):
    api.approve_minutes(minutes=minutes, by=who.actor, at=NOON)


def vacate(who):
    Appointment.objects.filter(person=who.person).update(to_date=YESTERDAY)


def sees(who, thing):
    return type(thing).objects.visible_to(who.actor).filter(pk=thing.pk).exists()


def test_a_danish_member_reads_what_was_decided_when_the_minutes_may_be_read(cast, client):
    dk = cast.dk
    minutes, decision, task = out(dk.lokalraad, dk.coordinator.actor, dk.station_chief)
    member = signed_in(client, dk.sector_head)
    pages = [
        reverse("meetings:read", args=[minutes.meeting.ref]),
        decision.get_absolute_url(),
        task.get_absolute_url(),
    ]

    assert [member.get(page).status_code for page in pages] == [404] * 3
    assert "KANARI" not in member.get(dk.lokalraad.get_absolute_url()).text
    approve(minutes, dk.station_chief)

    assert [member.get(page).status_code for page in pages] == [200] * 3
    assert "KANARI" in member.get(dk.lokalraad.get_absolute_url()).text


def test_whoever_has_a_task_reads_it_and_is_reminded_before_the_minutes_are_read(cast, client):
    dk = cast.dk
    _minutes, decision, task = out(dk.lokalraad, dk.coordinator.actor, dk.sector_head)
    Message.objects.all().delete()

    page = signed_in(client, dk.sector_head).get(task.get_absolute_url())
    remind(on=TODAY)

    assert page.status_code == 200
    assert "Optæl cyklerne" in page.text
    assert "KANARI" not in page.text
    assert not sees(dk.sector_head, decision)
    assert [message.person for message in Message.objects.all()] == [dk.sector_head.person]


def test_a_norwegian_member_reads_at_once_and_a_guest_what_binds(cast):
    minutes, decision, task = out(cast.council, cast.secretary.actor, cast.chair)

    def readers():
        asked = (cast.police_member, cast.guest)
        return [[sees(who, thing) for thing in (minutes, decision, task)] for who in asked]

    assert readers() == [[True, True, True], [False, False, False]]
    approve(minutes, cast.chair)

    assert sees(cast.guest, decision)


def test_a_member_who_comes_to_approve_can_open_what_they_approve(cast, client):
    dk = cast.dk
    minutes, decision, _task = out(dk.lokalraad, dk.coordinator.actor, dk.sector_head)
    url = reverse("meetings:approve", args=[minutes.meeting.ref])
    member = signed_in(client, dk.sector_head)
    assert url not in member.get("/").text

    vacate(dk.station_chief)

    assert url in member.get("/").text
    assert "KANARI" in member.get(url).text
    assert sees(dk.sector_head, decision)
    approve(minutes, dk.sector_head)


# What can happen to those who approve while the minutes are out.
HAPPENINGS = {
    "nothing": lambda dk, minutes: None,
    "the vice-chair leaves": lambda dk, minutes: vacate(dk.mayor),
    "the chair leaves": lambda dk, minutes: vacate(dk.police_director),
    "the chair approves": lambda dk, minutes: approve(minutes, dk.police_director),
    "the chair approves and the vice-chair leaves": lambda dk, minutes: (
        approve(minutes, dk.police_director),
        vacate(dk.mayor),
    ),
    "the chair becomes vice-chair too and approves": lambda dk, minutes: (
        Appointment.objects.filter(person=dk.mayor.person).update(person=dk.police_director.person),
        approve(minutes, dk.police_director),
    ),
    "the vice-chair's seat goes": lambda dk, minutes: dk.kredsraad.seats.filter(
        function="vice_chair"
    ).update(to_date=YESTERDAY),
    "both seats go": lambda dk, minutes: dk.kredsraad.seats.filter(
        function__in=["chair", "vice_chair"]
    ).update(to_date=YESTERDAY),
    "the chair counts as the writer": lambda dk, minutes: Minutes.objects.update(
        written_by=dk.police_director.person
    ),
}


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_members_read_early_exactly_when_one_of_them_has_to_step_in(cast, happening):
    dk = cast.dk
    Seat.objects.create(
        council=dk.kredsraad, organisation=dk.kommune, role="sector_head", function="member",
        side="municipality", order=9,
    )  # fmt: skip
    minutes, decision, task = out(dk.kredsraad, dk.secretary.actor, dk.secretary)

    HAPPENINGS[happening](dk, minutes)

    minutes = Minutes.objects.get(pk=minutes.pk)
    steps_in = MEMBER in {slot.function for slot in slots_of(minutes, TODAY)}
    assert [sees(dk.sector_head, one) for one in (minutes, decision, task)] == [steps_in] * 3
    assert (Decision.objects.count(), Task.objects.count()) == (1, 1)
