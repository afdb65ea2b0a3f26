"""Whom a municipality may be compared with, and how far from them is far.

Nearest neighbours by Mahalanobis distance over robustly standardised features; funnel limits with
overdispersion (Spiegelhalter 2005, doi:10.1002/sim.1970); shrunk rates (Clayton & Kaldor 1987).
Indirect standardisation: observed over expected. A funnel rather than a league table. A ratio to
the group has an interval as wide as the group's own members are apart: Spiegelhalter's additive
spread between places, here in parts of the common rate, by moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from samrad.analysis.words import Question, Result

MAD_TO_SD = 1.4826
WINSORISED = 0.10
FEWEST_MEMBERS = 5  # below, nobody knows how far apart such municipalities are
SMALL = 10  # below, the interval is exact
SURE = 0.975

Floats = NDArray[np.float64]


def robust_z(features: ArrayLike) -> Floats:
    """Each column less its median, in robust deviations. (n, k); constant columns are 0."""
    x = np.asarray(features, dtype=np.float64)
    apart = x - np.nanmedian(x, axis=0)
    spread = MAD_TO_SD * np.nanmedian(np.abs(apart), axis=0)
    spread = np.where(spread > 0, spread, np.nanstd(x, axis=0))
    return np.asarray(np.where(spread > 0, apart / np.where(spread > 0, spread, 1), 0.0))


def similar(
    features: ArrayLike,
    which: int,
    *,
    country: ArrayLike | None = None,
    k: int = 10,
    pinned: ArrayLike = (),
) -> tuple[NDArray[np.int64], Floats]:
    """The k most similar municipalities, nearest first, and their distances; pinned ones come
    first.

    `features` (n, f): log population, density, share of young people and so on; a municipality
    with a missing feature is nobody's neighbour. `country` (n,) keeps to the same country;
    `pinned` are those an official group names. Raises ValueError where the municipality itself
    lacks a feature.
    """
    x = np.asarray(features, dtype=np.float64)
    there = np.all(np.isfinite(x), axis=1)
    if not there[which]:
        message = "a municipality with a missing feature has no similar ones"
        raise ValueError(message)
    if country is not None:
        there &= np.asarray(country) == np.asarray(country)[which]
    rows = np.flatnonzero(there)
    z = robust_z(x[rows])
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(z, rowvar=False)))
    apart = z - z[np.flatnonzero(rows == which)[0]]
    distance = np.full(x.shape[0], np.inf)
    distance[rows] = np.sqrt(np.maximum(0, np.einsum("ij,jk,ik->i", apart, inverse, apart)))
    first = [int(one) for one in np.asarray(pinned, dtype=np.int64) if one != which]
    others = [int(one) for one in np.argsort(distance, kind="stable")
              if one != which and one not in first and np.isfinite(distance[one])]  # fmt: skip
    chosen = np.array((first + others)[: max(k, len(first))], dtype=np.int64)
    return chosen, distance[chosen]


@dataclass(frozen=True)
class Funnel:
    """`ratio` observed over expected, its limits `low` and `high` (n,) at the level asked for,
    `phi`, and which municipalities lie `outside`.
    """

    ratio: Floats
    low: Floats
    high: Floats
    phi: float
    outside: NDArray[np.bool_]


def funnel(observed: ArrayLike, expected: ArrayLike, level: float = 0.998) -> Funnel:
    """Limits within which a municipality differs no more than chance and ordinary spread have it.

    `observed` and `expected` (n,) counts, expected above 0. Exact Poisson limits, widened by √φ; φ
    from z scores winsorised at 10 % so that the few that stand out do not hide themselves. Raises
    ValueError for expectations that are not positive.
    """
    y, e = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if y.shape != e.shape or np.any(e <= 0) or np.any(y < 0):
        message = "counts of 0 or more, and expectations above 0"
        raise ValueError(message)
    z = 2 * (np.sqrt(y) - np.sqrt(e))  # the variance of √Y is a quarter, whatever the mean
    ends = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = max(1.0, float(np.mean(np.clip(z, *ends) ** 2)))
    tail = (1 - level) / 2
    low = 1 - (1 - stats.poisson.ppf(tail, e) / e) * np.sqrt(phi)
    high = 1 + (stats.poisson.ppf(1 - tail, e) / e - 1) * np.sqrt(phi)
    ratio, low = y / e, np.maximum(0, low)
    return Funnel(ratio, low, high, phi, (ratio < low) | (ratio > high))


def expected_counts(counts: ArrayLike, population: ArrayLike) -> Floats:
    """What each would have at the common rates of its strata: (n,) from (n, strata)."""
    y, people = np.asarray(counts, dtype=np.float64), np.asarray(population, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(people.sum(axis=0) > 0, y.sum(axis=0) / people.sum(axis=0), 0.0)
    return np.asarray(people @ rate)


def shrunk_ratios(observed: ArrayLike, expected: ArrayLike) -> Floats:
    """(O + a) / (E + b): ratios of small municipalities drawn towards the common one. Shape (n,).

    a and b by moments. Where ratios differ no more than chance has it, all get the common ratio.
    """
    y, e = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    mean = float(y.sum() / e.sum())
    spread = float(np.sum(e * (y / e - mean) ** 2) / e.sum())
    between = spread - mean * y.size / float(e.sum())
    if between <= 0 or mean == 0:
        return np.full(y.shape, mean)
    b = mean / between
    return np.asarray((y + mean * b) / (e + b))


def against_group(
    count: float, people: float, counts: ArrayLike, peoples: ArrayLike
) -> Result | None:
    """One municipality's rate over the common rate of its group, without itself; None of too few.

    `counts` and `peoples` (m,) of the members, with people above 0; NaN where nothing is known,
    which leaves that member out. The rates of such municipalities have a spread τ² about their
    common one, by moments; the logarithm of the ratio has the variance 1/a + 1/b + τ²(1 + Σμ²/b²)
    and an interval by t with m − 1 degrees of freedom, so that a difference is clear only where it
    is larger than such municipalities differ among themselves. Fewer than 10 counted or expected:
    Clopper & Pearson of the counts, each over its own overdispersion 1 + τ²μ. `n` is what was
    counted here and what the group's rate would have here. Raises ValueError for counts below 0.
    """
    y, n = np.asarray(counts, dtype=np.float64), np.asarray(peoples, dtype=np.float64)
    known = np.isfinite(y) & (n > 0)
    if known.sum() < FEWEST_MEMBERS or not np.isfinite(count) or not people > 0:
        return None
    if count < 0 or np.any(y[known] < 0):
        message = "counts of 0 or more"
        raise ValueError(message)
    y, n = y[known], n[known]
    total, exposure = float(y.sum()), float(people / n.sum())
    if total + count == 0:
        return Result(Question.DIFFERENCE, 1.0, 0.0, np.inf, 1.0, 0)
    here = exposure * total
    ratio = count / here if total else np.inf
    spread, uneven = _spread(y, n), float(np.sum(n**2) / np.sum(n) ** 2)
    reach = float(stats.t.ppf(SURE, y.size - 1))
    if min(count, here, total) >= SMALL:
        error = float(np.sqrt(1 / count + 1 / total + spread * (1 + uneven)))
        low, high = ratio * np.exp(-reach * error), ratio * np.exp(reach * error)
        p = 2 * stats.t.sf(abs(np.log(ratio)) / error, y.size - 1)
    else:
        wider = (reach / float(stats.norm.ppf(SURE))) ** 2
        a = count / wider / (1 + spread * here)
        low, high, p = _exact(a, total / wider / (1 + spread * uneven * total), exposure)
        # Widened to where 95 % by t is; further out t is wider still.
        p = 2 * stats.t.sf(float(stats.norm.isf(p / 2)) * np.sqrt(wider), y.size - 1)
    return Result(Question.DIFFERENCE, ratio, float(low), float(high), float(p), int(count + here))


def _spread(y: Floats, n: Floats) -> float:
    """τ²: how far rates lie from the common one beyond chance, in parts of it; never below 0."""
    mean = n * y.sum() / n.sum()
    if not y.sum():
        return 0.0
    freedom = (y.size - 1) / y.size
    beyond = float(np.sum((y - mean) ** 2) / freedom - mean.sum())
    return max(0.0, beyond / float(np.sum(mean**2)))


def _exact(a: float, b: float, exposure: float) -> tuple[float, float, float]:
    """Between what the ratio of two small counts lies, and how likely one so far from 1 is."""
    share = exposure / (1 + exposure)
    low = stats.beta.ppf(1 - SURE, a, b + 1) if a else 0.0
    high = stats.beta.ppf(SURE, a + 1, b) if b else 1.0
    as_many = stats.beta.cdf(share, a, b + 1) if a else 1.0
    as_few = stats.beta.sf(share, a + 1, b) if b else 1.0
    odds = [one / (1 - one) / exposure if one < 1 else np.inf for one in (low, high)]
    return float(odds[0]), float(odds[1]), min(1.0, 2 * float(min(as_many, as_few)))
