"""How probable a count is, given what was expected and how far counts scatter.

A count with mean μ and variance φμ: negative binomial (size μ/(φ-1), probability 1/φ) where φ > 1,
else Poisson. Everything takes arrays of one shape and gives that shape.
"""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from samrad.analysis.poisson import Floats

JUST_ABOVE_ONE = 1e-9  # nearer to one, the negative binomial is the Poisson to all its digits


def size_of(mean: Floats, dispersion: Floats) -> Floats:
    """The size parameter; where there is no overdispersion, a number that is not used."""
    over = np.where(dispersion > 1 + JUST_ABOVE_ONE, dispersion - 1, 1.0)
    return np.asarray(np.maximum(mean, np.finfo(np.float64).tiny) / over)


def at_least(count: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """P(Y ≥ count): the regularised incomplete beta, or gamma, function. 1 for a count of 0."""
    some = np.maximum(count, 1.0)
    with np.errstate(invalid="ignore"):
        scattered = special.betainc(some, size_of(mean, dispersion), 1 - 1 / dispersion)
        found = np.where(dispersion > 1 + JUST_ABOVE_ONE, scattered, special.gammainc(some, mean))
    return np.asarray(np.where(count > 0, found, np.where(np.isnan(count), np.nan, 1.0)))


def at_most(count: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """P(Y ≤ count); 0 below 0."""
    next_one = np.maximum(count + 1, 1.0)
    with np.errstate(invalid="ignore"):
        scattered = special.betainc(size_of(mean, dispersion), next_one, 1 / dispersion)
        found = np.where(
            dispersion > 1 + JUST_ABOVE_ONE, scattered, special.gammaincc(next_one, mean)
        )
    return np.asarray(np.where(count < 0, 0.0, found))


def quantile(share: float, mean: Floats, dispersion: Floats) -> Floats:
    """The smallest count that the given share of counts does not exceed."""
    known = np.isfinite(mean) & np.isfinite(dispersion)
    over = known & (dispersion > 1 + JUST_ABOVE_ONE)
    under = known & ~over
    found = np.full(mean.shape, np.nan)
    found[over] = stats.nbinom.ppf(share, size_of(mean, dispersion)[over], 1 / dispersion[over])
    found[under] = special.pdtrik(share, mean[under]) if under.any() else found[under]
    found = np.maximum(np.ceil(found), 0)
    return _to_the_step(share, found, mean, dispersion)


def _to_the_step(share: float, found: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """One up or down where rounding put the answer beside the step of the distribution."""
    found = np.where(at_most(found, mean, dispersion) < share, found + 1, found)
    below = at_most(found - 1, mean, dispersion) >= share
    return np.asarray(np.where(below, found - 1, found))
