"""The day a meeting was held, who was there, and whether it was a meeting at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from samrad.followup.models import Decision
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.sending import choose_guests
from samrad.meetings.cockpit import on_the_screen
from samrad.meetings.models import Meeting
from samrad.meetings.queries.planning import tally_of
from samrad.meetings.rules import Presence
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Appointment
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, person, signed_in
from tests.everywhere.forms_on_a_page import read
from tests.meetings.bricks import called, decide, item_on, planned, written
from tests.meetings.the_minutes_page import filled_in, page_of

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)
TWO_HOURS = timedelta(hours=2)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def set_to(meeting: Meeting, starts_at: datetime, by: Any, at: datetime = NOON) -> bool:
    return api.move_meeting(
        meeting=meeting, starts_at=starts_at, ends_at=starts_at + TWO_HOURS, place=meeting.place,
        by=by, at=at,
    )  # fmt: skip


def test_a_meeting_brought_forward_gets_its_true_day_and_its_minutes_go_out(cast: Cast) -> None:
    minutes = written(cast, starts_at=TOMORROW)
    meeting, by = minutes.meeting, cast.secretary.actor
    decide(cast, meeting.items.get())
    api.answer_invitation(meeting=meeting, answer=Answer.ACCEPTED, by=cast.chair.actor, at=NOON)
    mails = Message.objects.count()

    set_to(meeting, NOON - timedelta(hours=26), by)

    meeting.refresh_from_db()
    assert meeting.starts_at == NOON - timedelta(hours=26)
    assert Message.objects.count() == mails, "nobody is told of what they were at"
    assert meeting.called.get(person=cast.chair.person).answer == Answer.ACCEPTED
    assert Decision.objects.get().decided_date == TODAY - timedelta(days=1)
    assert event_codes_of(meeting)[-1] == "meeting.day_set"
    minutes.refresh_from_db()
    api.circulate_minutes(minutes=minutes, by=by, at=NOON)


def test_without_minutes_a_meeting_is_only_moved_to_a_day_to_come(cast: Cast) -> None:
    meeting = called(cast)
    with pytest.raises(Refused, match="begin its minutes"):
        set_to(meeting, NOON - timedelta(days=1), cast.secretary.actor)


def test_the_page_takes_the_day_it_was_held(cast: Cast, client: Any) -> None:
    """It was brought forward by three weeks, by telephone."""
    meeting = called(cast)
    url = reverse("meetings:move", args=[meeting.ref])
    begin = reverse("meetings:begin", args=[meeting.ref])
    assert begin in signed_in(client, cast.secretary).get(url).content.decode()
    client.post(begin)
    page = client.get(url).content.decode()
    assert begin not in page
    assert "says when the meeting was held" in page
    form = next(one for one in read(page).forms if "starts" in one.sent())

    answer = client.post(url, form.sent(day="2026-11-20", starts="10:00", ends="12:00"))

    assert answer.status_code == 302, answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.starts_at.date() == date(2026, 11, 20)


def test_who_was_there_is_who_had_the_seat_on_the_true_day(cast: Cast) -> None:
    meeting = written(cast, starts_at=TOMORROW).meeting
    appointment = cast.chair.appointment
    assert appointment is not None
    Appointment.objects.filter(pk=appointment.pk).update(from_date=TODAY - timedelta(days=30))
    before = person(cast.no, "before", "Nora Tidligere", appointment.organisation, "mayor")
    Appointment.objects.filter(pk=before.appointment.pk).update(  # type: ignore[union-attr]
        to_date=TODAY - timedelta(days=31)
    )

    set_to(meeting, NOON - timedelta(days=200), cast.secretary.actor)

    seat = cast.council.seats.get(role="mayor")
    assert meeting.attendance.get(seat=seat).person == before.person


def test_a_day_on_which_the_council_met_already_is_refused(cast: Cast) -> None:
    meeting = written(cast, starts_at=TOMORROW).meeting
    other = called(cast, starts_at=NOON + timedelta(days=9))
    Meeting.objects.filter(pk=other.pk).update(
        starts_at=NOON - timedelta(days=3), ends_at=NOON - timedelta(days=3) + TWO_HOURS
    )
    with pytest.raises(Refused, match="a meeting on this day"):
        set_to(meeting, NOON - timedelta(days=3, hours=2), cast.secretary.actor)


def test_everybody_present_leaves_out_who_said_that_they_would_not_come(
    cast: Cast, client: Any
) -> None:
    meeting = planned(cast, starts_at=TOMORROW)
    item_on(meeting, cast.secretary.actor)
    guest = cast.council.seats.get(function="guest")
    choose_guests(meeting=meeting, seat_ids=[guest.pk], by=cast.secretary.actor, at=NOON)
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    for who in (cast.director, cast.guest):
        api.answer_invitation(meeting=meeting, answer=Answer.DECLINED, by=who.actor, at=NOON)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    page = page_of(signed_in(client, cast.secretary), meeting)

    url = reverse("meetings:minutes", args=[meeting.ref])
    told = client.post(url, filled_in(page, everybody="1"), follow=True)

    assert "2 said beforehand that they would not come, and are noted as excused" in told.text
    noted = {one.person: one.presence for one in meeting.attendance.all()}
    assert noted[cast.director.person] == noted[cast.guest.person] == Presence.EXCUSED
    assert noted[cast.chair.person] == noted[cast.station_chief.person] == Presence.PRESENT


def test_a_planned_day_to_which_nobody_was_called_was_no_meeting(cast: Cast, client: Any) -> None:
    meeting = planned(cast, starts_at=TOMORROW)
    later = NOON + timedelta(days=3)
    tally = tally_of(cast.council, [meeting], 2026, later)
    assert tally is not None
    assert (tally.held, tally.ahead) == (0, 0)

    was_called = called(cast, starts_at=NOON + timedelta(days=2))
    tally = tally_of(cast.council, [was_called], 2026, NOON + timedelta(days=5))
    assert tally is not None
    assert (tally.held, tally.ahead) == (1, 0)
    with held_at(later):
        url = reverse("meetings:council", args=[cast.council.ref])
        page = signed_in(client, cast.secretary).get(f"{url}?year=2026").content.decode()
    assert "Nobody was called" in page


def test_minutes_read_in_can_be_of_another_day_and_say_no_day_of_sending(
    cast: Cast, client: Any
) -> None:
    from tests.meetings.test_minutes_read_in import taken_over

    taken_over(client, cast)
    read_in = Meeting.objects.get()
    assert "Agenda sent" not in client.get(read_in.get_absolute_url()).content.decode()

    held = datetime(2026, 3, 5, 9, tzinfo=ZoneInfo(cast.council.zone))
    set_to(read_in, held, cast.secretary.actor)  # the day was misread
    read_in.refresh_from_db()
    assert read_in.starts_at == held
    assert {one.decided_date for one in Decision.objects.all()} == {held.date()}

    sent = called(cast)
    assert "Agenda sent" in client.get(sent.get_absolute_url()).content.decode()


def test_an_agenda_is_in_time_on_the_whole_of_its_last_day(cast: Cast) -> None:
    zone = ZoneInfo(cast.council.zone)
    starts = datetime(2026, 12, 15, 9, tzinfo=zone)
    planned(cast, starts_at=starts)
    cast.council.notice_days = 14
    cast.council.save(update_fields=["notice_days"])

    def called_cell(at: datetime) -> str:
        return str(
            on_the_screen([cast.council], cast.secretary.actor, at)[cast.council.pk]["called"].text
        )

    assert called_cell(datetime(2026, 12, 1, 15, tzinfo=zone)) == "Soon"
    assert called_cell(datetime(2026, 12, 2, 8, tzinfo=zone)) == "Late"
