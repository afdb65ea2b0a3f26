"""Whether it changed more where the measure was than elsewhere."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
import pytest

from samrad.analysis.effects import (
    baseline_months,
    dispersion,
    interrupted_series,
    placebo_in_space,
    placebos_everywhere,
    pool,
    ratio_of_periods,
    relative_rate_ratio,
    wdd,
    wdq,
)
from samrad.analysis.effects.series import Strength
from tests.analysis.shared_data import DATA, needs_shared_data


def test_the_worked_example():
    found = relative_rate_ratio(50, 30, 60, 55)

    assert found.ratio == pytest.approx(0.6545, abs=5e-5)
    assert found.low < 1 < found.high
    assert wdd((50, 30), (60, 55)).difference == -15
    assert wdd((50, 30), (60, 55)).se == pytest.approx(np.sqrt(195))


@needs_shared_data
def test_every_study_of_the_reference_comes_out_equal():
    months = defaultdict(list)
    with (DATA / "oracle/did_monthly.csv").open() as file:
        for row in csv.DictReader(file):
            months[row["study"]].append([float(row[key]) for key in ("y", "treated", "post")])
    with (DATA / "oracle/did_rate_ratio.csv").open() as file:
        for study in csv.DictReader(file):
            found = ratio_of_periods(*np.array(months[study["study"]]).T, floor=0)

            assert found.log == pytest.approx(float(study["log_rirr"]), abs=1e-9)
            assert found.dispersion == pytest.approx(float(study["dispersion"]), abs=1e-9)
            assert found.se == pytest.approx(float(study["se_quasi"]), abs=1e-9)
            assert found.p == pytest.approx(float(study["p_quasi_t"]), abs=1e-9)
            poisson = found.se / np.sqrt(found.dispersion)
            assert poisson == pytest.approx(float(study["se_poisson"]), abs=1e-9)


def test_periods_and_their_sums_say_the_same():
    chance = np.random.default_rng(3)
    treated, post = np.repeat([0, 0, 1, 1], 12), np.tile(np.repeat([0, 1], 12), 2)
    counts = chance.poisson(20, 48)
    phi, df = dispersion(counts, treated, post)
    sums = counts.reshape(4, 12).sum(axis=1)

    of_periods = ratio_of_periods(counts, treated, post)
    of_sums = relative_rate_ratio(sums[2], sums[3], sums[0], sums[1], dispersion=phi, df=df)

    assert of_periods.ratio == pytest.approx(of_sums.ratio, rel=1e-6)
    assert of_periods.p == pytest.approx(of_sums.p, rel=1e-4)


def test_nothing_counted_afterwards_is_not_an_infinite_effect():
    found = relative_rate_ratio(4, 0, 60, 55)

    assert found.corrected
    assert 0 < found.low < found.ratio < found.high
    with pytest.raises(ValueError, match="0 or more"):
        relative_rate_ratio(-1, 0, 3, 3)


def test_what_moved_next_door_is_weighed_against_the_gain():
    spread = wdq((100, 60), (80, 60), (200, 200))
    moved = wdq((100, 60), (80, 100), (200, 200))
    nothing = wdq((100, 110), (80, 100), (200, 200))

    assert spread.value == pytest.approx(0.5)
    assert moved.value == pytest.approx(-0.5)
    assert moved.low < moved.value < moved.high
    assert nothing.value is None
    assert wdd((50, 30), (60, 55), around=(40, 45), around_control=(50, 50)).difference == -10


def test_placebos_widen_the_interval_where_areas_differ_anyway():
    chance = np.random.default_rng(11)
    before = chance.poisson(200, 60)
    calm = chance.poisson(200, 60)
    restless = chance.poisson(200 * np.exp(chance.normal(0, 0.3, 60)))

    quiet = placebo_in_space(before, calm, 0)
    wild = placebo_in_space(before, restless, 0)

    assert wild.tau > 0.2 > quiet.tau
    assert np.log(wild.high / wild.low) > 2 * np.log(quiet.high / quiet.low)
    assert quiet.placebos == 59


def test_a_placebo_in_twenty_is_beyond_the_interval_and_no_more():
    chance = np.random.default_rng(2)
    before, after = chance.poisson(40, (2, 99)) * chance.integers(1, 5, 99)

    beyond = [
        not one.low <= 1 <= one.high
        for one in (placebo_in_space(before, after, area) for area in range(99))
    ]

    assert np.mean(beyond) <= 0.06
    with pytest.raises(ValueError, match="at least 19"):
        placebo_in_space(before[:10], after[:10], 0)


def test_a_real_fall_is_found_through_the_placebos():
    chance = np.random.default_rng(4)
    before, after = chance.poisson(300, (2, 80))
    after[7] = chance.poisson(180)

    found = placebo_in_space(before, after, 7)

    assert found.high < 1
    assert found.p == pytest.approx(1 / 80)


def series(months=72, start=40, level=1.0, seed=1):
    """Months with a season, and a level that changes."""
    t = np.arange(months)
    mean = 40 * np.exp(0.3 * np.sin(2 * np.pi * t / 12)) * np.where(t >= start, level, 1)
    return np.random.default_rng(seed).poisson(mean)


def test_a_series_that_breaks_shows_its_level():
    found = interrupted_series(series(level=0.6), 40)

    ratio, low, high, p = found.level
    assert low < 0.6 < high
    assert ratio < 0.75
    assert p < 0.001
    assert found.strength is Strength.MODERATE


def test_a_series_with_little_before_it_is_weak_evidence():
    assert interrupted_series(series(months=40, start=20), 20).strength is Strength.WEAK
    with pytest.raises(ValueError, match="at least 3 periods"):
        interrupted_series(series(), 1)


def test_a_population_that_grows_is_no_effect():
    people = np.linspace(10_000, 20_000, 72)
    counts = np.random.default_rng(9).poisson(people / 300)

    _, low, high, _ = interrupted_series(counts, 40, population=people).level

    assert low < 1 < high


def test_the_months_that_called_for_the_measure_are_no_baseline():
    months = np.arange(36)

    clean = baseline_months(months, alarms=[22, 23], start=24)
    short = baseline_months(months, alarms=[3, 4], start=6)

    assert clean.use.sum() == 22
    assert (clean.left_out, clean.warn) == (2, False)
    assert (short.use.sum(), short.warn) == (6, True)


def test_a_measure_after_an_alarm_does_not_look_good_by_itself():
    """Series of pure chance, each with a measure right after its highest quarter."""
    chance, naive, guarded = np.random.default_rng(6), [], []
    for _ in range(200):
        counts = chance.poisson(5, 48)
        peak = int(np.argmax(counts[12:36])) + 12
        after = counts[peak + 1 : peak + 13].mean()
        use = baseline_months(np.arange(48), [peak], peak + 1).use
        naive.append(after / counts[max(0, peak - 2) : peak + 1].mean())
        guarded.append(after / counts[use].mean())

    assert np.median(naive) < 0.8
    assert np.median(guarded) == pytest.approx(1, abs=0.08)


def test_measures_are_pooled_and_not_counted():
    logs, ses = [-0.3, -0.1, 0.05, -0.6], [0.1, 0.15, 0.2, 0.3]

    found = {method: pool(logs, ses, method=method) for method in ("DL", "REML", "PM")}

    for one in found.values():
        assert one.low < one.log < one.high
        assert one.next_low < one.low
    alike = pool([-0.2, -0.2001, -0.1999], [0.1, 0.1, 0.1], method="DL")
    assert alike.tau2 == 0
    assert alike.log == pytest.approx(-0.2, abs=1e-4)
    with pytest.raises(ValueError, match="at least two"):
        pool([0.1], [0.1])


def test_the_estimate_of_paule_and_mandel_solves_its_equation():
    y, v = np.array([-0.3, -0.1, 0.05, -0.9]), np.array([0.1, 0.15, 0.2, 0.1]) ** 2

    tau2 = pool(y, np.sqrt(v), method="PM").tau2

    w = 1 / (v + tau2)
    assert np.sum(w * (y - np.sum(w * y) / w.sum()) ** 2) == pytest.approx(3)


@pytest.mark.parametrize("seed", range(6))
def test_all_placebos_at_once_are_those_of_each_area_in_turn(seed: int):
    chance = np.random.default_rng(seed)
    areas = int(chance.integers(21, 90))
    before = chance.poisson(chance.gamma(0.5, 20, areas)).astype(float)
    after = chance.poisson(before * chance.gamma(8, 1 / 8, areas)).astype(float)
    spread = 1 + chance.random(areas)

    found = placebos_everywhere(before, after, nearest=40, dispersion=spread)

    assert len(found) == areas
    for area, one in enumerate(found):
        alone = placebo_in_space(before, after, area, dispersion=spread, nearest=40)
        assert (one.placebos, one.p) == (alone.placebos, pytest.approx(alone.p))
        assert (one.ratio, one.low, one.high, one.tau, one.se) == pytest.approx(
            (alone.ratio, alone.low, alone.high, alone.tau, alone.se)
        )


def test_all_at_once_too_few_to_compare_with_are_refused_as_well():
    with pytest.raises(ValueError, match="at least 19"):
        placebos_everywhere([3.0] * 10, [4.0] * 10, nearest=40)
