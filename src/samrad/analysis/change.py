"""Has it changed? Rate ratios of two periods, and a third of a year beside the same before.

McCullagh & Nelder 1989, ch. 6 (quasi-Poisson); Clopper & Pearson 1934, *Biometrika* 26:404, and
Przyborowski & Wilenski 1940, *Biometrika* 31:313 (the exact interval of a ratio of two counts).
Every function takes arrays of one shape, or that broadcast, and gives that shape.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from samrad.analysis import poisson
from samrad.analysis.poisson import Flags, Floats

SMALL = 10  # below this in either period the interval is exact
FEWEST_YEARS, MOST_YEARS = 3, 5
A_YEAR = 3  # thirds


@dataclass(frozen=True)
class Ratio:
    """A ratio with its interval; `p` is two-sided, against no change. NaN where unknown.

    `error` is the standard error of its logarithm, NaN where the interval is `exact`.
    """

    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    error: Floats
    exact: Flags


def rate_ratio(
    after: Floats,
    before: Floats,
    *,
    exposure_after: Floats | float = 1.0,
    exposure_before: Floats | float = 1.0,
    dispersion: Floats | float = 1.0,
    confidence: float = 0.95,
) -> Ratio:
    """(y₁/N₁) / (y₀/N₀), counts `after` by `before`, with exposures such as people × months.

    SE of the logarithm √(φ(1/y₁ + 1/y₀)), normal; with fewer than 10 in either period the
    interval is exact: y₁ of y₁ + y₀ is binomial with N₁/(N₁ + N₀) where nothing changed, and φ
    then has no say. No cases before: the upper limit is infinite. None at all: nothing is known.

    Raises ValueError for counts below 0, exposures not above 0, a dispersion below 1 or a
    confidence outside 0–1.
    """
    y1, y0, n1, n0, phi = np.broadcast_arrays(
        *(
            np.asarray(x, dtype=np.float64)
            for x in (after, before, exposure_after, exposure_before, dispersion)
        )
    )
    rules = {
        "counts are zero or more": (y1 >= 0).all() and (y0 >= 0).all(),
        "exposures are above zero": (n1 > 0).all() and (n0 > 0).all(),
        "a dispersion is 1 or more": (phi >= 1).all(),
        "a confidence lies between 0 and 1": 0 < confidence < 1,
    }
    broken = [rule for rule, holds in rules.items() if not holds]
    if broken:
        raise ValueError("; ".join(broken))
    some = y1 + y0 > 0
    exact = some & (np.minimum(y1, y0) < SMALL)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(some, (y1 / n1) / (y0 / n0), np.nan)
        error = np.where(exact | ~some, np.nan, np.sqrt(phi * (1 / y1 + 1 / y0)))
        reach = stats.norm.ppf((1 + confidence) / 2) * error
        normal = ratio * np.exp(-reach), ratio * np.exp(reach)
        p = 2 * stats.norm.sf(np.abs(np.log(ratio)) / error)
    low, high, p_exact = exact_interval(y1, y0, n1, n0, confidence)
    return Ratio(
        ratio, np.where(exact, low, normal[0]), np.where(exact, high, normal[1]),
        np.where(exact, p_exact, p), error, exact,
    )  # fmt: skip


def exact_interval(
    y1: Floats, y0: Floats, n1: Floats, n0: Floats, confidence: float
) -> tuple[Floats, Floats, Floats]:
    """Clopper–Pearson of y₁ among y₁ + y₀, as a ratio of rates; p is twice the smaller tail."""
    tail, total = (1 - confidence) / 2, y1 + y0
    share = n1 / (n1 + n0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(y1 > 0, stats.beta.ppf(tail, y1, y0 + 1), 0.0)
        high = np.where(y0 > 0, stats.beta.ppf(1 - tail, y1 + 1, y0), 1.0)
        scale = n0 / n1
        limits = scale * low / (1 - low), scale * high / (1 - high)
    up = stats.binom.sf(y1 - 1, total, share)
    down = stats.binom.cdf(y1, total, share)
    return *limits, np.minimum(1.0, 2 * np.minimum(up, down))


def tertial_change(
    counts: Floats,
    *,
    exposure: Floats | None = None,
    years: int = MOST_YEARS,
    confidence: float = 0.95,
) -> Ratio:
    """The latest third of a year beside the same third in the years before, (S,) each.

    `counts` (S, T): totals of thirds, oldest first, the judged one last; `exposure` of the same
    shape where people differ. Log-linear quasi-Poisson in third, yearly trend and "the latest",
    over the latest third and the `years` before it, all thirds: log μ = third + year + latest
    + log N. `ratio` is exp(latest): observed by what third and trend lead one to expect. Interval
    and p by Student's t with n - p degrees of freedom; φ at least 1. No case: NaN.

    Raises ValueError with fewer than three years before the latest third, or shapes that differ.
    """
    counts = np.asarray(counts, dtype=np.float64)
    years = min(years, MOST_YEARS, (counts.shape[1] - 1) // A_YEAR)
    if years < FEWEST_YEARS:
        message = f"a third of a year is compared with {FEWEST_YEARS} years before it or more"
        raise ValueError(message)
    used = A_YEAR * years + 1
    back = np.arange(used - 1, -1, -1)
    design = np.zeros((used, A_YEAR + 2))
    design[np.arange(used), back % A_YEAR] = 1
    design[:, A_YEAR] = -(back // A_YEAR) - (back % A_YEAR > 0)  # the year it lies back
    design[-1, A_YEAR + 1] = 1
    offset = None if exposure is None else np.log(np.asarray(exposure, dtype=float)[:, -used:])
    fit = poisson.fit(counts[:, -used:], design, offset=offset)
    return coefficient_ratio(fit, confidence, known=counts[:, -used:-1].sum(axis=1) > 0)


def coefficient_ratio(fit: poisson.Fit, confidence: float, *, known: Flags) -> Ratio:
    """exp of the last coefficient of each row, with Student's t."""
    value = fit.coefficients[:, -1]
    phi = np.fmax(1.0, fit.dispersion)
    error = np.sqrt(phi * fit.covariance[:, -1, -1])
    reach = stats.t.ppf((1 + confidence) / 2, fit.freedom) * error
    p = 2 * stats.t.sf(np.abs(value) / error, fit.freedom)
    with np.errstate(over="ignore"):
        told = np.exp(value), np.exp(value - reach), np.exp(value + reach), p, error
    ratio, low, high, p, error = (np.where(known, x, np.nan) for x in told)
    return Ratio(ratio, low, high, p, error, np.zeros(len(value), dtype=bool))
