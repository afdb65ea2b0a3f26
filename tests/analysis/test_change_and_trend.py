"""Rate ratios, thirds of a year, and where it is heading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samrad.analysis.change import rate_ratio, tertial_change
from samrad.analysis.trend import mann_kendall, sen_slope, yearly_change

COUNTS = st.integers(0, 60).map(float)


def test_large_counts_are_compared_by_the_normal_interval():
    found = rate_ratio(
        np.array(150.0), np.array(100.0), exposure_after=2000.0, exposure_before=1000.0,
        dispersion=2.0,
    )  # fmt: skip

    error = np.sqrt(2 * (1 / 150 + 1 / 100))
    assert found.ratio == pytest.approx(0.75)
    assert found.error == pytest.approx(error)
    assert found.low == pytest.approx(0.75 * np.exp(-1.959963984540054 * error))
    assert not found.exact


def test_small_counts_are_compared_exactly():
    found = rate_ratio(np.array(7.0), np.array(2.0))
    by_scipy = stats.binomtest(7, 9).proportion_ci(method="exact")

    assert found.exact
    assert found.low == pytest.approx(by_scipy.low / (1 - by_scipy.low))
    assert found.high == pytest.approx(by_scipy.high / (1 - by_scipy.high))
    assert found.p == pytest.approx(stats.binomtest(7, 9).pvalue)


def test_from_none_to_some_has_no_upper_limit_and_none_at_all_says_nothing():
    found = rate_ratio(np.array([4.0, 0.0, 0.0]), np.array([0.0, 4.0, 0.0]))

    assert np.isinf(found.high[0])
    assert found.low[1] == 0
    assert np.isnan(found.ratio[2])
    assert np.isnan(found.p[2])


@given(COUNTS, COUNTS, st.floats(0.1, 10))
def test_turned_around_the_ratio_is_its_inverse(after, before, exposure):
    there = rate_ratio(np.array(after), np.array(before), exposure_after=exposure)
    back = rate_ratio(np.array(before), np.array(after), exposure_before=exposure)

    if after and before:
        assert there.ratio == pytest.approx(1 / back.ratio)
        assert there.low == pytest.approx(1 / back.high, rel=1e-6)
        assert there.p == pytest.approx(back.p, rel=1e-6)


@given(COUNTS, COUNTS)
def test_the_interval_holds_the_ratio_and_agrees_with_p(after, before):
    found = rate_ratio(np.array(after), np.array(before))

    if after + before:
        assert found.low <= found.ratio <= found.high or np.isinf(found.ratio)
        outside = not found.low <= 1 <= found.high
        assert (found.p < 0.05) == outside or found.p == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"dispersion": 0.5}, "dispersion"),
        ({"exposure_after": 0.0}, "exposures"),
        ({"confidence": 1.0}, "confidence"),
    ],
)
def test_what_has_no_ratio_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        rate_ratio(np.array(1.0), np.array(1.0), **wrong)


def thirds(level=40.0, growth=1.05, latest=1.0, years=5):
    """Thirds of a year that grow steadily, with a season, and a last one of its own."""
    back = np.arange(3 * years, -1, -1)
    whole_years = -(-back // 3)
    counts = level * growth ** (-whole_years) * np.array([1.0, 0.7, 1.4])[back % 3]
    counts[-1] *= latest
    return counts[None, :]


def test_a_third_that_follows_season_and_trend_has_not_changed():
    found = tertial_change(thirds())

    assert found.ratio == pytest.approx([1.0])
    assert found.low[0] < 1 < found.high[0]


def test_a_third_with_half_as_much_again_has():
    found = tertial_change(thirds(level=400, latest=1.5))

    assert found.ratio == pytest.approx([1.5])
    assert found.p[0] < 0.01


def test_three_years_are_enough_and_two_are_not():
    assert tertial_change(thirds(years=3)).ratio == pytest.approx([1.0])
    with pytest.raises(ValueError, match="3 years"):
        tertial_change(thirds(years=2))


def test_more_people_explain_more_offences():
    counts, people = thirds(growth=1.0), np.full((1, 16), 1000.0)
    counts[0, -1] *= 2
    people[0, -1] = 2000

    assert tertial_change(counts, exposure=people).ratio == pytest.approx([1.0])


def test_a_steady_growth_is_found_as_a_factor():
    counts = 30 * 1.08 ** np.arange(8)[None, :]

    found = yearly_change(np.vstack([counts, counts[:, ::-1], np.zeros((1, 8))]))

    assert found.ratio[:2] == pytest.approx([1.08, 1 / 1.08])
    assert np.isnan(found.ratio[2])


def test_mann_kendall_with_ties_is_kendalls_own_example():
    values = np.array([[1.0, 2, 2, 3, 3, 3, 4, 5]])

    found = mann_kendall(values)

    assert found.s[0] == 28 - 1 - 3
    assert found.variance[0] == pytest.approx((8 * 7 * 21 - 2 * 1 * 9 - 3 * 2 * 11) / 18)
    assert found.z[0] == pytest.approx(23 / np.sqrt(found.variance[0]))


@given(st.lists(st.integers(0, 9), min_size=3, max_size=15))
def test_ranks_agree_with_kendalls_tau_about_the_direction(values):
    found = mann_kendall(np.array([values], dtype=float))
    tau = stats.kendalltau(range(len(values)), values).statistic

    assert np.sign(found.s[0]) == (0 if np.isnan(tau) else np.sign(round(tau, 12)))
    assert 0 <= found.p[0] <= 1


@given(st.lists(st.integers(0, 50), min_size=3, max_size=12), st.integers(-5, 5))
def test_sens_slope_is_theil_and_sens_and_follows_a_straight_line(values, slope):
    time = np.arange(len(values))
    series = np.array([values], dtype=float)

    found = sen_slope(series)

    assert found[0] == pytest.approx(stats.theilslopes(values, time).slope)
    assert sen_slope(series + slope * time) == pytest.approx(found + slope)


def test_two_years_are_no_trend():
    for asked in (yearly_change, mann_kendall, sen_slope):
        with pytest.raises(ValueError, match="3 periods"):
            asked(np.ones((1, 2)))
