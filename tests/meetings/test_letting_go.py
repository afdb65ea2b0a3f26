"""Whoever is no longer called is told so once, and their calendar lets go of the meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from samrad.cooperation.models import Seat
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.actions.letting_go import let_go_everywhere
from samrad.meetings.models import Called, Meeting
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import NOON, TODAY
from tests.meetings.bricks import called, item_on, planned
from tests.meetings.calendars import INBOX, calendar_for, call_of, event_for
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inbox(settings: Any, cast: Any) -> Any:
    settings.MAIL_INBOX, settings.PUBLIC_URL = INBOX, "https://samrad.example.org"
    with held_at(NOON):
        Person.objects.update(language="en")
        yield


def seat_gone(cast: Any, role: str = "station_chief") -> None:
    """The seat was there until yesterday."""
    Seat.objects.filter(council=cast.council, role=role).update(to_date=TODAY - timedelta(days=1))


def subjects(who: Any) -> list[str]:
    return list(Message.objects.filter(person=who.person).values_list("subject", flat=True))


def test_who_lost_the_seat_is_told_and_the_calendar_forgets_the_meeting(
    cast: Any, mailbox: Mailbox
) -> None:
    meeting = called(cast)
    work_off()
    seat_gone(cast)

    assert let_go_everywhere(on=TODAY, at=NOON) == 1

    event = event_for(cast.station_chief)
    assert Calendar.from_ical(calendar_for(cast.station_chief))["method"] == "CANCEL"
    assert (event["uid"], event["sequence"]) == (str(meeting.ref), 1)
    assert event["status"] == "CANCELLED"
    mail = Message.objects.filter(person=cast.station_chief.person).latest("pk")
    assert mail.subject.startswith("You are no longer called: meeting of Politirådet i Ås on")
    assert "answer" not in mail.text, "there is nothing to answer"
    assert str(meeting.ref) not in mail.text, "and no page to read"
    assert not Meeting.objects.visible_to(cast.station_chief.actor).filter(pk=meeting.pk).exists()
    work_off()
    mail.refresh_from_db()
    assert mail.state == MessageState.SENT, "it goes though they see the meeting no more"
    assert event_codes_of(meeting)[-1] == "meeting.no_longer_called"


def test_it_is_told_once_and_nobody_else_hears_of_it(cast: Any) -> None:
    called(cast)
    seat_gone(cast)
    before = Message.objects.count()

    assert let_go_everywhere(on=TODAY, at=NOON) == 1
    assert let_go_everywhere(on=TODAY, at=NOON) == 0

    assert Message.objects.count() == before + 1
    assert not Called.objects.filter(person=cast.station_chief.person).exists()


def test_where_everybody_is_still_called_nothing_happens(cast: Any) -> None:
    called(cast)
    before = Message.objects.count()

    assert let_go_everywhere(on=TODAY, at=NOON) == 0
    assert Message.objects.count() == before
    assert Meeting.objects.get().sequence == 0


def test_a_meeting_that_has_been_stays_in_the_calendar(cast: Any) -> None:
    meeting = called(cast)
    seat_gone(cast)

    assert let_go_everywhere(on=TODAY, at=meeting.starts_at + timedelta(hours=1)) == 0


def guest_asked(cast: Any) -> tuple[Meeting, int]:
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by)
    seat = cast.council.seats.get(function="guest").pk
    api.choose_guests(meeting=meeting, seat_ids=[seat], by=by, at=NOON)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    return meeting, seat


def test_a_guest_who_is_not_to_come_after_all_is_told_at_once_and_can_be_asked_again(
    cast: Any,
) -> None:
    meeting, seat = guest_asked(cast)
    by, first = cast.secretary.actor, call_of(meeting, cast.guest).token

    api.choose_guests(meeting=meeting, seat_ids=[], by=by, at=NOON)
    assert event_for(cast.guest)["status"] == "CANCELLED"
    cancelled = int(event_for(cast.guest)["sequence"])

    meeting.refresh_from_db()
    api.choose_guests(meeting=meeting, seat_ids=[seat], by=by, at=NOON)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    assert event_for(cast.guest)["status"] == "CONFIRMED"
    assert int(event_for(cast.guest)["sequence"]) >= cancelled
    assert call_of(meeting, cast.guest).token != first, "an old answer answers nothing"


def test_a_move_or_a_cancellation_tells_nothing_new_to_who_has_gone(cast: Any) -> None:
    meeting, by = called(cast), cast.secretary.actor
    seat_gone(cast)
    start = meeting.starts_at + timedelta(days=1)

    api.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place="Et nytt sted",
        by=by, at=NOON,
    )  # fmt: skip

    gone = event_for(cast.station_chief)
    assert (gone["status"], gone["location"]) == ("CANCELLED", "Rådhuset")
    assert gone.decoded("dtstart") == meeting.starts_at
    assert event_for(cast.chair)["location"] == "Et nytt sted"
    assert len(subjects(cast.station_chief)) == 2

    meeting.refresh_from_db()
    api.cancel_meeting(meeting=meeting, reason="Sykdom", by=by, at=NOON)
    assert len(subjects(cast.station_chief)) == 2


def test_the_answers_of_the_others_stand(cast: Any) -> None:
    meeting = called(cast)
    answered = call_of(meeting, cast.chair)
    Called.objects.filter(pk=answered.pk).update(answer="accepted")
    seat_gone(cast)
    let_go_everywhere(on=TODAY, at=NOON)

    answered.refresh_from_db()
    assert answered.answer == "accepted"
    assert Meeting.objects.get().answers_from == 0, "an answer to the invitation they have counts"


def test_without_an_address_nobody_is_written_to(cast: Any) -> None:
    called(cast)
    Person.objects.filter(pk=cast.station_chief.person.pk).update(email="")
    seat_gone(cast)
    before = Message.objects.count()

    assert let_go_everywhere(on=TODAY, at=NOON) == 1
    assert Message.objects.count() == before
