"""One place over time: did the level or the slope break when the measure came?

Interrupted time series (Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098): quasi-Poisson
with level, slope, two harmonics of the year and the population as offset; standard errors after
Newey & West (1987), because months resemble their neighbours. How long the series is decides how
much its result may be trusted, and that is said with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from samrad.analysis import poisson

BEFORE_FOR_MODERATE, AFTER_FOR_MODERATE = 24, 12  # months
FEWEST_EACH_SIDE = 3
ITERATIONS = 50


class Strength(StrEnum):
    """How much a design can carry; the level of the Maryland scale in brackets."""

    WEAK = "weak"  # before and after in one place, short (2)
    MODERATE = "moderate"  # long enough on both sides, or areas to compare with (3)
    STRONG = "strong"  # many comparable areas, and they moved alike before (4)


@dataclass(frozen=True)
class Interrupted:
    """`level` and `slope` are ratios at the break and per period after it, each (ratio, low, high,
    p); `strength` what the length allows; `dispersion` φ.
    """

    level: tuple[float, float, float, float]
    slope: tuple[float, float, float, float]
    dispersion: float
    before: int
    after: int
    strength: Strength


def interrupted_series(
    counts: ArrayLike,
    start: int,
    *,
    population: ArrayLike | None = None,
    periods_per_year: int = 12,
    harmonics: int = 2,
    lags: int | None = None,
    level: float = 0.95,
) -> Interrupted:
    """Fit a level and a slope that change at period number `start` (0-based).

    `counts` (n,), `population` (n,) or none. `lags` of Newey–West: floor(4 (n/100)^(2/9)) unless
    given. Raises ValueError for fewer than 3 periods on a side, or fewer periods than there are
    terms.
    """
    y = np.asarray(counts, dtype=np.float64)
    after = y.size - start
    if min(start, after) < FEWEST_EACH_SIDE:
        message = "at least 3 periods on either side of the measure are needed"
        raise ValueError(message)
    x = _terms(y.size, start, periods_per_year, harmonics)
    if y.size <= x.shape[1] + 1 or y.sum() == 0:
        message = "too few periods, or nothing counted, for so many terms"
        raise ValueError(message)
    offset = np.zeros(y.size) if population is None else np.log(np.asarray(population, dtype=float))
    found = poisson.fit(y[None], x, offset=offset[None], tolerance=1e-12, most_rounds=ITERATIONS)
    beta, mu = found.coefficients[0], found.means[0]
    df = y.size - x.shape[1]
    phi = float(np.sum((y - mu) ** 2 / mu) / df)
    cover = newey_west(
        x, y, mu, math.floor(4 * (y.size / 100) ** (2 / 9)) if lags is None else lags
    )
    reach = float(stats.t.ppf(0.5 + level / 2, df))

    def told(term: int) -> tuple[float, float, float, float]:
        b, se = float(beta[term]), math.sqrt(float(cover[term, term]))
        ends = math.exp(b - reach * se), math.exp(b + reach * se)
        return math.exp(b), *ends, float(2 * stats.t.sf(abs(b) / se, df))

    months = 12 / periods_per_year
    long = start * months >= BEFORE_FOR_MODERATE and after * months >= AFTER_FOR_MODERATE
    strength = Strength.MODERATE if long else Strength.WEAK
    return Interrupted(told(2), told(3), phi, start, after, strength)


def _terms(n: int, start: int, per_year: int, harmonics: int) -> NDArray[np.float64]:
    """1, time, level, slope after, and the year's waves; as many as the periods carry."""
    t = np.arange(n, dtype=np.float64)
    columns = [np.ones(n), (t - start) / n, (t >= start).astype(float), np.maximum(0, t - start)]
    for k in range(1, min(harmonics, (per_year - 1) // 2) + 1):
        angle = 2 * np.pi * k * t / per_year
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def newey_west(
    x: NDArray[np.float64], y: NDArray[np.float64], mu: NDArray[np.float64], lags: int
) -> NDArray[np.float64]:
    """The coefficients' covariance with Bartlett weights, scaled by n / (n − p)."""
    n, p = x.shape
    bread = np.linalg.inv(x.T @ (x * mu[:, None]))
    scores = x * (y - mu)[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    return np.asarray(bread @ meat @ bread * n / (n - p))
