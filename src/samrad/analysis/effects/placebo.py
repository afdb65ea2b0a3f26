"""What areas without the measure show: intervals from placebos in space.

Every other area is treated as if it had had the measure and compared with the rest. Their spread
says how often chance, local history and recording alone give such a change; a test that trusts the
counts' own spread is too sure of itself in some kinds of offence (methods.md §6). The area's
log ratio is divided by its standard error, τ² of real differences between areas included, and set
against the placebos' in rank order, so that one in twenty is beyond the interval by chance at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_PLACEBOS = 19  # with fewer, no rank can be below one in twenty


@dataclass(frozen=True)
class Placebo:
    """`ratio` with interval `low`–`high` and rank `p`; how many `placebos`; `tau`: the real spread
    of log ratios between areas without the measure.
    """

    ratio: float
    low: float
    high: float
    p: float
    placebos: int
    tau: float
    log: float
    se: float


def placebo_in_space(
    before: ArrayLike,
    after: ArrayLike,
    treated: int,
    *,
    dispersion: ArrayLike | float = 1.0,
    level: float = 0.95,
) -> Placebo:
    """The relative rate ratio of one area against all others, with an interval from the others.

    `before`, `after` (areas,) counts; `treated` which area; `dispersion` φ, one or (areas,). Areas
    with no count at all are no placebos. Raises ValueError for fewer than 19 placebos.
    """
    logs, variances, usable = log_ratios(before, after, dispersion, treated)
    others = usable & (np.arange(usable.size) != treated)
    number = int(others.sum())
    if number < FEWEST_PLACEBOS:
        message = f"{number} areas to compare with; at least {FEWEST_PLACEBOS} are needed"
        raise ValueError(message)
    tau2 = between(logs[others], variances[others])
    scores = np.sort(np.abs(logs[others]) / np.sqrt(variances[others] + tau2))
    se = math.sqrt(float(variances[treated]) + tau2)
    log = float(logs[treated])
    rank = math.ceil(level * (number + 1)) - 1
    reach = (float(scores[rank]) if rank < number else math.inf) * se
    p = (1 + int(np.sum(scores >= abs(log) / se - 1e-12))) / (number + 1)
    with np.errstate(over="ignore"):
        low, high = math.exp(log - reach), float(np.exp(log + reach))
    return Placebo(math.exp(log), low, high, p, number, math.sqrt(tau2), log, se)


def log_ratios(
    before: ArrayLike, after: ArrayLike, dispersion: ArrayLike | float, treated: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Each area's log rate ratio against all others but the treated one, its variance, and whether
    it has any count; ½ is added to all counts, so that a zero does not make the rank."""
    y0, y1 = (np.asarray(one, dtype=np.float64) for one in (before, after))
    if y0.shape != y1.shape or y0.ndim != 1 or np.any(y0 < 0) or np.any(y1 < 0):
        message = "counts before and after are two equal rows of 0 or more"
        raise ValueError(message)
    keep = np.arange(y0.size) != treated
    rest0, rest1 = y0[keep].sum() - y0 * keep, y1[keep].sum() - y1 * keep
    logs = np.log(y1 + 0.5) - np.log(y0 + 0.5) - np.log(rest1 + 0.5) + np.log(rest0 + 0.5)
    sums = 1 / (y1 + 0.5) + 1 / (y0 + 0.5) + 1 / (rest1 + 0.5) + 1 / (rest0 + 0.5)
    return logs, np.asarray(dispersion, dtype=np.float64) * sums, (y0 + y1) > 0


def between(values: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    """τ² around zero by the method of Paule and Mandel: Σ v²/(s² + τ²) = n, found by halving."""

    def excess(tau2: float) -> float:
        return float(np.sum(values**2 / (variances + tau2))) - values.size

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1.0
    while excess(high) > 0:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2
