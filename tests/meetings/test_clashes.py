"""Meetings that get in each other's way: found before they are planned, and shifted (D2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Meeting
from samrad.meetings.queries.clashes import surroundings_of
from samrad.meetings.rules.clashes import ClashKind, Slot, clash_between, clashes_of, days_blocked
from samrad.meetings.rules.planning import days_to_avoid
from samrad.people.models import Appointment
from samrad.profiles.days import holidays_of
from tests.cast import NOON, SINCE, put, seat, signed_in
from tests.meetings.bricks import planned_in
from tests.support.examples import tries

OSLO = ZoneInfo("Europe/Oslo")
A_DAY = date(2027, 3, 2)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def slots(prefix: str) -> st.SearchStrategy[list[Slot]]:
    """Meetings of a few councils and people in one short week, some of them long."""
    one = st.tuples(
        st.integers(0, 3), st.integers(8, 15), st.integers(1, 30), st.integers(1, 4),
        st.integers(1, 2), st.frozensets(st.integers(1, 5), max_size=3),
    )  # fmt: skip

    def made(rows: list[tuple[int, int, int, int, int, frozenset[int]]]) -> list[Slot]:
        found = []
        for n, (days, hour, length, council, area, persons) in enumerate(rows):
            day = A_DAY + timedelta(days=days)
            starts = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
            ends = starts + timedelta(hours=length)
            found.append(Slot(f"{prefix}{n}", council, area, day, starts, ends, persons))
        return found

    return st.lists(one, max_size=8).map(made)


@settings(max_examples=tries(300), deadline=None)
@given(wanted=slots("w"), held=slots("h"))
def test_the_walk_through_the_year_finds_what_comparing_everything_with_everything_finds(
    wanted, held
):
    expected = {
        (mine.key, other.key, clash.kind, clash.persons)
        for mine, other in product(wanted, [*wanted, *held])
        if mine is not other and (clash := clash_between(mine, other))
    }

    found = [
        (key, clash.other.key, clash.kind, clash.persons)
        for key, clashes in clashes_of(wanted, held).items()
        for clash in clashes
    ]

    assert len(found) == len(set(found)), "nothing is told twice"
    assert set(found) == expected


@settings(max_examples=tries(200), deadline=None)
@given(wanted=slots("w"), held=slots("h"))
def test_a_day_that_is_not_blocked_has_no_hard_clash_that_begins_on_it(wanted, held):
    for like in wanted:
        short = [one for one in held if one.ends.date() == one.day]
        blocked = days_blocked(like, short)
        for days in range(5):
            day = A_DAY + timedelta(days=days)
            hours = (datetime.combine(day, at.time(), OSLO) for at in (like.starts, like.ends))
            there = Slot("x", like.council, like.area, day, *hours, like.persons)
            if there.starts >= there.ends:
                continue
            hard = [one for one in clashes_of([there], short)["x"] if one.kind == ClashKind.PERSON]
            assert bool(hard) == (day in blocked)


def also_in_the_sibling(cast, who="station_chief"):
    """The station chief of Ås has a seat next door as well."""
    seat(cast.sibling, cast.no.station, getattr(cast, who).appointment.role)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def test_a_person_in_two_places_is_named_but_not_the_council_one_does_not_see(cast):
    also_in_the_sibling(cast)
    planned_in(cast.sibling, cast.stranger.actor, starts_at=at(A_DAY))

    def told(who):
        around = surroundings_of([cast.council], who.actor, A_DAY, A_DAY)
        wanted = around.slot("day", cast.council, at(A_DAY, 10), at(A_DAY, 12))
        return around.clashes([wanted], [cast.council])["day"]

    [clash] = told(cast.secretary)
    assert clash.is_hard
    assert cast.station_chief.name in clash.text
    assert cast.sibling.name not in clash.text
    [clash] = told(cast.station_chief)
    assert cast.sibling.name in clash.text


def test_a_guest_and_a_cancelled_meeting_are_in_nobodys_way(cast):
    also_in_the_sibling(cast)
    seat(cast.sibling, cast.no.ravens, "partner_representative")
    off = planned_in(cast.sibling, cast.stranger.actor, starts_at=at(A_DAY))
    api.cancel_meeting(meeting=off, reason="Utsatt", by=cast.stranger.actor, at=NOON)

    around = surroundings_of([cast.council], cast.secretary.actor, A_DAY, A_DAY)

    assert not around.held


def test_days_are_proposed_past_what_people_are_busy_with(cast, client):
    also_in_the_sibling(cast)
    asked = {"year": 2027, "count": 2, "weekday": 1, "starts": "09:00", "ends": "11:00"}
    address = reverse("meetings:plan", args=[cast.council.ref])
    signed_in(client, cast.secretary)
    before = [row.day for row in client.get(address, asked).context["one"].shown]
    for day in before:
        planned_in(cast.sibling, cast.stranger.actor, starts_at=at(day))

    after = client.get(address, asked).context["one"].shown

    assert not {row.day for row in after} & set(before)
    assert not any(row.clashes for row in after)


def form_of(*days: date, **more: str) -> dict[str, str]:
    data = {
        "year": "2027",
        "form-TOTAL_FORMS": str(len(days)),
        "form-INITIAL_FORMS": str(len(days)),
    }
    for n, day in enumerate(days):
        data |= {
            f"form-{n}-day": str(day), f"form-{n}-starts": "09:00", f"form-{n}-ends": "11:00",
        }  # fmt: skip
    return data | more


def test_a_clash_is_shown_before_the_meeting_is_planned_and_can_be_chosen_all_the_same(
    cast, client
):
    also_in_the_sibling(cast)
    planned_in(cast.sibling, cast.stranger.actor, starts_at=at(A_DAY))
    address = reverse("meetings:plan", args=[cast.council.ref])
    signed_in(client, cast.secretary)

    first = client.post(address, form_of(A_DAY))

    assert first.status_code == 422
    assert cast.station_chief.name in first.text
    assert not Meeting.objects.filter(council=cast.council).exists()
    mark = first.context["years"].hard_clashes
    assert client.post(address, form_of(A_DAY, clashes=mark)).status_code == 302
    assert Meeting.objects.filter(council=cast.council).count() == 1


@pytest.mark.parametrize(("step", "sign"), [("later", 1), ("earlier", -1)])
def test_a_day_is_shifted_to_the_nearest_week_in_which_everybody_can(cast, client, step, sign):
    also_in_the_sibling(cast)
    for weeks in (0, 1):
        planned_in(
            cast.sibling, cast.stranger.actor, starts_at=at(A_DAY + timedelta(weeks=sign * weeks))
        )
    address = reverse("meetings:plan", args=[cast.council.ref])
    signed_in(client, cast.secretary)

    page = client.post(address, form_of(A_DAY, do=f"{step}:form-0"))

    [row] = page.context["one"].shown
    wanted = A_DAY + timedelta(weeks=2 * sign)
    while days_to_avoid(wanted, holidays_of("no", 2027)):
        wanted += timedelta(weeks=sign)
    assert (page.status_code, row.day, row.clashes) == (200, wanted, [])
    assert not Meeting.objects.filter(council=cast.council).exists()


@pytest.mark.parametrize("do", ["later:form-9", "later:", "x", "earlier:form-0;", "later:form--0"])
def test_a_shift_of_nothing_changes_nothing(cast, client, do):
    address = reverse("meetings:plan", args=[cast.council.ref])

    page = signed_in(client, cast.secretary).post(address, form_of(A_DAY, do=do))

    assert (page.status_code, [row.day for row in page.context["one"].shown]) == (200, [A_DAY])


def test_moving_a_meeting_says_who_would_be_in_two_places(cast, client):
    also_in_the_sibling(cast)
    planned_in(cast.sibling, cast.stranger.actor, starts_at=at(A_DAY))
    mine = planned_in(cast.council, cast.secretary.actor, starts_at=at(A_DAY, 13))
    address = reverse("meetings:move", args=[mine.ref])
    data = {"day": str(A_DAY), "starts": "10:00", "ends": "12:00", "place": ""}
    signed_in(client, cast.secretary)

    assert not client.get(address).context["look"].mark, "the meeting is not in its own way"
    first = client.post(address, data)

    assert first.status_code == 422
    mine.refresh_from_db()
    assert mine.starts_at.astimezone(OSLO).hour == 13
    client.post(address, {**data, "clashes": first.context["look"].mark})
    mine.refresh_from_db()
    assert mine.starts_at.astimezone(OSLO).hour == 10


def test_one_who_holds_two_posts_is_one_person(cast):
    put(
        Appointment(
            person=cast.chair.person, organisation=cast.no.next_kommune, role="mayor",
            from_date=SINCE,
        )
    )  # fmt: skip
    planned_in(cast.sibling, cast.stranger.actor, starts_at=at(A_DAY))

    around = surroundings_of([cast.council], cast.secretary.actor, A_DAY, A_DAY)
    wanted = around.slot("day", cast.council, at(A_DAY).astimezone(UTC), at(A_DAY, 10))

    [clash] = around.clashes([wanted], [cast.council])["day"]
    assert clash.is_hard
    assert cast.chair.name in clash.text
