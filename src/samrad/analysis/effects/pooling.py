"""Several measures of one kind, taken together; never by counting how many "worked".

DerSimonian–Laird, restricted maximum likelihood or Paule–Mandel for τ², and the interval of Hartung
and Knapp (2001; Knapp & Hartung 2003), which allows for τ² being an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

FEWEST = 2
CLOSE_ENOUGH = 1e-12


@dataclass(frozen=True)
class Pooled:
    """The mean `log` with `low`–`high`, `se`, two-sided `p`; `tau2` and `i2` (share of the spread
    that is real); `n` studies; `next_low`–`next_high`: where another such measure's true effect
    lies.
    """

    log: float
    low: float
    high: float
    se: float
    p: float
    tau2: float
    i2: float
    n: int
    next_low: float
    next_high: float


def pool(
    logs: ArrayLike,
    ses: ArrayLike,
    *,
    method: Literal["DL", "REML", "PM"] = "REML",
    level: float = 0.95,
) -> Pooled:
    """Pool log ratios (n,) with their standard errors (n,), t with n − 1 degrees of freedom.

    Raises ValueError for fewer than two studies, or standard errors that are not positive.
    """
    y, v = np.asarray(logs, dtype=np.float64), np.asarray(ses, dtype=np.float64) ** 2
    if y.size < FEWEST or y.shape != v.shape or np.any(v <= 0) or not np.all(np.isfinite(y)):
        message = "at least two results with standard errors above 0 are needed"
        raise ValueError(message)
    tau2 = {"DL": _dersimonian_laird, "REML": _reml, "PM": _paule_mandel}[method](y, v)
    w = 1 / (v + tau2)
    mean = float(np.sum(w * y) / np.sum(w))
    spread = float(np.sum(w * (y - mean) ** 2) / (y.size - 1))
    se = math.sqrt(spread / float(np.sum(w)))
    reach = float(stats.t.ppf(0.5 + level / 2, y.size - 1))
    p = float(2 * stats.t.sf(abs(mean) / se, y.size - 1)) if se else 1.0
    q = _cochran(y, v)
    i2 = max(0.0, (q - (y.size - 1)) / q) if q > 0 else 0.0
    beyond = float(stats.t.ppf(0.5 + level / 2, max(1, y.size - 2))) * math.sqrt(tau2 + se**2)
    return Pooled(mean, mean - reach * se, mean + reach * se, se, p, tau2, i2, int(y.size),
                  mean - beyond, mean + beyond)  # fmt: skip


def _cochran(y: NDArray[np.float64], v: NDArray[np.float64], tau2: float = 0.0) -> float:
    w = 1 / (v + tau2)
    return float(np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2))


def _dersimonian_laird(y: NDArray[np.float64], v: NDArray[np.float64]) -> float:
    w = 1 / v
    scale = float(np.sum(w) - np.sum(w**2) / np.sum(w))
    return max(0.0, (_cochran(y, v) - (y.size - 1)) / scale)


def _paule_mandel(y: NDArray[np.float64], v: NDArray[np.float64]) -> float:
    """τ² at which Cochran's Q is what it should be, by halving."""
    if _cochran(y, v) <= y.size - 1:
        return 0.0
    low, high = 0.0, 1.0
    while _cochran(y, v, high) > y.size - 1:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _cochran(y, v, middle) > y.size - 1 else (low, middle)
    return (low + high) / 2


def _reml(y: NDArray[np.float64], v: NDArray[np.float64]) -> float:
    """Restricted maximum likelihood by Fisher scoring, never below 0."""
    tau2 = _dersimonian_laird(y, v)
    for _ in range(200):
        w = 1 / (v + tau2)
        mean = np.sum(w * y) / np.sum(w)
        step = float(np.sum(w**2 * ((y - mean) ** 2 - v)) / np.sum(w**2) + 1 / np.sum(w))
        new = max(0.0, step)
        if abs(new - tau2) < CLOSE_ENOUGH:
            break
        tau2 = new
    return tau2
