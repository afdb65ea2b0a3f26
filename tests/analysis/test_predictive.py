"""Limits that count in what is only estimated ring as often as they say, with few years too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from samrad.analysis.alarms import MONTHLY, QUARTERLY, Settings, watch

SERIES = 1500


def rung(way: Settings, periods: int, *, mean: float, dispersion: float) -> tuple[float, float]:
    """The share of ordinary series with an alarm, and with a fall, in their latest period."""
    rng = np.random.default_rng(20261122)
    size = mean / (dispersion - 1)
    counts = rng.negative_binomial(size, 1 / dispersion, (SERIES, periods)).astype(float)
    found = watch(counts, np.array([periods - 1]), way).outcome
    return float(found.alarm.mean()), float(found.fall.mean())


@pytest.mark.parametrize(("way", "periods"), [(QUARTERLY, 40), (MONTHLY, 120)])
@pytest.mark.parametrize("mean", [10, 100])
def test_one_ordinary_figure_in_a_hundred_lies_outside(way, periods, mean):
    high, low = rung(replace(way, threshold="predictive"), periods, mean=mean, dispersion=2)

    assert 0.003 <= high <= 0.015
    assert low <= 0.015


def test_plain_limits_ring_far_more_often_when_years_are_few():
    assert rung(QUARTERLY, 40, mean=100, dispersion=2)[0] > 0.025


def test_the_limits_and_the_chances_say_the_same():
    rng = np.random.default_rng(7)
    counts = rng.poisson(20, (400, 40)).astype(float)
    found = watch(counts, np.array([39]), replace(QUARTERLY, threshold="predictive")).outcome

    above = found.observed > found.upper
    assert (above == (found.p_high < QUARTERLY.alpha))[found.method == "farrington"].all()
