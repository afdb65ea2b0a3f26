"""Farrington's method: equal to an independent program, and true to what it promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.analysis.alarms import MONTHLY, NAMED, QUARTERLY, WEEKLY, Settings, detect
from samrad.analysis.alarms.baseline import baseline_of, levels_of
from samrad.analysis.alarms.settings import from_words
from tests.analysis import reference


def constructed(series=6, periods=70, mean=4.0, seed=3):
    return np.random.default_rng(seed).poisson(mean, (series, periods)).astype(float)


def test_every_number_equals_the_reference():
    names, counts = reference.panel()
    rows = reference.rows_of(reference.DATA / "panel_farrington.csv")

    found = detect(counts, np.arange(156, 180), MONTHLY)

    largest = reference.differences(found, names, rows)
    assert reference.is_equal(largest), largest
    assert sum(row["alarm"] == "1" for row in rows) > 15


@pytest.mark.parametrize(
    "config", ["M_NOUF10", "M_NOSEAS", "M_POP", "M_MUAN", "M_DELTA", "quarterly"]
)
def test_other_settings_equal_the_reference_too(config):
    names, counts = reference.panel()
    names, counts = names[:10], counts[:10]
    population = np.arange(1, 181) * 100.0 * np.arange(1, 11)[:, None] + 20000
    rows = [
        row for row in reference.rows_of(reference.DATA / "variants.csv") if row["config"] == config
    ]

    found = detect(counts, np.arange(177, 180), NAMED[config], population=population)

    largest = reference.differences(found, names, rows)
    assert reference.is_equal(largest), largest


def test_weeks_equal_the_reference_too():
    names, counts = reference.panel("weekly.csv")
    rows = reference.rows_of(reference.DATA / "weekly_farrington.csv")

    found = detect(counts, np.arange(337, 340), WEEKLY)

    largest = reference.differences(found, names, rows)
    assert reference.is_equal(largest), largest


@pytest.mark.sources
def test_the_whole_reference_is_equal():
    folder = reference.oracle()
    assert folder is not None, "the reference outputs belong beside the source documents"
    rows = reference.rows_of(folder / "panel1000_farrington.csv.gz")
    counts = np.loadtxt(folder / "panel1000.csv.gz", delimiter=",")
    names = [f"p{number:04}" for number in range(1, len(counts) + 1)]

    months = detect(counts[:20], np.arange(156, 179), MONTHLY)
    latest = detect(counts, np.array([179]), MONTHLY)

    of_months = [row for row in rows if row["t"] != "180"]
    of_latest = [row for row in rows if row["t"] == "180"]
    assert (len(of_months), len(of_latest)) == (460, 1000)
    for found, told in ((months, of_months), (latest, of_latest)):
        largest = reference.differences(found, names, told)
        assert reference.is_equal(largest), largest


def test_the_year_is_compared_with_the_same_season_and_the_rest_is_cut_into_equal_parts():
    assert levels_of(MONTHLY).tolist() == [0, 0, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0]
    assert baseline_of(MONTHLY).lags.tolist() == list(range(61, 6, -1))
    assert baseline_of(QUARTERLY).lags.tolist() == list(range(20, 2, -1))
    assert np.bincount(levels_of(Settings(levels=3))).tolist() == [3, 5, 4]


@given(st.permutations(range(6)))
def test_in_another_order_the_series_are_judged_the_same(order):
    counts = constructed()

    found = detect(counts, np.array([68, 69]), MONTHLY)
    again = detect(counts[list(order)], np.array([68, 69]), MONTHLY)

    assert np.allclose(again.p_high, found.p_high[list(order)], atol=1e-12)
    assert np.array_equal(again.upper, found.upper[list(order)])


@given(st.integers(1, 40))
def test_how_many_are_computed_together_changes_nothing(rows_at_a_time):
    counts, at = constructed(), np.arange(64, 70)

    found = detect(counts, at, MONTHLY)
    again = detect(counts, at, MONTHLY, rows_at_a_time=rows_at_a_time)

    assert np.allclose(again.expected, found.expected, atol=1e-10)
    assert np.array_equal(again.alarm, found.alarm)


@pytest.mark.parametrize("chosen", [MONTHLY, NAMED["M_DELTA"], NAMED["M_MUAN"]])
def test_where_nothing_ever_happened_there_is_no_alarm(chosen):
    found = detect(np.zeros((3, 70)), np.array([69]), chosen)

    assert not found.alarm.any()
    assert not found.fall.any()


def test_per_head_a_town_that_doubles_may_have_twice_as_many():
    counts = np.tile(np.tile([8.0, 12.0], 35), (2, 1))
    population = np.full((2, 70), 1000.0)
    counts[:, 69], population[1, 69] = 24, 2000

    found = detect(counts, np.array([69]), NAMED["M_POP"], population=population)

    assert found.expected[1, 0] == pytest.approx(2 * found.expected[0, 0], rel=0.02)
    assert found.alarm[:, 0].tolist() == [True, False]


def test_a_fall_is_found_in_the_lower_tail():
    counts = constructed(mean=40)
    counts[2, 69] = 8

    found = detect(counts, np.array([69]), MONTHLY)

    assert found.fall[:, 0].tolist() == [False, False, True, False, False, False]
    assert found.p_low[2, 0] < 1e-4
    assert not found.alarm.any()


def test_a_past_outbreak_does_not_hide_the_next_one():
    counts = constructed(mean=4, seed=8)
    counts[:, 34], counts[:, 69] = 60, 20

    lessened = detect(counts, np.array([69]), MONTHLY)
    plain = detect(counts, np.array([69]), NAMED["M_MUAN"])

    assert lessened.alarm.all()
    assert not plain.alarm.any()


def test_a_month_nobody_reported_is_not_a_month_without_offences():
    counts = constructed(mean=10)
    missing = counts.copy()
    missing[:, 40:46] = np.nan
    missing[0, 69] = np.nan

    found = detect(missing, np.array([69]), MONTHLY)

    assert np.isnan(found.p_high[0, 0])
    assert not found.alarm[0, 0]
    assert (found.expected[1:] > 6).all()


@given(st.integers(0, 2**32), st.sampled_from([0.01, 0.3, 2, 40, 3000]))
def test_whatever_is_counted_probabilities_are_probabilities(seed, mean):
    chance = np.random.default_rng(seed)
    counts = chance.poisson(mean * chance.lognormal(0, 1.5, (20, 70))).astype(float)

    found = detect(counts, np.array([66, 69]), MONTHLY)

    for p in (found.p_high, found.p_low):
        assert ((p >= 0) & (p <= 1)).all()
    assert (found.lower <= found.upper).all()
    assert not (found.alarm & found.fall).any()
    assert (found.alarm <= found.enough).all()


def test_the_more_that_are_counted_the_less_probable():
    counts = np.repeat(constructed(series=1, mean=20), 60, axis=0)
    counts[:, 69] = np.arange(60)

    found = detect(counts, np.array([69]), MONTHLY)

    assert (np.diff(found.p_high[:, 0]) <= 0).all()
    assert (np.diff(found.p_low[:, 0]) >= 0).all()


@pytest.mark.parametrize(
    ("counts", "at", "says"),
    [
        (np.zeros((2, 70)), [60], "from place 61 to 69"),
        (np.zeros((2, 70)), [70], "from place 61 to 69"),
        (-np.ones((2, 70)), [65], "zero or more"),
        (np.zeros(70), [65], "series × periods"),
    ],
)
def test_what_cannot_be_judged_is_refused(counts, at, says):
    with pytest.raises(ValueError, match=says):
        detect(counts, np.array(at), MONTHLY)


def test_per_head_needs_somebody_there():
    population = np.ones((2, 70))
    population[1, 3] = 0

    for given_population in (None, population):
        with pytest.raises(ValueError, match="population"):
            detect(np.zeros((2, 70)), np.array([65]), NAMED["M_POP"], population=given_population)


@pytest.mark.parametrize(
    "wrong", [{"alpha": 0.7}, {"levels": 11}, {"half_window": 9}, {"power": "3"}, {"years": 0}]
)
def test_settings_that_mean_nothing_are_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)


def test_settings_are_understood_in_the_references_words():
    words = {"b": 5, "w": 3, "noPeriods": 10, "pastWeeksNotIncluded": 26, "limit54": [5, 4]}

    assert from_words(words, 52) == WEEKLY
    with pytest.raises(ValueError, match="no setting 'colour'"):
        from_words({"colour": 1}, 12)
    with pytest.raises(ValueError, match="'years' cannot be '5'"):
        from_words({"b": "5"}, 12)
