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
AREAS_AND_PERIODS = 2


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
    nearest: int | None = None,
    level: float = 0.95,
) -> Placebo:
    """The relative rate ratio of one area against all others, with an interval from the others.

    `before`, `after` (areas,) counts; `treated` which area; `dispersion` φ, one or (areas,), see
    `dispersion_beside`. `nearest` takes only so many placebos, those of most alike counts before:
    small places jump more. Areas with no count at all are no placebos. Raises ValueError for fewer
    than 19 placebos.
    """
    logs, variances, usable = log_ratios(before, after, dispersion, treated)
    others = usable & (np.arange(usable.size) != treated)
    if nearest is not None:
        others = _alike(np.asarray(before, dtype=np.float64), treated, others, nearest)
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


def placebos_everywhere(
    before: ArrayLike,
    after: ArrayLike,
    *,
    nearest: int,
    dispersion: ArrayLike | float = 1.0,
    level: float = 0.95,
) -> list[Placebo]:
    """`placebo_in_space` of every area in turn, all at once: the same but for rounding.

    Takes areas × areas of room, and areas × `nearest` of time. Raises ValueError as that does.
    """
    y0, y1 = (np.asarray(one, dtype=np.float64) for one in (before, after))
    _check(y0, y1)
    chosen, is_placebo = _all_alike(y0, y0 + y1 > 0, nearest)
    numbers = is_placebo.sum(axis=1)
    if numbers.min() < FEWEST_PLACEBOS:
        message = f"{numbers.min()} areas to compare with; at least {FEWEST_PLACEBOS} are needed"
        raise ValueError(message)
    spread = np.broadcast_to(np.asarray(dispersion, dtype=np.float64), y0.shape)
    rest0, rest1 = y0.sum() - y0, y1.sum() - y1
    logs, sums = _ratios(
        y0[chosen], y1[chosen],
        *(np.where(is_placebo, rest[:, np.newaxis] - side[chosen], 0.0)
          for rest, side in ((rest0, y0), (rest1, y1))),
    )  # fmt: skip
    own, own_sums = _ratios(y0, y1, rest0, rest1)
    variances = spread[chosen] * sums
    tau2 = _all_between(np.where(is_placebo, logs, 0.0), variances, numbers)
    scores = np.abs(logs) / np.sqrt(variances + tau2[:, np.newaxis])
    scores = np.sort(np.where(is_placebo, scores, np.inf), axis=1)
    se = np.sqrt(spread * own_sums + tau2)
    ranks = np.ceil(level * (numbers + 1)).astype(np.int64) - 1
    at_rank = scores[np.arange(y0.size), np.minimum(ranks, scores.shape[1] - 1)]
    reach = np.where(ranks < numbers, at_rank, np.inf) * se
    beyond = (scores >= (np.abs(own) / se - 1e-12)[:, np.newaxis]) & np.isfinite(scores)
    p = (1 + beyond.sum(axis=1)) / (numbers + 1)
    with np.errstate(over="ignore"):
        ratio, low, high = np.exp(own), np.exp(own - reach), np.exp(own + reach)
    columns = (ratio, low, high, p, numbers, np.sqrt(tau2), own, se)
    return [Placebo(*row) for row in zip(*(one.tolist() for one in columns), strict=True)]


def _all_alike(
    before: NDArray[np.float64], usable: NDArray[np.bool_], nearest: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each area (areas, nearest) those most like it in counts before, and which of them are."""
    size = np.log(before + 1)
    apart = np.abs(size - size[:, np.newaxis])
    apart[:, ~usable] = np.inf
    np.fill_diagonal(apart, np.inf)
    chosen = np.sort(np.argsort(apart, axis=1, kind="stable")[:, :nearest], axis=1)
    return chosen, np.isfinite(np.take_along_axis(apart, chosen, axis=1))


def _alike(
    before: NDArray[np.float64], treated: int, others: NDArray[np.bool_], nearest: int
) -> NDArray[np.bool_]:
    """Of the other areas, so many whose counts before are most like the treated one's."""
    apart = np.abs(np.log(before + 1) - np.log(before[treated] + 1))
    order = np.argsort(np.where(others, apart, np.inf), kind="stable")[:nearest]
    chosen = np.zeros(others.size, dtype=np.bool_)
    chosen[order] = True
    return np.asarray(chosen & others, dtype=np.bool_)


def dispersion_beside(before: ArrayLike, after: ArrayLike) -> NDArray[np.float64]:
    """φ of each area (areas,), at least 1, around the course that all areas together take.

    `before` and `after` (areas, periods). A season or a trend that all share is no spread. Raises
    ValueError with fewer than two periods a side, or nothing counted.
    """
    squares, df = 0.0, 0
    for side in (before, after):
        y = np.asarray(side, dtype=np.float64)
        if y.ndim != AREAS_AND_PERIODS or y.shape[1] < AREAS_AND_PERIODS or y.sum() <= 0:
            message = "areas with two periods or more a side, and something counted"
            raise ValueError(message)
        mean = np.outer(y.sum(axis=1), y.sum(axis=0) / y.sum())
        squares = squares + np.sum((y - mean) ** 2 / np.where(mean > 0, mean, 1), axis=1)
        df += y.shape[1] - 1
    return np.asarray(np.maximum(1.0, squares / df), dtype=np.float64)


def log_ratios(
    before: ArrayLike, after: ArrayLike, dispersion: ArrayLike | float, treated: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Each area's log rate ratio against all others but the treated one, its variance, and whether
    it has any count; ½ is added to all counts, so that a zero does not make the rank."""
    y0, y1 = (np.asarray(one, dtype=np.float64) for one in (before, after))
    _check(y0, y1)
    keep = np.arange(y0.size) != treated
    rest0, rest1 = y0[keep].sum() - y0 * keep, y1[keep].sum() - y1 * keep
    logs, sums = _ratios(y0, y1, rest0, rest1)
    return logs, np.asarray(dispersion, dtype=np.float64) * sums, (y0 + y1) > 0


def _check(y0: NDArray[np.float64], y1: NDArray[np.float64]) -> None:
    if y0.shape != y1.shape or y0.ndim != 1 or np.any(y0 < 0) or np.any(y1 < 0):
        message = "counts before and after are two equal rows of 0 or more"
        raise ValueError(message)


def _ratios(
    y0: NDArray[np.float64], y1: NDArray[np.float64],
    rest0: NDArray[np.float64], rest1: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Log rate ratios of counts against the rest, and the sums of what each count adds to φ."""
    logs = np.log(y1 + 0.5) - np.log(y0 + 0.5) - np.log(rest1 + 0.5) + np.log(rest0 + 0.5)
    sums = 1 / (y1 + 0.5) + 1 / (y0 + 0.5) + 1 / (rest1 + 0.5) + 1 / (rest0 + 0.5)
    return logs, sums


def between(values: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    """τ² around zero by the method of Paule and Mandel: Σ v²/(s² + τ²) = n, found by halving."""

    number = np.array([values.size])
    return float(_all_between(values[np.newaxis], variances[np.newaxis], number)[0])


def _all_between(
    values: NDArray[np.float64], variances: NDArray[np.float64], numbers: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The same of every row, of which `numbers` values count: what does not is a value of 0."""
    squares = values**2
    found = np.zeros(len(values))
    rows = np.flatnonzero(np.sum(squares / variances, axis=1) > numbers)
    squares, variances, numbers = squares[rows], variances[rows], numbers[rows]

    def is_low(tau2: NDArray[np.float64]) -> NDArray[np.bool_]:
        total = np.sum(squares / (variances + tau2[:, np.newaxis]), axis=1)
        return np.asarray(total > numbers, dtype=np.bool_)

    low, high = np.zeros(rows.size), np.ones(rows.size)
    while (more := is_low(high)).any():
        high[more] *= 2
    for _ in range(60):
        middle = (low + high) / 2
        more = is_low(middle)
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    found[rows] = (low + high) / 2
    return found
