"""The relative incidence rate ratio: how a place changed against how the others changed.

Wilson 2022, J Quant Criminol, doi:10.1007/s10940-021-09494-w. log RIRR = ln(T1 C0 / (T0 C1)), Var
= φ (1/T1 + 1/T0 + 1/C1 + 1/C0); T with the measure, C without, 0 before and 1 after. φ is the
spread of the periods' counts around their four means (Pearson χ² / df).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from samrad.analysis import poisson

GROUPS = 4


@dataclass(frozen=True)
class RateRatio:
    """`ratio` with its interval `low`–`high`; `log`, `se` on the log scale; two-sided `p`; `df` of
    t (inf: normal). `corrected` where a count was 0 and ½ was added to all four.
    """

    ratio: float
    low: float
    high: float
    log: float
    se: float
    p: float
    df: float
    dispersion: float
    corrected: bool


def relative_rate_ratio(
    t0: float,
    t1: float,
    c0: float,
    c1: float,
    *,
    dispersion: float = 1.0,
    df: float = math.inf,
    level: float = 0.95,
) -> RateRatio:
    """The change with the measure over the change without it, below 1 when it fell more there.

    Counts in equally long stretches for T and C (before and after may differ in length). Raises
    ValueError for negative counts, or a dispersion that is not positive.
    """
    counts = np.array([t0, t1, c0, c1], dtype=np.float64)
    if np.any(counts < 0) or not np.all(np.isfinite(counts)) or not dispersion > 0:
        message = "counts are 0 or more, and their dispersion is above 0"
        raise ValueError(message)
    corrected = bool(np.any(counts == 0))
    counts = counts + 0.5 * corrected
    log = float(np.log(counts[1]) - np.log(counts[0]) - np.log(counts[3]) + np.log(counts[2]))
    se = math.sqrt(dispersion * float(np.sum(1 / counts)))
    spread = stats.t(df) if math.isfinite(df) else stats.norm
    reach = float(spread.ppf(0.5 + level / 2)) * se
    return RateRatio(
        math.exp(log), math.exp(log - reach), math.exp(log + reach), log, se,
        float(2 * spread.sf(abs(log) / se)), df, dispersion, corrected,
    )  # fmt: skip


def ratio_of_periods(
    counts: ArrayLike,
    treated: ArrayLike,
    post: ArrayLike,
    *,
    floor: float = 1.0,
    level: float = 0.95,
) -> RateRatio:
    """The same from the counts of single periods, by regression: log E(y) = a + b T + c P + d T·P.

    Arguments as in `dispersion`. The t distribution has n − 4 degrees of freedom. With `floor` 0
    it is what R's `glm(family = quasipoisson)` gives, digit by digit; periods on the two sides may
    differ in number. Where one of the four sums is 0 it falls back on `relative_rate_ratio` with ½
    added.
    """
    y = np.asarray(counts, dtype=np.float64)
    t, after = np.asarray(treated, dtype=np.float64), np.asarray(post, dtype=np.float64)
    phi, df = dispersion(y, t, after, floor=floor)
    sums = np.bincount((2 * t + after).astype(np.int64), weights=y, minlength=GROUPS)
    if np.any(sums == 0):
        return relative_rate_ratio(
            sums[2], sums[3], sums[0], sums[1], dispersion=max(phi, 1.0), df=df, level=level
        )
    found = poisson.fit(y[None], np.column_stack([np.ones(y.size), t, after, t * after]))
    phi, log = max(floor, float(found.dispersion[0])), float(found.coefficients[0, -1])
    se = math.sqrt(phi * float(found.covariance[0, -1, -1]))
    reach = float(stats.t.ppf(0.5 + level / 2, df)) * se
    return RateRatio(
        math.exp(log), math.exp(log - reach), math.exp(log + reach), log, se,
        float(2 * stats.t.sf(abs(log) / se, df)), df, phi, corrected=False,
    )  # fmt: skip


def dispersion(
    counts: ArrayLike, treated: ArrayLike, post: ArrayLike, *, floor: float = 1.0
) -> tuple[float, int]:
    """φ and its degrees of freedom from the counts of single periods, around four means.

    All three of shape (n,): counts, and whether a row is of the place with the measure and of the
    time after. φ is at least `floor`: counts that happen to vary less than chance are no better
    evidence. Raises ValueError when a group is missing or no degrees of freedom are left.
    """
    y = np.asarray(counts, dtype=np.float64)
    group = 2 * np.asarray(treated, dtype=np.int64) + np.asarray(post, dtype=np.int64)
    sizes = np.bincount(group, minlength=GROUPS)
    df = int(y.size - GROUPS)
    if np.any(sizes == 0) or df < 1:
        message = "periods before and after, with and without the measure, are needed"
        raise ValueError(message)
    mean = (np.bincount(group, weights=y, minlength=GROUPS) / sizes)[group]
    there = mean > 0
    pearson = float(np.sum((y[there] - mean[there]) ** 2 / mean[there]))
    return max(floor, pearson / df), df
