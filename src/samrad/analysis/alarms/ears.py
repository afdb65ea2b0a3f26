"""The fallback for short histories: EARS C1, C2 and C3.

Hutwagner, Thompson, Seeman & Treadwell 2003, *J Urban Health* 80(2 Suppl 1):i89. Seven periods are
enough; there is no season and no trend, so what rises every spring alarms every spring. Used only
where Farrington's method has less than three years to look at.

C1 = (y - mean)/sd over the 7 periods before; C2 the same, the 2 latest of them left out (C1's
window moved back by two); C3 = Σ of max(0, C2 - 1) over the judged period and the two before it.
Alarm: C1 or C2 above 3, C3 above 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from samrad.analysis.poisson import Flags, Floats, Whole

WINDOW, LAG, SUMMED = 7, 2, 3
LIMIT, LIMIT_C3 = 3.0, 2.0
LEAST_SPREAD = 0.5


@dataclass(frozen=True)
class Ears:
    """Statistics and alarms, (S, K) each, and the limits and p-values that go with C2.

    `p_high` and `p_low` are Student's t of the prediction with WINDOW - 1 degrees of freedom: an
    approximation, as counts are not normal.
    """

    c1: Floats
    c2: Floats
    c3: Floats
    alarm_c1: Flags
    alarm_c2: Flags
    alarm_c3: Flags
    expected: Floats
    upper: Floats
    lower: Floats
    p_high: Floats
    p_low: Floats


def ears(counts: Floats, at: Whole, *, least_spread: float | None = None) -> Ears:
    """C1–C3 for `counts` (S, T) at the places `at` (K,); NaN where a window is not complete.

    `least_spread`: the smallest standard deviation believed in. Where it is not given, that of a
    Poisson count with the window's mean, and not below ½: so that a window of zeros does not make
    an alarm of one case. 0 gives the statistics as published.

    Raises ValueError for counts below zero or places outside the series.
    """
    counts, at = np.asarray(counts, dtype=np.float64), np.asarray(at, dtype=np.int64)
    if (counts < 0).any() or (at.size and not 0 <= at.min() <= at.max() < counts.shape[1]):
        message = "counts are zero or more, and places are inside the series"
        raise ValueError(message)
    mean1, spread1 = window(counts, at, 0, least_spread)
    mean2, spread2 = window(counts, at, LAG, least_spread)
    observed = counts[:, at]
    c1, c2 = distance(observed, mean1, spread1), distance(observed, mean2, spread2)
    c3 = np.zeros_like(c2)
    for back in range(SUMMED):
        earlier = np.maximum(at - back, 0)
        mean, spread = window(counts, at - back, LAG, least_spread)
        c3 += np.maximum(0, distance(counts[:, earlier], mean, spread) - 1)
    place = c2 / np.sqrt(1 + 1 / WINDOW)
    return Ears(
        c1, c2, c3, c1 > LIMIT, c2 > LIMIT, c3 > LIMIT_C3, mean2, mean2 + LIMIT * spread2,
        np.maximum(0, mean2 - LIMIT * spread2), stats.t.sf(place, WINDOW - 1),
        stats.t.cdf(place, WINDOW - 1),
    )  # fmt: skip


def window(
    counts: Floats, at: Whole, lag: int, least_spread: float | None
) -> tuple[Floats, Floats]:
    """Mean and standard deviation (S, K) of the periods before each place."""
    places = at[:, None] - lag - np.arange(WINDOW, 0, -1)
    values = np.where(places < 0, np.nan, counts[:, np.maximum(places, 0)])
    mean, spread = values.mean(axis=2), values.std(axis=2, ddof=1)
    least = np.maximum(np.sqrt(mean), LEAST_SPREAD) if least_spread is None else least_spread
    return mean, np.maximum(spread, least)


def distance(observed: Floats, mean: Floats, spread: Floats) -> Floats:
    """How many standard deviations above the mean; none where nothing differs from anything."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (observed - mean) / spread
    return np.where((spread == 0) & (observed == mean), 0.0, found)
