"""Gain, and what moved next door: the weighted displacement difference and quotient.

WDD: Wheeler & Ratcliffe 2018, doi:10.1186/s40163-018-0085-5. WDQ: Bowers & Johnson 2003.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats


@dataclass(frozen=True)
class WeightedDifference:
    """Incidents more or (negative) fewer than without it, with interval and two-sided p."""

    difference: float
    se: float
    low: float
    high: float
    p: float


def wdd(
    target: tuple[float, float],
    control: tuple[float, float],
    *,
    around: tuple[float, float] | None = None,
    around_control: tuple[float, float] | None = None,
    dispersion: float = 1.0,
    level: float = 0.95,
) -> WeightedDifference:
    """(T1 − T0) − (C1 − C0), and the same for the surroundings where they are given.

    Each pair is (before, after). The standard error is √(φ · sum of all counts). Raises ValueError
    for negative counts, or surroundings without a control of their own.
    """
    if (around is None) != (around_control is None):
        message = "surroundings are compared with surroundings of the control"
        raise ValueError(message)
    pairs = [target, control, around or (0, 0), around_control or (0, 0)]
    counts = np.array(pairs, dtype=np.float64)
    if np.any(counts < 0):
        message = "counts are 0 or more"
        raise ValueError(message)
    change = counts[:, 1] - counts[:, 0]
    difference = float(change[0] - change[1] + change[2] - change[3])
    se = math.sqrt(dispersion * float(counts.sum()))
    reach = float(stats.norm.ppf(0.5 + level / 2)) * se
    p = float(2 * stats.norm.sf(abs(difference) / se)) if se else 1.0
    return WeightedDifference(difference, se, difference - reach, difference + reach, p)


@dataclass(frozen=True)
class Quotient:
    """WDQ with a bootstrap interval: above 0 the gain spread, below it some moved, below −1 more
    moved than was won. `value` is None when the target did not improve: there was nothing to move.
    """

    value: float | None
    low: float | None
    high: float | None


def wdq(
    target: tuple[float, float],
    around: tuple[float, float],
    control: tuple[float, float],
    *,
    draws: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Quotient:
    """(B1/C1 − B0/C0) / (A1/C1 − A0/C0): A target, B around it, C control; pairs (before, after).

    There is no standard error, so the interval is a Poisson bootstrap of the six counts, seeded.
    Raises ValueError where the control is empty.
    """
    counts = np.array([target, around, control], dtype=np.float64)
    if np.any(counts < 0) or np.any(counts[2] == 0):
        message = "counts are 0 or more, and the control has some before and after"
        raise ValueError(message)
    value, gain = _quotient(counts[None])
    if not gain[0] < 0:
        return Quotient(None, None, None)
    drawn = np.random.default_rng(seed).poisson(counts, size=(draws, 3, 2)).astype(np.float64)
    drawn = drawn[np.all(drawn[:, 2] > 0, axis=1)]
    values, gains = _quotient(drawn)
    tail = (1 - level) / 2
    low, high = np.quantile(values[gains != 0], [tail, 1 - tail])
    return Quotient(float(value[0]), float(low), float(high))


def _quotient(counts: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """WDQ and the target's own change, for counts of shape (n, 3, 2)."""
    table = np.asarray(counts, dtype=np.float64)
    shares = table[:, :2] / table[:, 2:]
    change = shares[:, :, 1] - shares[:, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        return change[:, 1] / change[:, 0], change[:, 0]
