"""The demo is as fresh on any day as on the day it was written: nothing in it is a date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.profiles.days import holidays_of
from samrad.site.demo.calendar import Calendar
from samrad.site.demo.loader import COUNTRIES, read
from samrad.site.demo.meetings import Held, tell_of_meetings
from samrad.site.demo.world import Timeline, World
from tests.support.examples import tries

ANY_DAY = st.dates(date(2026, 11, 21), date(2036, 12, 31))
AWKWARD = [
    date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 28), date(2027, 5, 17), date(2027, 7, 15),
    date(2028, 2, 29), date(2026, 12, 25), date(2027, 8, 1),
]  # fmt: skip


def world_on(day: date, country: str) -> World:
    """A country's story with every step that can be noted ahead."""
    world = World(read(country), Timeline(), day)
    tell_of_meetings(world)
    return world


def noted(world: World) -> list[date]:
    return [step.at.date() for step in world.timeline._steps]


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("day", AWKWARD, ids=str)
def test_nothing_is_told_before_it_has_happened(country, day):
    assert max(noted(world_on(day, country))) < day


@settings(max_examples=tries(25), deadline=None)
@given(day=ANY_DAY, country=st.sampled_from(COUNTRIES))
def test_nothing_is_told_before_it_has_happened_on_any_day(day, country):
    assert max(noted(world_on(day, country))) < day


@settings(max_examples=tries(25), deadline=None)
@given(day=ANY_DAY, country=st.sampled_from(COUNTRIES))
def test_councils_meet_only_when_councils_meet(day, country):
    world = World(read(country), Timeline(), day)
    for data in world.data["meeting"]:
        held = Held(world, data)
        assert held.day.weekday() < 5
        assert held.day.month != 7
        assert held.day not in holidays_of(country, held.day.year)
        assert (held.day > day) == (held.stage in {"planned", "called"})


@settings(max_examples=tries(25), deadline=None)
@given(day=ANY_DAY, country=st.sampled_from(COUNTRIES))
def test_meetings_of_a_council_keep_their_order_and_are_planned_ahead(day, country):
    world = World(read(country), Timeline(), day)
    by_council: dict[str, list[Held]] = {}
    for data in world.data["meeting"]:
        by_council.setdefault(data["council"], []).append(Held(world, data))
    for council, meetings in by_council.items():
        days = [held.day for held in meetings]
        assert days == sorted(set(days)), council
        for held in meetings:
            offset = held.data.get("planned", world.council_data(council).get("planned"))
            assert world.days.day(offset) < held.day - timedelta(days=14)


@given(day=ANY_DAY, offset=st.integers(-500, 500))
def test_a_day_that_is_past_stays_past(day, offset):
    calendar = Calendar(day, "no", "nb", "Europe/Oslo")
    for found in (calendar.day(offset), calendar.meeting_day(offset)):
        if offset < 0:
            assert found <= day + timedelta(days=offset)
        else:
            assert found >= day + timedelta(days=offset)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Innen {day+14}.", "Innen 7. des. 2026."),
        ("Plan for {year+1}", "Plan for 2027"),
        ("Plan {year}", "Plan 2026"),
        ("{noe annet}", "{noe annet}"),
    ],
)
def test_words_about_days_are_filled_in(text, told):
    calendar = Calendar(date(2026, 11, 21), "no", "nb", "Europe/Oslo")
    assert calendar.words(text) == told


MONTHS = re.compile(
    r"(?i)\b(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|marts|maj|december|januari|februari|juni|juli|augusti)\b(?! 2006)|\b20[2-9]\d-(?!Q)"
)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_month_is_named_in_what_people_say(country):
    """It would be wrong half the year. A rhythm that is a month of every year is a rhythm, and a
    quarter that real figures are of is no day in the story.
    """
    folder = resources.files("samrad.site.demo") / "data"
    text = (folder / f"{country}.toml").read_text("utf-8").replace('"Januar"', "")
    assert MONTHS.findall(text) == []
