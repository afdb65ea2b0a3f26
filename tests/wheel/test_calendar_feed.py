"""The calendar feed: who gets it, what is in it, and that other programs understand it (D1)."""

from __future__ import annotations

import json
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from samrad.kernel.clock import held_at
from samrad.kernel.zones import timezone_of
from samrad.meetings import api as meetings
from samrad.meetings.models import Meeting
from samrad.people.models import Appointment, Person
from samrad.trail.api import event_codes_of
from samrad.wheel import api, ics
from samrad.wheel.models import CalendarAddress
from samrad.wheel.rules import Mark
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called, item_on, planned, restricted_on
from tests.support.components import ROOT
from tests.support.examples import tries
from tests.wheel.bricks import entry, of, open_activity, own_activity

ICAL_JS = ROOT / "frontend/node_modules/ical.js/dist/ical.js"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def address_of(who) -> str:
    token = api.open_calendar(person=who.person, by=who.actor, at=NOON)
    return reverse("wheel:feed", args=[token])


def fetch(who, **headers):
    """The calendar as a program without a session gets it."""
    return Client().get(address_of(who), headers=headers)


def summaries(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def test_a_member_gets_meetings_and_what_the_year_asks_for_without_signing_in(cast):
    planned(cast)
    own_activity(cast, "Vandring")

    response = fetch(cast.police_member)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    found = summaries(response.content)
    assert found.count("Politirådet i Ås") == 1
    assert not any("Egenevaluering" in one for one in found[:3]), "this year's had passed"
    assert "Evaluere samarbeidet i årets siste møte · Politirådet i Ås" in found
    assert "Vandring · Politirådet i Ås" in found
    assert not response.cookies


def test_it_speaks_the_language_of_its_owner_or_of_the_country(cast):
    def title(who):
        return next(one for one in summaries(fetch(who).content) if "siste" in one or "last" in one)

    assert "Evaluere samarbeidet" in title(cast.police_member)
    Person.objects.filter(pk=cast.police_member.person.pk).update(language="en")
    assert "Evaluate the cooperation" in title(cast.police_member)


def test_nothing_of_the_agenda_and_nothing_restricted_is_in_it(cast):
    by = cast.secretary.actor
    meeting = planned(cast)
    item_on(meeting, by, "Nattlivet", text="Om uro")
    restricted_on(meeting, by, "Hemmelig sak", cast.council.seats.get(role="mayor"))
    meetings.send_agenda(meeting=meeting, by=by, at=NOON)
    api.mark_occasion(
        entry=entry(cast.council, by, "2026-year_evaluation-1"), to=Mark.DONE, note="Noe internt",
        by=by, at=NOON,
    )  # fmt: skip

    for who in (cast.chair, cast.police_member):
        text = fetch(who).content.decode()
        assert "SUMMARY:Politirådet i Ås" in text
        for word in ("Nattlivet", "Om uro", "Hemmelig", "Skjermet", "internt", "DESCRIPTION"):
            assert word not in text


@pytest.mark.parametrize(
    "who", ["stranger", "analyst", "other_analyst", "national_officer", "administrator", "guest"]
)
def test_whoever_is_not_called_gets_nothing_of_it(cast, who):
    planned(cast)
    open_activity(cast)

    text = fetch(getattr(cast, who)).content.decode()

    assert "i Ås" not in text


def test_a_guest_gets_the_meetings_they_are_asked_to(cast):
    asked, _other = planned(cast), planned(cast, starts_at=NOON + timedelta(days=30))
    seat = cast.council.seats.get(function="guest")
    by = cast.secretary.actor
    item_on(asked, by)
    meetings.choose_guests(meeting=asked, seat_ids=[seat.pk], by=by, at=NOON)

    found = Calendar.from_ical(fetch(cast.guest).content).walk("VEVENT")

    assert [str(one["UID"]) for one in found] == [ics.uid_of_meeting(asked)]


def test_a_removed_role_gives_nothing_at_the_next_request(cast):
    planned(cast)
    url = address_of(cast.police_member)
    assert "i Ås" in Client().get(url).content.decode()

    Appointment.objects.filter(person=cast.police_member.person).update(
        to_date=TODAY - timedelta(days=1)
    )

    after = Client().get(url)
    assert after.status_code == 200, "so that what a calendar has of it goes away"
    assert Calendar.from_ical(after.content).walk("VEVENT") == []


def test_somebody_who_has_left_gets_nothing(cast):
    planned(cast)
    url = address_of(cast.police_member)
    Person.objects.filter(pk=cast.police_member.person.pk).update(
        left_date=TODAY - timedelta(days=1)
    )

    assert Calendar.from_ical(Client().get(url).content).walk("VEVENT") == []


def test_another_address_ends_the_one_before_and_closing_ends_them_all(cast):
    member = cast.police_member
    first, second = address_of(member), address_of(member)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    api.revoke_calendar(person=member.person, by=member.actor, at=NOON)

    assert Client().get(second).status_code == 404
    assert Client().get(reverse("wheel:feed", args=["gjettet"])).status_code == 404
    codes = [one for one in event_codes_of(member.person) if one.startswith("calendar.")]
    assert codes == ["calendar.opened", "calendar.renewed", "calendar.revoked"]


def test_the_secret_is_not_kept(cast):
    token = urlsplit(address_of(cast.chair)).path.split("/")[-2]
    kept = CalendarAddress.objects.get(person=cast.chair.person)

    assert len(token) >= 43
    assert token not in {str(value) for value in vars(kept).values()}


def test_the_page_shows_the_address_once(cast, client):
    signed_in(client, cast.secretary)

    shown = client.post(reverse("wheel:address")).content.decode()
    again = client.get(reverse("wheel:calendar")).content.decode()

    assert "/samrad.ics" in shown
    assert "webcal://" in shown
    assert "/samrad.ics" not in again
    assert "Make another address" in again
    client.post(reverse("wheel:close"))
    assert not CalendarAddress.objects.filter(person=cast.secretary.person).exists()


def test_an_unchanged_calendar_is_not_sent_again(cast):
    meeting = planned(cast)
    url = address_of(cast.chair)
    tag = Client().get(url).headers["ETag"]

    with held_at(NOON + timedelta(minutes=30)):
        same = Client().get(url, headers={"If-None-Match": tag})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)

    Meeting.objects.filter(pk=meeting.pk).update(place="Et annet sted")
    changed = Client().get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_the_same_thing_keeps_its_name_when_it_moves(cast):
    meeting = planned(cast)
    url = address_of(cast.chair)
    activity = open_activity(cast)

    def names() -> set[str]:
        found = Calendar.from_ical(Client().get(url).content).walk("VEVENT")
        return {str(one["UID"]) for one in found}

    before = names()
    starts = meeting.starts_at + timedelta(days=3)
    meetings.move_meeting(
        meeting=meeting, starts_at=starts, ends_at=starts + timedelta(hours=1), place="Y",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    activity.title = "Et annet navn"
    activity.save()

    assert names() == before
    assert any(of(activity, 2027) in one for one in before)


def test_whoever_comes_too_often_waits(cast):
    url = address_of(cast.chair)
    client = Client()

    answers = [client.get(url).status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]
    with held_at(NOON + timedelta(minutes=11)):
        assert client.get(url).status_code == 200


def test_when_a_calendar_last_came_is_noted_by_the_hour(cast):
    url = address_of(cast.chair)
    kept = CalendarAddress.objects.get(person=cast.chair.person)
    Client().get(url)
    with held_at(NOON + timedelta(minutes=20)):
        Client().get(url)
    kept.refresh_from_db()
    assert kept.asked_at == NOON


def test_it_asks_the_database_little(cast, django_assert_max_num_queries):
    for days in range(5, 45):
        planned(cast, starts_at=NOON + timedelta(days=days))
    url = address_of(cast.chair)
    Client().get(url)

    with django_assert_max_num_queries(12):
        assert Client().get(url).status_code == 200


# Other programs ---------------------------------------------------------------------------------


def a_full_calendar(cast) -> bytes:
    """Names that need care, summer and winter, one called, one cancelled."""
    cast.council.name = "Råd; for «trygghet», \\ og ro – " + "lang " * 20
    cast.council.save()
    winter = called(cast, starts_at=NOON + timedelta(days=9))
    planned(cast, starts_at=NOON.replace(year=2027, month=6), place="Salen, 2. etasje; inngang B")
    off = planned(cast, starts_at=NOON + timedelta(days=40))
    meetings.cancel_meeting(meeting=off, reason="Sykdom", by=cast.secretary.actor, at=NOON)
    assert winter.state == "called"
    return fetch(cast.chair).content


def test_a_second_program_reads_the_same(cast):
    calendar = vobject.readOne(a_full_calendar(cast).decode())

    events = [one for one in calendar.vevent_list if not one.uid.value.startswith("wheel-")]
    assert [one.status.value for one in events] == ["CONFIRMED", "CANCELLED", "TENTATIVE"]
    assert {one.summary.value for one in events} == {cast.council.name}
    first, _off, summer = events
    assert first.dtstart.value == NOON + timedelta(days=9)
    assert first.dtstart.value.hour == 12, "the clock on the wall in winter"
    assert summer.dtstart.value.hour == 13
    assert summer.location.value == "Salen, 2. etasje; inngang B"
    whole_days = [one for one in calendar.vevent_list if one.uid.value.startswith("wheel-")]
    assert whole_days
    assert all(type(one.dtstart.value) is date for one in whole_days)
    assert all(one.dtend.value - one.dtstart.value == timedelta(days=1) for one in whole_days)


@pytest.mark.skipif(not ICAL_JS.exists(), reason="built without the packages for tests")
def test_a_third_program_reads_the_same(cast, tmp_path):
    content = a_full_calendar(cast)
    (tmp_path / "samrad.ics").write_bytes(content)
    script = Path(__file__).with_name("read_calendar.mjs")

    answer = subprocess.run(
        ["node", str(script), str(ICAL_JS), str(tmp_path / "samrad.ics")],
        capture_output=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    found = json.loads(answer)

    ours = Calendar.from_ical(content).walk("VEVENT")
    assert [one["uid"] for one in found] == [str(one["UID"]) for one in ours]
    assert [one["summary"] for one in found] == [str(one["SUMMARY"]) for one in ours]
    starts = [one["unix"] for one in found if not one["isDate"]]
    assert starts == [
        int(one["DTSTART"].dt.timestamp())
        for one in ours
        if isinstance(one["DTSTART"].dt, datetime)
    ]


def test_lines_are_short_and_end_as_the_standard_says(cast):
    content = a_full_calendar(cast)

    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.count(b"BEGIN:VTIMEZONE") == 1


@settings(max_examples=tries(300), deadline=None)
@given(
    zone=st.sampled_from(["Europe/Oslo", "Europe/Copenhagen", "Europe/Stockholm"]),
    day=st.dates(date(2015, 1, 1), date(2037, 12, 31)),
)
def test_the_rule_of_the_clocks_is_the_one_of_the_three_countries(zone, day):
    import io

    text = b"BEGIN:VCALENDAR\r\n" + timezone_of(zone, 2014).to_ical() + b"END:VCALENDAR\r\n"
    told = tzical(io.StringIO(text.decode().replace("\r\n", "\n"))).get(zone)
    for hour in (1, 4, 12):
        at = time(hour)
        here, there = (datetime.combine(day, at, zone) for zone in (told, ZoneInfo(zone)))
        assert here.utcoffset() == there.utcoffset()
