"""How long it takes until somebody comes: the mean, what it hides, and what cannot be a time."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.analysis.response import (
    MANY,
    against_fixed,
    bca_mean,
    cleaned,
    compared,
    compared_standardised,
    error_of_mean,
    first_arrivals,
    known_against_fixed,
    percentile,
    response_times,
    standardised,
    wilson,
)
from tests.analysis.shared_data import DATA, needs_shared_data
from tests.support.examples import tries

FEW = [410.0, 655, 806, 807, 1200]


def test_what_cannot_be_a_time_is_left_out_and_counted():
    found = cleaned([300, -20, np.nan, 7 * 3600, 6 * 3600, np.inf])

    assert found.seconds.tolist() == [300, 21600]
    assert (found.missing, found.negative, found.too_long) == (2, 1, 1)


def test_a_mean_below_the_target_does_not_hide_the_slow_tenth():
    chance = np.random.default_rng(1)
    found = response_times(np.append(chance.normal(500, 60, 180), [3000.0] * 20), target=806)

    assert found.mean[0] < 806
    assert found.percentiles[0.9][2] > 806
    assert found.within[0] == pytest.approx(0.9)
    assert found.mean[1] < found.mean[0] < found.mean[2]


def test_percentiles_are_told_from_twenty_times_on():
    assert response_times(FEW).percentiles is None
    assert response_times(FEW * 4).percentiles is not None
    with pytest.raises(ValueError, match="at least two"):
        response_times([300, -1])


def test_wilsons_interval_is_the_textbooks():
    assert wilson(81, 263) == pytest.approx((0.3080, 0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 10)[1:] == pytest.approx((0, 0.2775), abs=5e-5)
    with pytest.raises(ValueError, match="at least one"):
        wilson(0, 0)


def test_the_bootstrap_gives_the_same_interval_for_the_same_seed():
    times = np.random.default_rng(2).exponential(600, 80)

    assert bca_mean(times, seed=4) == bca_mean(times, seed=4)
    mean, low, high = bca_mean(times)
    assert high - mean > mean - low  # long waits pull the upper end
    assert bca_mean([5.0, 5.0]) == (5, 5, 5)


def test_the_interval_of_a_median_covers_it_as_often_as_promised():
    chance = np.random.default_rng(3)
    covers = [
        low <= 600 * np.log(2) <= high
        for _, low, high in (
            percentile(np.sort(chance.exponential(600, 60)), 0.5) for _ in range(600)
        )
    ]

    assert 0.94 <= np.mean(covers) <= 0.99


def test_here_is_compared_with_the_nation_without_here():
    chance = np.random.default_rng(5)
    found = compared(chance.normal(638, 90, 300), chance.normal(537, 120, 900))

    assert found.difference[1] < 101 < found.difference[2]
    assert found.ratio[1] < 638 / 537 < found.ratio[2]
    assert found.p < 0.001
    assert compared([5, 5], [5, 5]).p == 1


def test_a_mix_of_more_urgent_calls_is_not_a_better_service():
    chance = np.random.default_rng(6)
    urgent, other = chance.normal(400, 30, 400), chance.normal(900, 30, 100)
    seconds, stratum = np.append(urgent, other), np.repeat([1, 2], [400, 100])

    mean, low, high = standardised(seconds, stratum, {1: 1, 2: 1})

    assert low < 650 < high
    assert mean > seconds.mean() + 100
    with pytest.raises(ValueError, match="stratum 3"):
        standardised(seconds, stratum, {1: 1, 3: 1})


def test_where_fewer_calls_are_urgent_nobody_is_slower_for_that():
    chance = np.random.default_rng(7)

    def calls(urgent: int, other: int) -> tuple[np.ndarray, np.ndarray]:
        times = np.append(chance.normal(400, 30, urgent), chance.normal(900, 30, other))
        return times, np.repeat([1, 2], [urgent, other])

    here, elsewhere = calls(100, 400), calls(900, 300)

    assert compared(here[0], elsewhere[0]).ratio[1] > 1.4
    mixed = compared_standardised(here, elsewhere, {1: 10, 2: 7})
    assert mixed.ratio[1] < 1 < mixed.ratio[2]
    assert mixed.p > 0.05
    with pytest.raises(ValueError, match="stratum 3"):
        compared_standardised(here, elsewhere, {1: 1, 3: 1})


def test_a_mean_that_is_all_that_was_kept_is_laid_beside_another_as_its_times_would_be():
    times = np.random.default_rng(8).normal(638, 90, 300)
    kept = known_against_fixed(float(times.mean()), error_of_mean(times), 300, 537)

    assert kept == against_fixed(times, 537)


def test_of_several_units_the_first_to_arrive_counts():
    found = first_arrivals([7, 7, 8, 8, 9], [500, 300, np.nan, -5, 60])

    assert found[[0, 2]].tolist() == [300, 60]
    assert np.isnan(found[1])


@given(st.lists(st.floats(), min_size=0, max_size=40))
@settings(max_examples=tries(200))
def test_whatever_is_written_down_nothing_is_lost_from_the_count(seconds):
    found = cleaned(seconds)

    assert found.seconds.size + found.missing + found.negative + found.too_long == len(seconds)


@needs_shared_data
def test_san_francisco():
    calls, seconds, impossible = [], [], 0
    path = DATA / "incidents/sf_fire_dispatch_20161231_20170107.csv.gz"
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            calls.append(int(row["Call Number"]))
            seconds.append(waited(row["Received DtTm"], row["On Scene DtTm"]))
            impossible += wrong_order(row)

    units, first = cleaned(seconds), first_arrivals(calls, seconds)

    assert first.size == 3560
    assert np.isfinite(first).sum() == 3429
    assert np.nanmedian(first) / 60 == pytest.approx(6.5, abs=0.05)
    assert np.median(units.seconds) / 60 == pytest.approx(7.4, abs=0.05)
    assert units.missing == pytest.approx(0.2 * len(seconds), rel=0.1)
    assert impossible > 0


ORDER = ("Received DtTm", "Entry DtTm", "Dispatch DtTm", "Response DtTm", "On Scene DtTm")


def moment(text: str) -> datetime | None:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p") if text else None  # noqa: DTZ007


def waited(received: str, arrived: str) -> float:
    start, end = moment(received), moment(arrived)
    return (end - start).total_seconds() if start and end else np.nan


def wrong_order(row: dict[str, str]) -> bool:
    """Whether something is said to have happened before what must come first."""
    times = [at for at in map(moment, (row[name] for name in ORDER)) if at]
    return times != sorted(times)


def test_a_mean_is_laid_beside_a_target_that_nobody_doubts():
    times = np.random.default_rng(8).normal(638, 90, 300)
    found = against_fixed(times, 806)

    assert found.ratio[1] < 638 / 806 < found.ratio[2] < 1
    assert found.difference[2] < 0
    assert found.p < 0.001
    assert against_fixed([5, 5], 5).p == 1
    with pytest.raises(ValueError, match="above nought"):
        against_fixed([0, 0], 806)


def test_with_very_many_times_the_interval_of_the_mean_is_students_and_hardly_another():
    times = np.random.default_rng(9).exponential(600, MANY + 1)
    _, low, high = response_times(times).mean

    assert (low, high) == pytest.approx(bca_mean(times, draws=400)[1:], abs=1.5)
