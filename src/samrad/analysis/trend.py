"""Where is it heading? The change per year, three ways.

Quasi-Poisson slope (McCullagh & Nelder 1989, ch. 6); the rank test of Mann 1945, *Econometrica*
13:245, and Kendall 1975, *Rank Correlation Methods* (with ties); the slope of Sen 1968, *JASA*
63:1379. Rows are series, columns years (or other periods), oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from samrad.analysis import poisson
from samrad.analysis.change import Ratio, coefficient_ratio
from samrad.analysis.poisson import Floats

FEWEST = 3


def yearly_change(
    counts: Floats, *, exposure: Floats | None = None, confidence: float = 0.95
) -> Ratio:
    """The factor by which `counts` (S, T) change from one period to the next, (S,) each.

    Log-linear quasi-Poisson, φ at least 1, Student's t with T - 2 degrees of freedom. `exposure`
    (S, T), people as a rule. A row without a case is NaN. Raises ValueError with fewer than three
    periods or shapes that differ.
    """
    counts = enough(counts)
    time = np.arange(counts.shape[1]) - (counts.shape[1] - 1) / 2
    design = np.column_stack([np.ones(time.size), time])
    offset = None if exposure is None else np.log(np.asarray(exposure, dtype=np.float64))
    fit = poisson.fit(counts, design, offset=offset)
    return coefficient_ratio(fit, confidence, known=counts.sum(axis=1) > 0)


@dataclass(frozen=True)
class RankTrend:
    """Mann–Kendall: `s`, the number of rises less the falls among all pairs; its `variance`;
    `z` with the correction for continuity; `p`, two-sided. (S,) each."""

    s: Floats
    variance: Floats
    z: Floats
    p: Floats


def mann_kendall(values: Floats) -> RankTrend:
    """Whether `values` (S, T) go one way: by the signs of all pairs, so of any shape of trend.

    Var(S) = [n(n-1)(2n+5) - Σ t(t-1)(2t+5)] / 18 over ties of t equal values. Assumes that one
    period does not depend on the one before. Raises ValueError with fewer than three periods.
    """
    values = enough(values)
    n = values.shape[1]
    earlier, later = np.triu_indices(n, 1)
    s = np.sign(values[:, later] - values[:, earlier]).sum(axis=1)
    # Σ over ties of t(t-1)(2t+5), as a sum over values: each has t equals, itself among them
    equals = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    ties = ((equals - 1) * (2 * equals + 5)).sum(axis=1)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    return RankTrend(s, variance, z, 2 * stats.norm.sf(np.abs(z)))


def sen_slope(values: Floats) -> Floats:
    """The median of the slopes between all pairs of periods, (S,), in values per period.

    Raises ValueError with fewer than three periods.
    """
    values = enough(values)
    earlier, later = np.triu_indices(values.shape[1], 1)
    slopes = (values[:, later] - values[:, earlier]) / (later - earlier)
    return np.asarray(np.median(slopes, axis=1))


def enough(values: Floats) -> Floats:
    """The values as numbers, if there are periods enough for a trend."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != len(("series", "periods")) or found.shape[1] < FEWEST:
        message = f"a trend is asked of series with {FEWEST} periods or more"
        raise ValueError(message)
    return found
