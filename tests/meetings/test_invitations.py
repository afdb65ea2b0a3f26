"""Who is called gets an invitation that a calendar takes in, and is told when it changes (D3)."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from tools.steps import node_folder

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Called
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.work.api import work_off
from tests.cast import NOON
from tests.meetings.bricks import called, item_on, planned, restricted_on
from tests.meetings.calendars import (
    INBOX,
    answer_of,
    calendar_for,
    call_of,
    enclosed_for,
    event_for,
)
from tests.support.components import ROOT
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inbox(settings: Any) -> Any:
    settings.MAIL_INBOX = INBOX
    settings.PUBLIC_URL = "https://samrad.example.org"
    with held_at(NOON):
        yield


def moved(cast: Any, meeting: Any, days: int = 1, place: str = "Rådhuset") -> None:
    start = meeting.starts_at + timedelta(days=days)
    api.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place=place,
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    meeting.refresh_from_db()


def test_the_agenda_brings_an_invitation_for_the_calendar(cast: Any) -> None:
    meeting = called(cast)

    calendar, event = Calendar.from_ical(calendar_for(cast.chair)), event_for(cast.chair)
    assert enclosed_for(cast.chair).content_type == "text/calendar; method=REQUEST"
    assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
    assert event["uid"] == str(meeting.ref)
    assert event["sequence"] == 0
    assert event["summary"] == "Politirådet i Ås: møte"
    assert event["location"] == "Rådhuset"
    assert event["status"] == "CONFIRMED"
    assert event["url"] == f"https://samrad.example.org{meeting.get_absolute_url()}"
    assert event.decoded("dtstart") == meeting.starts_at
    assert event["dtstart"].params["TZID"] == "Europe/Oslo"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]


def test_each_is_asked_alone_and_answers_to_an_address_of_their_own(cast: Any) -> None:
    meeting = called(cast)
    row = call_of(meeting, cast.chair)
    event = event_for(cast.chair)

    assert event["organizer"] == f"mailto:svar+c.{row.token}@samrad.example.org"
    assert event["organizer"].params["CN"] == "Politirådet i Ås"
    assert event["attendee"] == f"mailto:{cast.chair.person.email}"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    everybody = [calendar_for(who) for who in (cast.chair, cast.director, cast.secretary)]
    tokens = list(Called.objects.values_list("token", flat=True))
    assert all(sum(token in text for token in tokens) == 1 for text in everybody)


def test_without_a_mailbox_of_its_own_no_answer_by_mail_is_asked_for(
    cast: Any, settings: Any
) -> None:
    settings.MAIL_INBOX, settings.DEFAULT_FROM_EMAIL = "", "Samråd <samrad@example.org>"
    called(cast)

    event = event_for(cast.chair)
    assert event["organizer"] == "mailto:samrad@example.org"
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_nothing_of_the_agenda_travels_in_the_invitation(cast: Any) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "KANARI-APEN", classification=Classification.OPEN)
    item_on(meeting, by, "KANARI-INTERN", text="KANARI-TEKST")
    restricted_on(meeting, by, "KANARI-SKJERMET", cast.council.seats.get(role="station_chief"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    api.cancel_meeting(meeting=meeting, reason="KANARI-GRUNN", by=by, at=NOON)

    for message in Message.objects.all():
        assert b"KANARI" not in bytes(message.enclosures.get().content)


def test_an_agenda_sent_again_is_the_same_invitation(cast: Any) -> None:
    meeting = called(cast)
    item_on(meeting, cast.secretary.actor, "Havna")
    api.answer_invitation(meeting=meeting, answer=Answer.ACCEPTED, by=cast.chair.actor, at=NOON)

    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)

    event = event_for(cast.chair)
    assert (event["uid"], event["sequence"]) == (str(meeting.ref), 0)
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"


def test_another_time_is_an_update_and_everybody_is_asked_anew(cast: Any) -> None:
    meeting = called(cast)
    api.answer_invitation(meeting=meeting, answer=Answer.ACCEPTED, by=cast.chair.actor, at=NOON)
    before = calendar_for(cast.chair)

    moved(cast, meeting)

    event = event_for(cast.chair)
    assert str(event["uid"]) in before
    assert event["sequence"] == 1
    assert event.decoded("dtstart") == meeting.starts_at
    assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert answer_of(meeting, cast.chair) == Answer.NONE


def test_another_place_is_an_update_and_answers_stand(cast: Any) -> None:
    meeting = called(cast)
    api.answer_invitation(meeting=meeting, answer=Answer.ACCEPTED, by=cast.chair.actor, at=NOON)

    moved(cast, meeting, days=0, place="Teams")

    event = event_for(cast.chair)
    assert (event["sequence"], event["location"]) == (1, "Teams")
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert answer_of(meeting, cast.chair) == Answer.ACCEPTED


def test_a_planned_meeting_is_moved_without_a_number(cast: Any) -> None:
    meeting = planned(cast)

    moved(cast, meeting)

    assert meeting.sequence == 0
    assert not Message.objects.exists()


def test_a_cancelled_meeting_is_taken_out_of_the_calendar(cast: Any) -> None:
    meeting = called(cast)
    moved(cast, meeting)

    api.cancel_meeting(meeting=meeting, reason="Sykdom", by=cast.secretary.actor, at=NOON)

    event = event_for(cast.chair)
    assert enclosed_for(cast.chair).content_type == "text/calendar; method=CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == (str(meeting.ref), 2, "CANCELLED")


def test_somebody_without_an_address_is_called_all_the_same(cast: Any) -> None:
    Person.objects.filter(pk=cast.director.person.pk).update(email="")
    meeting = called(cast)

    assert call_of(meeting, cast.director).message is None
    assert Message.objects.count() == Called.objects.count() - 1


def test_over_a_real_mail_server_it_is_one_of_the_ways_to_read_the_mail(
    cast: Any, mailbox: Mailbox
) -> None:
    meeting = called(cast)
    work_off()

    (mail,) = mailbox.to(cast.chair.person.email)
    assert mail.get_content_type() == "multipart/alternative"
    text, html, calendar = mail.iter_parts()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    (event,) = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert (event["uid"], event["location"]) == (str(meeting.ref), "Rådhuset")
    assert "/answer/" in text.get_content()
    assert ">Ja, jeg kommer</a>" in html.get_content()


def test_who_is_no_longer_to_have_the_mail_gets_no_invitation_either(
    cast: Any, mailbox: Mailbox
) -> None:
    called(cast)
    cast.council.seats.filter(role="police_contact").update(to_date=NOON.date() - timedelta(days=1))
    work_off()

    assert mailbox.to(cast.police_member.person.email) == []
    assert len(mailbox.to(cast.chair.person.email)) == 1


READ_BY_ANOTHER = """
import { readFileSync } from "node:fs";
import ICAL from "PLACE";
const whole = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const zone = new ICAL.Timezone(whole.getFirstSubcomponent("vtimezone"));
ICAL.TimezoneService.register(zone.tzid, zone);
const event = new ICAL.Event(whole.getFirstSubcomponent("vevent"));
console.log(JSON.stringify({
  method: whole.getFirstPropertyValue("method"), uid: event.uid, sequence: event.sequence,
  summary: event.summary, place: event.location, zone: event.startDate.zone.tzid,
  starts: event.startDate.toJSDate().toISOString(), ends: event.endDate.toJSDate().toISOString(),
  attendees: event.attendees.length, answer: event.attendees[0].getParameter("partstat"),
}));
"""


def test_two_other_programs_read_the_same_in_it(cast: Any, tmp_path: Path) -> None:
    Person.objects.filter(pk=cast.chair.person.pk).update(name='Maja "Ås" Prøvestad; leder')
    meeting = called(cast, starts_at=NOON + timedelta(days=200))  # summer time
    text = calendar_for(cast.chair)

    event = vobject.readOne(text).vevent
    assert event.uid.value == str(meeting.ref)
    assert event.dtstart.value == meeting.starts_at
    assert event.attendee.params["CN"] == ["Maja 'Ås' Prøvestad; leder"]

    script = tmp_path / "read.mjs"
    library = ROOT / "frontend/node_modules/ical.js/dist/ical.js"
    script.write_text(READ_BY_ANOTHER.replace("PLACE", library.as_uri()), encoding="utf-8")
    node = node_folder(ROOT, Path(sys.prefix)) / "node"
    said = subprocess.run(
        [str(node), str(script)], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(said.stdout) == {
        "method": "REQUEST", "uid": str(meeting.ref), "sequence": 0,
        "summary": "Politirådet i Ås: møte", "place": "Rådhuset", "zone": "Europe/Oslo",
        "starts": f"{meeting.starts_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "ends": f"{meeting.ends_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "attendees": 1, "answer": "NEEDS-ACTION",
    }  # fmt: skip
