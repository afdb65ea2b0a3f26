"""When and where it gathers: hours of the week, clusters, concentration, and how well a map
predicts.

Aoristic weights (Ratcliffe 2002); Gi* (Ord & Getis 1995) with Benjamini & Hochberg (1995);
concentration (Weisburd 2015) and the generalised Gini for few events (Bernasco & Steenbeek 2017);
the prediction accuracy index (Chainey, Tompson & Uhlig 2008), scored on the period that follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, stats

from samrad.analysis.families import adjusted

DAY, DAYS = 24, 7
WEEK = DAY * DAYS

Floats = NDArray[np.float64]


def hours_of_the_week(start: ArrayLike, end: ArrayLike) -> tuple[Floats, int]:
    """Incidents by weekday and hour, (7, 24), each spread evenly over the time it may have
    happened.

    `start`, `end` (n,) in hours since a Monday at midnight, fractions allowed; equal where the
    moment is known. Returns the matrix and how many were left out: no time, end before start, or a
    span above a week, which says nothing of the hour. The matrix sums to what was kept.
    """
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    kept = np.isfinite(a) & np.isfinite(b) & (b >= a) & (b - a <= WEEK)
    a, b = a[kept], b[kept]
    first = np.floor(a)
    hours = np.zeros(WEEK)
    spans = b - a
    for step in range(int(np.max(np.ceil(b) - first, initial=0)) + 1):
        hour = first + step
        overlap = np.clip(np.minimum(b, hour + 1) - np.maximum(a, hour), 0, 1)
        weight = np.where(spans > 0, overlap / np.where(spans > 0, spans, 1), float(step == 0))
        hours += np.bincount((hour % WEEK).astype(int), weights=weight, minlength=WEEK)
    return hours.reshape(DAYS, DAY), int((~kept).sum())


@dataclass(frozen=True)
class HotSpots:
    """`z` of Gi* and one-sided `p` (n,), and which are `hot` with a false discovery rate of at
    most q.
    """

    z: Floats
    p: Floats
    hot: NDArray[np.bool_]


def gi_star(values: ArrayLike, neighbours: Any, q: float = 0.10) -> HotSpots:
    """Places whose surroundings, themselves included, hold more than their share.

    `values` (n,); `neighbours` (n, n) weights, sparse or not, the diagonal is set to 1. A map
    without any differences has no hot spots. Raises ValueError where the shapes do not agree.
    """
    x = np.asarray(values, dtype=np.float64)
    w = sparse.lil_matrix(neighbours, dtype=np.float64)
    if w.shape != (x.size, x.size):
        message = "a row and a column of neighbours for each place"
        raise ValueError(message)
    w.setdiag(1.0)
    w = w.tocsr()
    n, spread = x.size, float(x.std())
    sums, squares = np.asarray(w.sum(axis=1)).ravel(), np.asarray(w.power(2).sum(axis=1)).ravel()
    room = np.sqrt(np.maximum(n * squares - sums**2, 0) / max(1, n - 1)) * spread
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(room > 0, (w @ x - x.mean() * sums) / room, 0.0)
    p = stats.norm.sf(z)
    return HotSpots(z, p, adjusted(p) <= q)


def places_with(counts: ArrayLike, share: float = 0.5) -> float:
    """The part of all places (empty ones included) that holds this share of the incidents."""
    y = np.sort(np.asarray(counts, dtype=np.float64))[::-1]
    if y.size == 0 or y.sum() <= 0:
        return 0.0
    reached = np.cumsum(y) >= share * y.sum() - 1e-9
    return float(np.argmax(reached) + 1) / y.size


def gini(counts: ArrayLike) -> float:
    """The generalised Gini: 0 where incidents lie as evenly as so few can, 1 in one place.

    `counts` (n,) incidents a place. With fewer incidents than places an ordinary Gini is high by
    necessity; this one is not. 0 where nothing happened.
    """
    y = np.sort(np.asarray(counts, dtype=np.float64))
    n, c = y.size, float(y.sum())
    if n == 0 or c <= 0:
        return 0.0
    weighted = 2 * float(np.sum(np.arange(1, n + 1) * y / c)) - n - 1
    return max(1 / c, 1 / n) * weighted - max(n / c, 1.0) + 1


def prediction_accuracy(hot: ArrayLike, area: ArrayLike, following: ArrayLike) -> float:
    """PAI: the share of the next period's incidents in the hot places over their share of the area.

    `hot` (n,) booleans from one period, `area` (n,), `following` (n,) counts of the period after
    it. NaN where nothing followed or nothing is hot.
    """
    marked, size = np.asarray(hot, dtype=np.bool_), np.asarray(area, dtype=np.float64)
    counts = np.asarray(following, dtype=np.float64)
    part = size[marked].sum() / size.sum()
    if part == 0 or counts.sum() == 0:
        return float("nan")
    return float(counts[marked].sum() / counts.sum() / part)
