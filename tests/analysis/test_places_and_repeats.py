"""Where it happens again, when it happens, where it gathers, and who may be compared with whom."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.analysis.comparison import expected_counts, funnel, shrunk_ratios, similar
from samrad.analysis.harm import BadWeights, harm, read_weights
from samrad.analysis.places import (
    gi_star,
    gini,
    hours_of_the_week,
    places_with,
    prediction_accuracy,
)
from samrad.analysis.repeats import flagged, knox, repeat_share, time_to_repeat
from tests.support.examples import tries

incidents = st.lists(st.tuples(st.integers(0, 6), st.integers(600, 612)), max_size=60)


@given(incidents)
@settings(max_examples=tries(300))
def test_an_address_is_flagged_exactly_when_the_rule_says_so(rows):
    address, month = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    last = int(month.max()) if rows else 0
    counts = Counter(rows)
    by_hand = sorted(
        (place, r)
        for place in set(address.tolist())
        for r in range(600, last + 1)
        if sum(counts[place, r - back] for back in range(3)) >= 3
    )

    assert list(zip(*(one.tolist() for one in flagged(address, month)), strict=True)) == by_hand


def test_the_months_that_follow_are_told_when_asked_for():
    places, months = flagged([4, 4, 4], [10, 10, 10], last=15)

    assert places.tolist() == [4, 4, 4]
    assert months.tolist() == [10, 11, 12]
    with pytest.raises(ValueError, match="at most 253 months"):
        flagged([1, 1], [0, 400])


def test_repeats_are_a_share_of_incidents_and_of_addresses():
    found = repeat_share([1, 1, 1, 2, 3, 3], [5, 6, 12, 12, 0, 12], at=12)

    assert (found.incidents, found.addresses) == (5, 3)
    assert found.of_incidents == pytest.approx(3 / 5)
    assert found.of_addresses == pytest.approx(1 / 3)


def test_an_incident_near_the_end_of_the_data_is_not_a_success():
    curve = time_to_repeat([1, 1, 2, 3], [0, 10, 0, 95], end=100, horizon=60)

    assert curve[8] == 0
    assert curve[9] == pytest.approx(1 / 3)
    assert np.all(np.diff(curve) >= 0)


def test_burglaries_that_follow_next_door_are_found():
    chance = np.random.default_rng(1)
    places, days = chance.uniform(0, 5000, (150, 2)), chance.uniform(0, 365, 150)
    near = places[:40] + chance.uniform(-60, 60, (40, 2))
    both = np.vstack([places, near]), np.append(days, days[:40] + chance.uniform(1, 7, 40))

    found = knox(*both, distances=[100, 200, 400], spans=[7, 14, 28], permutations=99)
    alone = knox(places, days, distances=[100, 200, 400], spans=[7, 14, 28], permutations=99)

    assert found.observed[0, 0] >= 40
    assert found.p[0, 0] == pytest.approx(0.01)
    assert found.ratio[0, 0] > 5
    assert alone.p[2, 2] > 0.05


def test_a_burglary_some_time_over_the_weekend_is_spread_over_it():
    week, left_out = hours_of_the_week([0, 100.5, 50, 10], [0, 104.5, 40, np.nan])

    assert week.sum() == pytest.approx(2)
    assert week[0, 0] == 1
    assert week.reshape(-1)[100:105].tolist() == [0.125, 0.25, 0.25, 0.25, 0.125]
    assert left_out == 2


@given(st.lists(st.tuples(st.floats(0, 3000), st.floats(0, 168)), min_size=1, max_size=20))
@settings(max_examples=tries(100))
def test_every_incident_counts_once_however_it_is_spread(spans):
    start = np.array([one[0] for one in spans])

    week, left_out = hours_of_the_week(start, start + [one[1] for one in spans])

    assert week.sum() + left_out == pytest.approx(len(spans))


def a_line(n: int) -> np.ndarray:
    return np.eye(n, k=1) + np.eye(n, k=-1)


def test_a_hot_spot_is_a_place_and_its_neighbours():
    values = np.zeros(60)
    values[20:24] = 30

    found = gi_star(values, a_line(60))

    assert set(np.flatnonzero(found.hot)) >= {20, 21, 22, 23}
    assert found.hot.sum() <= 6
    assert not gi_star(np.ones(60), a_line(60)).hot.any()


def test_concentration_allows_for_few_incidents():
    even = np.zeros(100)
    even[:10] = 1

    assert gini(even) == pytest.approx(0)
    assert gini(np.full(50, 4)) == pytest.approx(0)
    assert gini([0] * 99 + [200]) == pytest.approx(1, abs=0.02)
    assert places_with([10, 5, 5, 0, 0], 0.5) == pytest.approx(0.2)
    assert places_with([0, 0]) == 0


def test_a_map_is_judged_by_what_comes_after():
    assert prediction_accuracy([True, False], [1, 9], [5, 5]) == pytest.approx(5)
    assert np.isnan(prediction_accuracy([False, False], [1, 9], [5, 5]))


def test_similar_municipalities_are_near_in_what_matters_and_in_the_same_country():
    chance = np.random.default_rng(2)
    features = chance.normal(size=(40, 3))
    features[7] = features[0] + 0.01
    features[9, 1] = np.nan
    country = np.repeat(["no", "se"], 20)

    near, apart = similar(features, 0, country=country, k=5)
    pinned, _ = similar(features, 0, country=country, k=5, pinned=[15])

    assert near[0] == 7
    assert np.all(np.diff(apart) >= 0)
    assert near.max() < 20
    assert 9 not in near
    assert pinned[0] == 15
    assert len(pinned) == 5
    with pytest.raises(ValueError, match="missing feature"):
        similar(features, 9)


def test_a_funnel_widens_where_all_differ_and_still_finds_the_one_that_stands_out():
    chance = np.random.default_rng(3)
    expected = chance.uniform(20, 400, 200)
    calm = chance.poisson(expected)
    restless = chance.poisson(expected * np.exp(chance.normal(0, 0.25, 200)))
    restless[5] = expected[5] * 4

    quiet, wide = funnel(calm, expected), funnel(restless, expected)

    assert quiet.phi < 1.3 < wide.phi
    assert quiet.outside.sum() <= 4
    assert wide.outside[5]
    assert wide.outside.sum() < 20


def test_few_incidents_are_drawn_to_the_common_ratio():
    observed, expected = np.array([3, 300, 90, 240]), np.array([1.0, 200, 100, 200])

    drawn = shrunk_ratios(observed, expected)

    assert abs(drawn[0] - 1.26) < abs(3 - 1.26) / 2
    assert drawn[1] == pytest.approx(1.5, abs=0.1)
    assert expected_counts([[1, 3], [3, 1]], [[10, 10], [10, 10]]).tolist() == [4, 4]


WEIGHTS = """offence,days,source,valid_from
burglary,40,A table,2020-01-01
burglary,55,A newer table,2025-01-01
assault,120,A table,2020-01-01
"""


def test_harm_goes_by_the_weights_in_force_and_names_what_has_none():
    weights = read_weights(WEIGHTS.splitlines(), "2025-1")

    then = harm({"burglary": 2, "assault": 1}, weights, date(2024, 6, 1))
    now = harm({"burglary": 2, "arson": 3}, weights, date(2026, 6, 1))

    assert then.days == 200
    assert (now.days, now.version, now.without_weight) == (110, "2025-1", {"arson": 3})


@pytest.mark.parametrize(
    ("wrong", "row"),
    [
        ("offence,days\n", 1),
        (WEIGHTS + "theft,many,A table,2020-01-01\n", 5),
        (WEIGHTS + "theft,-1,A table,2020-01-01\n", 5),
        (WEIGHTS + "theft,nan,A table,2020-01-01\n", 5),
        (WEIGHTS + "theft,5,,2020-01-01\n", 5),
        (WEIGHTS + "theft,5,A table,yesterday\n", 5),
        (WEIGHTS + "assault,5,A table,2020-01-01\n", 5),
    ],
)
def test_a_file_of_weights_that_cannot_be_used_says_where(wrong, row):
    with pytest.raises(BadWeights) as refused:
        read_weights(wrong.splitlines(), "x")

    assert refused.value.row == row
