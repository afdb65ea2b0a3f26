"""Where things stand on the drawn wheel: nothing touches, nothing leaves the sheet."""

from __future__ import annotations

from datetime import date, timedelta
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.wheel.rules import drawing
from tests.support.examples import tries

DAYS = st.integers(0, 364).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
WINDOWS = st.tuples(DAYS, st.integers(0, 80)).map(
    lambda one: (one[0], min(one[0] + timedelta(days=one[1]), date(2026, 12, 31)))
)


def distance(a, b):
    return hypot(float(a.x) - float(b.x), float(a.y) - float(b.y))


@settings(max_examples=tries(200), deadline=None)
@given(days=st.lists(DAYS, max_size=24))
def test_meetings_do_not_cover_each_other_and_keep_their_order(days):
    spots = drawing.spots_of_days(days)

    assert len(spots) == len(days)
    for number, one in enumerate(spots):
        assert all(distance(one, other) >= 2 * drawing.MARKER for other in spots[:number])
    angles = drawing.spread([drawing.angle_of(day) for day in days], 7)
    ordered = [angles[n] for n in sorted(range(len(days)), key=lambda n: days[n])]
    assert ordered == sorted(ordered)


@settings(max_examples=tries(200), deadline=None)
@given(windows=st.lists(WINDOWS, max_size=14))
def test_activities_at_the_same_time_stand_in_lanes_of_their_own(windows):
    spots = drawing.spots_of_windows(windows)

    for number, one in enumerate(spots):
        reach = float(one.r)
        assert all(distance(one, other) >= reach + float(other.r) for other in spots[:number])
        from_centre = hypot(float(one.x) - drawing.CENTRE, float(one.y) - drawing.CENTRE)
        assert from_centre - reach > drawing.HUB
        assert from_centre + reach < drawing.MEETINGS_AT - drawing.MARKER


@given(day=DAYS)
def test_the_hand_points_into_the_month_it_is(day):
    assert 30 * (day.month - 1) <= drawing.angle_of(day) < 30 * day.month
    assert drawing.end_of(day) <= 30 * day.month + 1e-9
    hand = drawing.hand(day)
    assert all(0 <= float(number) <= drawing.SIZE for number in hand.tip.replace(",", " ").split())


def test_january_is_to_the_right_of_the_top_and_july_at_the_bottom():
    assert drawing.point(drawing.angle_of(date(2026, 1, 1)), 100) == (480 - 100, 280)
    x, y = drawing.point(drawing.angle_of(date(2026, 7, 1)), 100)
    assert (round(x), round(y)) == (380, 480)
    assert len(drawing.slices()) == 12


def test_numbers_have_points_in_every_language():
    assert drawing.text(1234.56) == "1234.6"
