"""The separation guard and the tiers for small numbers and short histories."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samrad.analysis.alarms import MONTHLY, Method, detect_guarded, watch
from samrad.analysis.alarms.ears import LAG, ears, window
from samrad.analysis.alarms.guard import priors
from samrad.analysis.alarms.settings import WEEKLY, usual
from samrad.analysis.alarms.sums import detect_sums, settings_of_sums
from tests.analysis import reference

LATEST = np.array([69])


def quiet_season():
    """Twelve cases a year, none of them ever in the season that is judged."""
    counts = np.zeros((1, 70))
    counts[0, np.arange(70) % 12 == 2] = 12
    return counts


def drawn(mean, series=40, periods=70, seed=5):
    return np.random.default_rng(seed).poisson(mean, (series, periods)).astype(float)


def test_one_case_in_a_season_that_never_had_any_is_no_sensation():
    counts = quiet_season()
    counts[0, 69] = 1

    found, plain = detect_guarded(counts, LATEST, MONTHLY)

    assert plain.p_high[0, 0] < 1e-6
    assert found.p_high[0, 0] > 0.05
    assert found.method[0, 0] == Method.WITHOUT_SEASON


def test_where_next_to_nothing_happened_the_others_of_the_group_tell_what_to_expect():
    counts = np.vstack([drawn(0.4), np.zeros((1, 70))])
    counts[-1, 69] = 1

    found, _plain = detect_guarded(counts, LATEST, MONTHLY)

    assert found.method[-1, 0] == Method.PRIOR
    assert 0.01 < found.expected[-1, 0] < 0.4
    assert found.p_high[-1, 0] > 0.01


def test_a_group_learns_from_its_own_members_only():
    counts = np.vstack([drawn(3.0, 20), drawn(0.1, 20), np.zeros((2, 70))])
    often, seldom = np.repeat([0, 1], 20), np.array([0, 1])

    found, _plain = detect_guarded(counts, LATEST, MONTHLY, groups=np.concatenate([often, seldom]))

    assert found.expected[-2, 0] > 5 * found.expected[-1, 0]


@given(st.integers(0, 2**32), st.sampled_from([0.0, 0.003, 0.02, 0.1]))
def test_no_probability_rests_on_an_expectation_of_nothing(seed, mean):
    counts = np.random.default_rng(seed).poisson(mean, (30, 70)).astype(float)

    found, _plain = detect_guarded(counts, LATEST, MONTHLY)

    assert (found.expected > 1e-3).all()
    assert not found.alarm.any() or found.observed[found.alarm].min() > 1


def test_where_the_past_is_rich_the_guard_changes_nothing():
    counts = drawn(12.0)

    found, plain = detect_guarded(counts, LATEST, MONTHLY)

    for field in fields(found):
        same = getattr(found, field.name), getattr(plain, field.name)
        assert np.array_equal(*same, equal_nan=field.name not in {"method"}), field.name


def test_a_dispersion_from_fewer_than_ten_cases_is_that_of_the_others():
    counts = np.vstack([drawn(9.0) * 2, drawn(0.1, 1)])

    found, plain = detect_guarded(counts, LATEST, MONTHLY)

    assert found.pooled[:, 0].tolist() == [False] * 40 + [True]
    assert found.dispersion[-1, 0] >= np.median(plain.dispersion[:-1]) > 1.5


def test_what_the_guard_judged_equals_the_reference_where_the_guard_is_off():
    names, counts = reference.panel()
    rows = reference.rows_of(reference.DATA / "panel_farrington.csv")

    _found, plain = detect_guarded(counts, np.arange(156, 180), MONTHLY)

    assert reference.is_equal(reference.differences(plain, names, rows))


def test_a_prior_never_weighs_more_than_the_series_own_past():
    same = np.full((10, 1), 4.0)

    shape, rate = priors(same, np.full((10, 1), 55.0), np.zeros(10, dtype=int))

    assert (rate == 55).all()
    assert shape == pytest.approx(np.full((10, 1), 4.0))


def test_groups_must_be_as_many_as_series():
    with pytest.raises(ValueError, match="3 groups"):
        detect_guarded(np.zeros((2, 70)), LATEST, MONTHLY, groups=np.arange(3))


def test_few_cases_are_judged_four_months_at_a_time():
    counts = drawn(0.2, periods=76)
    counts[3, 72:] = [2, 2, 1, 2]

    found = detect_sums(counts, np.array([75]), MONTHLY)

    assert found.observed[3, 0] == 7
    assert found.alarm[3, 0]
    assert found.alarm.sum() == 1
    assert (found.method == Method.SUMS).all()


def test_sums_use_every_month_once_and_only_the_past():
    counts = np.zeros((1, 200))
    counts[0, 196:] = 1

    found = detect_sums(counts, np.array([199]), MONTHLY)

    assert found.observed[0, 0] == 4
    assert found.cases[0, 0] == 0


def test_sums_have_no_season_left_to_compare_with():
    by_months, by_weeks = settings_of_sums(MONTHLY, 4), settings_of_sums(WEEKLY, 4)

    assert (by_months.periods_per_year, by_months.window) == (3, 3)
    assert (by_weeks.periods_per_year, by_weeks.window) == (13, 13)


def test_sums_need_a_year_before_them():
    with pytest.raises(ValueError, match="no year of sums"):
        detect_sums(np.zeros((1, 12)), np.array([11]), MONTHLY)


def test_ears_equals_the_reference():
    _names, counts = reference.panel()
    rows = reference.rows_of(reference.DATA / "ears.csv")
    at = np.array([int(row["t"]) - 1 for row in rows])

    for name, lag in (("C1_upper", 0), ("C2_upper", LAG)):
        mean, spread = window(counts[:1], at, lag, 0.0)
        limit = mean + stats.norm.ppf(0.999) * spread
        assert np.allclose(limit[0], reference.column(rows, name), atol=1e-9)


def test_ears_adds_up_what_goes_on():
    counts = np.tile([4.0, 5, 6, 5, 4, 5, 6, 5], 3)[None, :]
    counts[0, 21:] = 9

    found = ears(counts, np.array([20, 21, 22, 23]), least_spread=0.0)

    assert (np.diff(found.c3[0]) > 0).all()
    assert found.alarm_c3[0].tolist() == [False, True, True, True]


def test_one_case_after_seven_quiet_periods_is_no_alarm_of_ears():
    counts = np.zeros((1, 12))
    counts[0, 11] = 1

    assert not ears(counts, np.array([11])).alarm_c2.any()
    assert np.isinf(ears(counts, np.array([11]), least_spread=0.0).c2).all()


def test_each_series_is_judged_by_what_its_history_allows():
    counts = np.vstack([drawn(8.0, 3, 90), drawn(0.1, 3, 90), drawn(8.0, 1, 90)])
    counts[-1, :70] = np.nan

    found = watch(counts, np.array([89]), MONTHLY).outcome

    assert found.method[:, 0].tolist() == ["farrington"] * 3 + ["sums"] * 3 + ["ears"]


def test_a_short_history_of_all_falls_back():
    found = watch(drawn(8.0, 5, 30), np.array([5, 29]), MONTHLY).outcome

    assert found.method[:, 0].tolist() == ["not_judged"] * 5
    assert found.method[:, 1].tolist() == ["ears"] * 5


def test_what_is_filtered_stays_in_the_family():
    counts = np.vstack([drawn(12.0, 200, 76, seed=1), np.zeros((300, 76))])
    counts[0, 75] = 60

    few = watch(counts[:200], np.array([75]), MONTHLY)
    many = watch(counts, np.array([75]), MONTHLY)

    assert many.survives[0, 0]
    assert many.rises[0, 0] == pytest.approx(few.rises[0, 0] * 500 / 200, rel=1e-6)


def test_what_was_named_beforehand_is_a_family_of_its_own():
    counts = drawn(12.0, 100)
    counts[0, 69] = 24
    named = np.arange(100) < 2

    found = watch(counts, LATEST, MONTHLY, named=named)

    assert found.named[0, 0] < found.rises[0, 0]
    assert np.isnan(found.named[2:]).all()


@pytest.mark.parametrize(("periods", "levels", "half"), [(12, 4, 1), (4, 4, 0), (52, 10, 3)])
def test_usual_settings_are_those_with_names(periods, levels, half):
    settings = usual(periods)

    assert (settings.levels, settings.half_window) == (levels, half)


@given(st.integers(1, 366))
def test_any_number_of_periods_a_year_has_usual_settings(periods):
    assert usual(periods).periods_per_year == periods
