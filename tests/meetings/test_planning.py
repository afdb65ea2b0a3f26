"""A year's meetings in one step (D2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.followup.actions import withdraw_decision
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.forms.planning import PlannedForm
from samrad.meetings.models import Meeting
from samrad.meetings.queries.planning import (
    days_taken,
    requirements_for,
    usual_count,
    year_to_plan,
)
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.planning import days_to_avoid, falls_short, lead_days, plan_year
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.profiles.days import holidays_of
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import IN_THREE_WEEKS, called, planned
from tests.support.examples import tries

COUNTRIES = st.sampled_from(["no", "dk", "se"])


@settings(max_examples=tries(200), deadline=None)
@given(
    country=COUNTRIES,
    year=st.integers(2024, 2060),
    count=st.integers(1, 24),
    weekday=st.integers(0, 4),
    day_of_year=st.integers(0, 365),
)
def test_a_year_never_meets_on_a_holiday_and_holds_as_many_as_asked_or_says_how_many_are_missing(
    country, year, count, weekday, day_of_year
):
    holidays = holidays_of(country, year)
    after = date(year - 1, 12, 31) + timedelta(days=day_of_year)

    plan = plan_year(year, count=count, weekday=weekday, holidays=holidays, after=after)

    assert len(plan.days) + plan.missing == count
    assert len(set(plan.days)) == len(plan.days)
    assert list(plan.days) == sorted(plan.days)
    for day in plan.days:
        assert day.weekday() == weekday
        assert day not in holidays
        assert day.month != 7
        assert day.year == year
        assert day > after


@given(country=COUNTRIES, year=st.integers(2024, 2060), weekday=st.integers(0, 4))
@settings(max_examples=tries(60), deadline=None)
def test_there_is_always_room_for_twelve_meetings_in_a_whole_year(country, year, weekday):
    plan = plan_year(
        year,
        count=12,
        weekday=weekday,
        holidays=holidays_of(country, year),
        after=date(year - 1, 12, 31),
    )
    gaps = [later - earlier for earlier, later in zip(plan.days[:-1], plan.days[1:], strict=True)]

    assert plan.missing == 0
    assert max(gaps) <= timedelta(weeks=11), "July and the holidays are the longest pause"


@given(
    held=st.lists(st.dates(date(2026, 1, 1), date(2028, 1, 1)), unique=True, max_size=6),
    count=st.integers(0, 20),
)
@settings(max_examples=tries(60), deadline=None)
def test_days_the_council_meets_already_change_which_days_but_not_how_many(held, count):
    plan = plan_year(
        2027, count=count, weekday=1, holidays={}, after=date(2026, 12, 31), held=held, taken=held
    )

    assert len(plan.days) == len(set(plan.days)) == count
    assert not set(plan.days) & set(held)
    assert list(plan.days) == sorted(plan.days)


def test_a_meeting_in_march_takes_the_place_of_the_first_of_four():
    asked = {"weekday": 1, "holidays": {}, "after": date(2026, 12, 31)}

    four = plan_year(2027, count=4, **asked)
    three = plan_year(2027, count=3, held=[date(2027, 3, 8)], **asked)

    assert three.days == four.days[1:]


def test_a_body_that_ends_gets_no_days_after_its_last():
    plan = plan_year(
        2027, count=3, weekday=1, holidays={}, after=date(2026, 12, 31), until=date(2027, 1, 20)
    )

    assert plan.days == (date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 19))


def test_what_is_left_of_a_year_says_what_there_was_no_room_for():
    plan = plan_year(
        2026, count=6, weekday=2, holidays=holidays_of("no", 2026), after=date(2026, 12, 1)
    )

    assert plan.days == (date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16))
    assert plan.missing == 3


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("no", date(2027, 5, 17), "17 May"),
        ("no", date(2027, 3, 25), "Maundy Thursday"),
        ("dk", date(2027, 6, 5), "Constitution Day"),
        ("dk", date(2023, 5, 5), "Great Prayer Day, the last one"),
        ("se", date(2027, 6, 25), "Midsummer Eve"),
        ("se", date(2027, 1, 6), "Epiphany"),
    ],
)
def test_holidays_are_the_countrys_own(country, day, name):
    assert days_to_avoid(day, holidays_of(country, day.year)), name


def test_the_great_prayer_day_is_a_working_day_since_2024():
    assert not days_to_avoid(date(2025, 5, 16), holidays_of("dk", 2025))


def test_the_minimum_is_shown_with_its_source(cast):
    found = requirements_for(cast.council, TODAY)

    assert [one.at_least for one in found] == [2]
    assert "2013/012" in found[0].source
    assert usual_count(cast.council, found) == 3, "what satisfied councils hold"


def test_the_agreements_own_number_counts_beside_the_rule(cast):
    cast.council.meetings_per_year = 4
    cast.council.save()

    found = requirements_for(cast.council, TODAY)

    assert [one.at_least for one in found] == [4, 2]
    assert usual_count(cast.council, found) == 4
    assert falls_short(3, [one.at_least for one in found]) == 1


def test_a_danish_district_council_meets_four_times(cast):
    found = requirements_for(cast.dk.kredsraad, TODAY)

    assert [one.at_least for one in found] == [4]
    assert usual_count(cast.dk.kredsraad, found) == 4


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 21), 2027), (date(2026, 10, 2), 2027), (date(2026, 6, 1), 2026)],
)
def test_in_autumn_the_next_year_is_planned(today, year):
    assert year_to_plan(today) == year


def test_the_secretary_plans_the_year_in_one_act(cast):
    starts = [datetime(2027, month, 10, 8, tzinfo=UTC) for month in (2, 5, 9)]

    api.plan_meetings(
        council=cast.council,
        meetings=[api.Planned(start, start + timedelta(hours=2), "Rådhuset") for start in starts],
        by=cast.secretary.actor,
        at=NOON,
    )

    made = Meeting.objects.visible_to(cast.police_member.actor)
    assert [meeting.starts_at for meeting in made] == starts
    assert {meeting.state for meeting in made} == {MeetingState.PLANNED}
    assert event_codes_of(made[0]) == ["meeting.planned"]
    assert days_taken(cast.council, 2027) == {start.date() for start in starts}


def test_a_year_with_one_impossible_meeting_is_not_planned_at_all(cast):
    good, bad = NOON + timedelta(days=10), NOON - timedelta(days=10)

    with pytest.raises(Refused, match="time to come"):
        api.plan_meetings(
            council=cast.council,
            meetings=[api.Planned(day, day + timedelta(hours=1)) for day in (good, bad)],
            by=cast.secretary.actor,
            at=NOON,
        )

    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "who", ["police_member", "guest", "stranger", "analyst", "administrator", "director"]
)
def test_only_secretary_and_chair_plan_move_and_cancel(cast, who):
    actor = getattr(cast, who).actor
    meeting = planned(cast)
    times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}

    with pytest.raises(Refused):
        api.plan_meetings(council=cast.council, meetings=[], by=actor, at=NOON)
    with pytest.raises(Refused):
        api.move_meeting(meeting=meeting, place="Annet sted", **times, by=actor, at=NOON)
    with pytest.raises(Refused):
        api.cancel_meeting(meeting=meeting, reason="Nei", by=actor, at=NOON)


def test_a_moved_meeting_says_from_when_to_when(cast):
    meeting = planned(cast)
    later = meeting.starts_at + timedelta(days=7)

    api.move_meeting(
        meeting=meeting,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        place="Politistasjonen",
        by=cast.secretary.actor,
        at=NOON,
    )

    meeting.refresh_from_db()
    assert meeting.starts_at == later
    assert event_codes_of(meeting) == ["meeting.planned", "meeting.moved", "meeting.place_changed"]


def moved(meeting, by, **given):
    words = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "place": meeting.place}
    return api.move_meeting(meeting=meeting, **(words | given), by=by, at=NOON)


def test_moving_a_meeting_that_was_called_tells_those_who_were_called(cast):
    meeting, by = called(cast, "KANARI-SAK"), cast.secretary.actor
    Person.objects.update(language="en")

    assert moved(meeting, by, ends_at=meeting.ends_at + timedelta(hours=1))

    mails = Message.objects.filter(template="meetings/mail/moved")
    mail = mails.get(person=cast.chair.person)
    assert mails.count() == 5
    assert mail.subject.startswith("Changed: meeting of Politirådet i Ås")
    assert "New time." in mail.text
    assert "New place." not in mail.text
    assert meeting.get_absolute_url() in mail.text
    assert not Message.objects.filter(text__contains="KANARI").exists()

    meeting.refresh_from_db()
    assert moved(meeting, by, place="Biblioteket")
    latest = Message.objects.filter(person=cast.chair.person).latest("pk")
    assert "New place." in latest.text
    assert "Biblioteket" in latest.text


def test_nobody_gets_a_mail_when_nothing_moves_or_nobody_was_called(cast):
    by = cast.secretary.actor
    quiet = planned(cast)
    assert not moved(quiet, by, place="Biblioteket")
    meeting = called(cast, starts_at=NOON + timedelta(days=30))
    Message.objects.all().delete()

    assert not moved(meeting, by)
    assert not Message.objects.exists()


def test_cancelling_takes_a_reason_and_tells_those_who_were_called(cast):
    meeting = called(cast)
    Message.objects.all().delete()

    with pytest.raises(Refused, match="Say why"):
        api.cancel_meeting(meeting=meeting, reason="  ", by=cast.secretary.actor, at=NOON)
    api.cancel_meeting(meeting=meeting, reason="Uvær", by=cast.secretary.actor, at=NOON)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_reason) == (MeetingState.CANCELLED, "Uvær")
    told = Message.objects.all()
    assert {message.person.name for message in told} == {
        who.name
        for who in (
            cast.chair, cast.director, cast.secretary, cast.station_chief, cast.police_member
        )
    }  # fmt: skip
    assert not any("Uvær" in message.text for message in told)


def test_a_meeting_nobody_was_called_to_is_cancelled_without_mail(cast):
    api.cancel_meeting(meeting=planned(cast), reason="Utsatt", by=cast.chair.actor, at=NOON)

    assert not Message.objects.exists()


def test_lead_time_is_counted_in_whole_days():
    assert lead_days(date(2026, 11, 21), date(2026, 12, 12)) == 21
    assert lead_days(date(2026, 12, 12), date(2026, 12, 12)) == 0


def test_a_meeting_whose_minutes_say_something_is_not_cancelled(cast, client):
    meeting, by = called(cast), cast.secretary.actor
    item = meeting.items.get()

    def cancel():
        api.cancel_meeting(
            meeting=Meeting.objects.get(pk=meeting.pk), reason="Uvær", by=by, at=NOON
        )

    api.begin_minutes(meeting=meeting, by=by, at=NOON)
    decision = api.record_decision(item=item, text="Lyset rettes.", by=by, at=NOON)
    with pytest.raises(Refused, match="say that it was held"):
        cancel()
    withdraw_decision(decision=decision, by=by, at=NOON)
    api.save_text(item=item, text="Noe.", expected=0, by=by, at=NOON)
    with pytest.raises(Refused, match="say that it was held"):
        cancel()
    page = signed_in(client, cast.secretary).get(reverse("meetings:detail", args=[meeting.ref]))
    assert reverse("meetings:cancel", args=[meeting.ref]) not in page.text

    api.save_text(item=item, text="", expected=1, by=by, at=NOON)
    cancel()

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED


def test_a_day_the_council_has_already_is_not_planned_twice(cast):
    """Two plan the same year at once, or the button is pressed twice."""
    planned(cast)
    mails = Message.objects.count()

    with pytest.raises(Refused, match="has a meeting on"):
        planned(cast, starts_at=IN_THREE_WEEKS + timedelta(hours=3))

    assert cast.council.meetings.count() == 1
    assert Message.objects.count() == mails


def test_an_extra_meeting_can_be_on_the_day_of_another(cast):
    planned(cast)
    extra = api.Planned(
        IN_THREE_WEEKS + timedelta(hours=3), IN_THREE_WEEKS + timedelta(hours=4), is_extra=True
    )
    api.plan_meetings(council=cast.council, meetings=[extra], by=cast.secretary.actor, at=NOON)

    assert cast.council.meetings.count() == 2


def test_a_meeting_is_planned_on_a_half_day_and_not_on_a_public_holiday(cast):
    def errors(day: str) -> Any:
        given = {"day": day, "starts": "09:00", "ends": "11:00"}
        form = PlannedForm(given, council=cast.se.council, actor=cast.se.secretary.actor)
        return form.errors

    assert not errors("2027-03-25"), "Skärtorsdagen is kept from two o'clock"
    assert "public holiday" in str(errors("2027-03-26"))
