"""Response times: the mean that the target is set on, and the percentiles it can hide.

Means with bias-corrected accelerated bootstrap intervals (Efron 1987), percentiles with intervals
from order statistics, the share within the target with Wilson's interval (1927), differences to
the nation by Welch (1947), and direct standardisation with fixed weights. Times are seconds
throughout.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

LONGEST = 6 * 3600.0
FEWEST_FOR_PERCENTILES = 20
PERCENTILES = (0.5, 0.8, 0.9)
FEWEST = 2
CHUNK = 4_000_000  # drawn numbers held at once
MANY = 50_000  # times, from which on the mean's interval is Student's: they agree, at no cost

Interval = tuple[float, float, float]


@dataclass(frozen=True)
class Cleaned:
    """`seconds` that can be times, and how many are left out: missing, negative, too long."""

    seconds: NDArray[np.float64]
    missing: int
    negative: int
    too_long: int


def cleaned(seconds: ArrayLike, longest: float = LONGEST) -> Cleaned:
    """Leave out what cannot be a response time, and count it. NaN is missing; any shape."""
    x = np.asarray(seconds, dtype=np.float64).reshape(-1)
    missing = ~np.isfinite(x)
    negative, too_long = x < 0, np.isfinite(x) & (x > longest)
    kept = x[~(missing | negative | too_long)]
    return Cleaned(kept, int(missing.sum()), int((negative & ~missing).sum()), int(too_long.sum()))


@dataclass(frozen=True)
class ResponseTimes:
    """`mean` and each of `percentiles` (None below 20 times) as (value, low, high); `within` the
    share at or below the target, likewise; `left_out` what could not be a time.
    """

    n: int
    mean: Interval
    percentiles: dict[float, Interval] | None
    within: Interval | None
    left_out: Cleaned


def response_times(
    seconds: ArrayLike,
    *,
    target: float | None = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> ResponseTimes:
    """Describe response times (n,) in seconds. Raises ValueError for fewer than two usable ones."""
    clean = cleaned(seconds)
    x = np.sort(clean.seconds)
    if x.size < FEWEST:
        message = "at least two usable times are needed"
        raise ValueError(message)
    many = x.size >= FEWEST_FOR_PERCENTILES
    percentiles = {q: percentile(x, q, level) for q in PERCENTILES} if many else None
    within = None if target is None else wilson(int((x <= target).sum()), x.size, level)
    if x.size > MANY:
        mean = _students_mean(x, level)
    else:
        mean = bca_mean(x, level=level, draws=draws, seed=seed)
    return ResponseTimes(int(x.size), mean, percentiles, within, clean)


def bca_mean(x: ArrayLike, *, level: float = 0.95, draws: int = 2000, seed: int = 0) -> Interval:
    """Mean with its BCa bootstrap interval, the same for the same seed."""
    values = np.asarray(x, dtype=np.float64)
    mean, apart = float(values.mean()), values - values.mean()
    squares = float(np.sum(apart**2))
    if squares == 0:
        return mean, mean, mean
    chance, each = np.random.default_rng(seed), max(1, CHUNK // values.size)
    sizes = [min(each, draws - done) for done in range(0, draws, each)]
    means = np.concatenate(
        [values[chance.integers(0, values.size, (k, values.size))].mean(axis=1) for k in sizes]
    )
    below = (np.sum(means < mean) + 0.5 * np.sum(means == mean)) / draws
    bias = float(stats.norm.ppf(min(max(below, 1 / draws), 1 - 1 / draws)))
    acceleration = float(np.sum(apart**3)) / (6 * squares**1.5)
    tails = stats.norm.ppf([(1 - level) / 2, (1 + level) / 2])
    at = stats.norm.cdf(bias + (bias + tails) / (1 - acceleration * (bias + tails)))
    low, high = np.quantile(means, at)
    return mean, float(low), float(high)


def _students_mean(x: NDArray[np.float64], level: float) -> Interval:
    mean, se = float(x.mean()), float(x.std(ddof=1)) / math.sqrt(x.size)
    reach = float(stats.t.ppf(0.5 + level / 2, x.size - 1)) * se
    return mean, mean - reach, mean + reach


def percentile(ordered: NDArray[np.float64], q: float, level: float = 0.95) -> Interval:
    """A percentile of sorted times and the interval between two of them: ranks from Bin(n, q)."""
    n = ordered.size
    low, high = stats.binom.ppf([(1 - level) / 2, (1 + level) / 2], n, q).astype(int)
    ends = ordered[max(0, low - 1)], ordered[min(n - 1, high)]
    return float(np.quantile(ordered, q)), float(ends[0]), float(ends[1])


def wilson(hits: int, n: int, level: float = 0.95) -> Interval:
    """A share with Wilson's interval. Raises ValueError where there is nothing to share."""
    if n < 1 or not 0 <= hits <= n:
        message = "a share needs at least one, and no more hits than tries"
        raise ValueError(message)
    z = float(stats.norm.ppf(0.5 + level / 2))
    share, scale = hits / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    reach = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return share, max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True)
class Comparison:
    """`difference` of means in seconds, their `ratio`, each (value, low, high); two-sided `p`."""

    difference: Interval
    ratio: Interval
    p: float


def compared(here: ArrayLike, elsewhere: ArrayLike, level: float = 0.95) -> Comparison:
    """Mean here against the mean elsewhere by Welch; the ratio's interval on the log scale.

    `elsewhere` leaves out what is here. Raises ValueError for fewer than two usable times a side.
    """
    a, b = cleaned(here).seconds, cleaned(elsewhere).seconds
    if min(a.size, b.size) < FEWEST:
        message = "at least two usable times on each side are needed"
        raise ValueError(message)
    va, vb = a.var(ddof=1) / a.size, b.var(ddof=1) / b.size
    difference, se = float(a.mean() - b.mean()), math.sqrt(va + vb)
    if se == 0:
        same = (difference,) * 3
        return Comparison(same, (float(a.mean() / b.mean()),) * 3, float(difference == 0))
    df = (va + vb) ** 2 / (va**2 / (a.size - 1) + vb**2 / (b.size - 1))
    reach = float(stats.t.ppf(0.5 + level / 2, df))
    log = math.log(a.mean() / b.mean())
    width = reach * math.sqrt(va / a.mean() ** 2 + vb / b.mean() ** 2)
    return Comparison(
        (difference, difference - reach * se, difference + reach * se),
        (math.exp(log), math.exp(log - width), math.exp(log + width)),
        float(2 * stats.t.sf(abs(difference) / se, df)),
    )


def against_fixed(seconds: ArrayLike, mean: float, level: float = 0.95) -> Comparison:
    """The mean against one that is known without error, a target or what a nation has published.

    Student's for one sample; the ratio's interval on the log scale. Raises ValueError for fewer
    than two usable times, and for a mean that is none.
    """
    x = cleaned(seconds).seconds
    if x.size < FEWEST or mean <= 0 or not x.any():
        message = "at least two usable times, not all of them nought, and a mean above nought"
        raise ValueError(message)
    own, se = float(x.mean()), error_of_mean(x)
    return known_against_fixed(own, se, int(x.size), mean, level)


def error_of_mean(seconds: ArrayLike) -> float:
    """The standard error of the mean of usable times (n,), n of 2 or more."""
    x = cleaned(seconds).seconds
    return float(x.std(ddof=1)) / math.sqrt(x.size)


def known_against_fixed(
    own: float, se: float, n: int, mean: float, level: float = 0.95
) -> Comparison:
    """The same of a mean of `n` times that is all that was kept of them, with its error `se`."""
    if n < FEWEST or own <= 0 or mean <= 0:
        message = "a mean of two times or more, and both means above nought"
        raise ValueError(message)
    difference, reach = own - mean, float(stats.t.ppf(0.5 + level / 2, n - 1))
    p = float(2 * stats.t.sf(abs(difference) / se, n - 1)) if se else float(difference == 0)
    width = reach * se / own
    return Comparison(
        (difference, difference - reach * se, difference + reach * se),
        (own / mean, own / mean * math.exp(-width), own / mean * math.exp(width)),
        p,
    )


def standardised(
    seconds: ArrayLike, stratum: ArrayLike, weights: Mapping[int, float], level: float = 0.95
) -> Interval:
    """The mean as it would be with a fixed mix of strata (priority class, geography).

    `seconds` and `stratum` (n,); `weights` of the strata, any scale. Raises ValueError where a
    weighted stratum has fewer than two usable times: its mean cannot be guessed.
    """
    mean, variance = _mixed(seconds, stratum, weights)
    reach = float(stats.norm.ppf(0.5 + level / 2)) * math.sqrt(variance)
    return mean, mean - reach, mean + reach


def compared_standardised(
    here: tuple[ArrayLike, ArrayLike], elsewhere: tuple[ArrayLike, ArrayLike],
    weights: Mapping[int, float], level: float = 0.95,
) -> Comparison:  # fmt: skip
    """Two means as they would be with one and the same mix of strata; sides are (seconds, stratum).

    By the normal, the ratio's interval on the log scale. Raises ValueError as `standardised` does,
    and where nobody waited at all.
    """
    (a, va), (b, vb) = _mixed(*here, weights), _mixed(*elsewhere, weights)
    if min(a, b) <= 0:
        message = "means above nought are needed"
        raise ValueError(message)
    difference, se = a - b, math.sqrt(va + vb)
    reach = float(stats.norm.ppf(0.5 + level / 2))
    p = float(2 * stats.norm.sf(abs(difference) / se)) if se else float(difference == 0)
    log, width = math.log(a / b), reach * math.sqrt(va / a**2 + vb / b**2)
    return Comparison(
        (difference, difference - reach * se, difference + reach * se),
        (a / b, math.exp(log - width), math.exp(log + width)),
        p,
    )


def _mixed(
    seconds: ArrayLike, stratum: ArrayLike, weights: Mapping[int, float]
) -> tuple[float, float]:
    """The mean with that mix, and its variance."""
    x, group = np.asarray(seconds, dtype=np.float64), np.asarray(stratum)
    whole, mean, variance = sum(weights.values()), 0.0, 0.0
    for name, weight in weights.items():
        times = cleaned(x[group == name]).seconds
        if times.size < FEWEST:
            message = f"stratum {name} has fewer than two usable times"
            raise ValueError(message)
        share = weight / whole
        mean += share * float(times.mean())
        variance += share**2 * float(times.var(ddof=1)) / times.size
    return mean, variance


def first_arrivals(call: ArrayLike, seconds: ArrayLike) -> NDArray[np.float64]:
    """The time of the first arriving unit of each call: the least usable one. Shape (calls,).

    `call` and `seconds` (n,); a call without a usable time is NaN, and so is counted as missing.
    """
    x = np.asarray(seconds, dtype=np.float64)
    usable = np.isfinite(x) & (x >= 0) & (x <= LONGEST)
    names, place = np.unique(np.asarray(call), return_inverse=True)
    first = np.full(names.size, np.inf)
    np.minimum.at(first, place.reshape(-1)[usable], x[usable])
    return np.where(np.isfinite(first), first, np.nan)
