"""The crime picture: what may be said of figures, and no more than that."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.analysis.change import rate_ratio
from samrad.analysis.comparison import funnel
from samrad.analysis.words import Code
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.picture import Change, Picture, Unusual
from samrad.knowledge.telling import told
from tests.knowledge.bricks import USUAL, counted, picture_of

NAN = math.nan
NINE_YEARS = USUAL * 9


def change(*row: float) -> Change:
    return picture_of(*row).lines[0].change


def test_a_year_with_twice_as_many_rises():
    said = change(*NINE_YEARS, *(2 * value for value in USUAL))

    assert said.way is Code.RISES
    assert said.ratio == pytest.approx(2, rel=0.02)
    assert 1 < said.low < said.ratio < said.high
    assert (said.now, said.before, said.years) == (4.2, 2.1, 3)


def test_a_year_with_half_as_many_falls():
    assert change(*NINE_YEARS, *(value // 2 for value in USUAL)).way is Code.FALLS


def test_a_little_more_is_no_clear_change():
    assert change(*NINE_YEARS, *(value + 1 for value in USUAL)).way is Code.NO_CLEAR_CHANGE


def test_of_fewer_than_twenty_in_all_nothing_is_said():
    assert change(*[0, 1, 0, 0] * 9, 3, 2, 4, 1).way is Code.TOO_FEW


def test_a_quarter_that_is_held_back_leaves_the_year_unsaid():
    assert change(*NINE_YEARS, 10, NAN, 9, 11).way is Code.UNKNOWN


def test_from_nothing_to_much_rises_without_a_number_of_times():
    said = change(*[0, 0, 0, 0] * 9, 9, 8, 7, 9)

    assert (said.way, said.ratio) == (Code.RISES, None)
    assert told(said) == "more than nothing; likely"


def test_from_much_to_nothing_falls():
    said = change(*NINE_YEARS, 0, 0, 0, 0)

    assert (said.way, said.ratio) == (Code.FALLS, 0)


def test_growth_of_the_town_alone_is_no_rise():
    grown = counted([*NINE_YEARS, *(2 * value for value in USUAL)])
    grown.people[:, -4:] *= 2

    assert pictures(grown)["place 0"].lines[0].change.way is Code.NO_CLEAR_CHANGE


def test_only_what_is_outside_the_expected_is_unusual():
    usual = picture_of(*NINE_YEARS, *USUAL).lines[0].latest
    peak = picture_of(*NINE_YEARS, *USUAL[:3], 60).lines[0]

    assert usual.unusual is Unusual.NO
    assert usual.low <= usual.value <= usual.high
    assert peak.latest.unusual is Unusual.HIGH
    assert peak.survives


def test_a_place_far_from_all_others_lies_beyond_chance():
    rows = [[value + number % 3 for value in USUAL * 10] for number in range(30)]
    drawn = pictures(counted(*rows, [value * 4 for value in USUAL * 10]))

    assert drawn["place 30"].lines[0].among.beyond is Unusual.HIGH
    assert {drawn[f"place {n}"].lines[0].among.beyond for n in range(30)} == {Unusual.NO}


def test_a_picture_is_kept_as_it_is():
    drawn = picture_of(*NINE_YEARS, 20, NAN, 9, 11)

    assert Picture.from_json(drawn.as_json()) == drawn


@given(st.lists(st.integers(0, 60), min_size=40, max_size=40))
def test_of_ordinary_counts_no_line_breaks(row):
    line = picture_of(*row).lines[0]

    assert len(line.past) == 40
    if line.change.way in {Code.RISES, Code.FALLS}:
        assert (line.change.low > 1) or (line.change.high < 1)


# One library ----------------------------------------------------------------------------------


def test_from_nothing_to_something_is_told_with_the_library_s_own_exact_interval():
    said = change(*USUAL * 9, 0, 0, 0, 0)
    found = rate_ratio(0, 3 * sum(USUAL), exposure_after=1, exposure_before=3)

    assert (said.ratio, said.low) == (0, 0)
    assert said.high == pytest.approx(float(found.high), abs=0.001)


def test_the_limits_among_all_places_are_the_library_s_own():
    rows = [[value + number % 5 for value in USUAL * 10] for number in range(20)]
    drawn = pictures(counted(*rows))
    years = np.array([sum(row[-4:]) for row in rows], dtype=float)
    found = funnel(years, np.full(20, years.mean()))

    for number in range(20):
        among = drawn[f"place {number}"].lines[0].among
        limits = [1000 * years.mean() / 20_000 * end[number] for end in (found.low, found.high)]
        assert [among.low, among.high] == pytest.approx(limits, abs=0.001)
        assert bool(among.beyond) == bool(found.outside[number])
