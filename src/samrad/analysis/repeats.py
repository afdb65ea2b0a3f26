"""Addresses where it happens again, and places near which it happens again.

The rule: an address is flagged for month r with three incidents or more in months r − 2 … r. What
comes out points at homes; it is personal data and is never published. Near repeats: Knox 1964 in
bands of distance and days (Johnson et al. 2007; Ratcliffe & Rengert 2008), dates permuted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

MONTHS = 256  # of room for each address in a key; a span of months above 253 does not fit
INCIDENTS, WINDOW = 3, 3

Whole = NDArray[np.int64]


def flagged(
    address: ArrayLike, month: ArrayLike, *, last: int | None = None
) -> tuple[Whole, Whole]:
    """Every (address, month) for which the rule holds, sorted: two arrays of one length.

    `address` (n,) whole numbers of 0 or more, `month` (n,) counted from any start, at most 253
    apart; duplicates of one event are taken out before. `last` is the last month to be told of;
    when not given, the last with an incident. One sort of keys address · 256 + month, of 32 bits
    where they fit; O(n log n) and about four times the memory of the keys. Raises ValueError for
    what does not fit.
    """
    places, months = np.asarray(address), np.asarray(month)
    if places.shape != months.shape or places.ndim != 1:
        message = "an address and a month for each incident"
        raise ValueError(message)
    if places.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    start, end = int(months.min()), int(months.max())
    if end - start + WINDOW > MONTHS or int(places.min()) < 0 or int(places.max()) >= 2**54:
        message = "at most 253 months, and addresses of 0 or more"
        raise ValueError(message)
    narrow = (int(places.max()) + 2) * MONTHS < 2**32
    keys: NDArray[Any] = places.astype(np.uint32 if narrow else np.int64)
    np.multiply(keys, MONTHS, out=keys)
    np.add(keys, (months - start).astype(keys.dtype), out=keys)
    keys.sort()
    final = (end if last is None else last) - start
    return _told(keys, start, final)


def _told(keys: NDArray[Any], start: int, final: int) -> tuple[Whole, Whole]:
    """Sorted keys to flags: the third of three keys within two months flags up to two further
    ones.
    """
    reach = keys.dtype.type(WINDOW - 1)
    third = np.flatnonzero(keys[WINDOW - 1 :] <= keys[: 1 - WINDOW] + reach)
    latest, first = keys[third + WINDOW - 1].astype(np.int64), keys[third].astype(np.int64)
    parts = []
    for later in range(WINDOW):
        flag = latest + later
        parts.append(flag[(flag <= first + reach) & ((flag & (MONTHS - 1)) <= final)])
    flags = np.unique(np.concatenate(parts))
    return flags >> 8, (flags & (MONTHS - 1)) + start


@dataclass(frozen=True)
class Repeats:
    """Within the last twelve months: the share of incidents at addresses with two or more, the
    share of addresses that have two or more, and how many incidents and addresses there were.
    """

    of_incidents: float
    of_addresses: float
    incidents: int
    addresses: int


def repeat_share(address: ArrayLike, month: ArrayLike, at: int, months: int = 12) -> Repeats:
    """How much happens where it happened before, in the months up to `at`. Arrays of shape (n,)."""
    when = np.asarray(month)
    here = np.asarray(address)[(when <= at) & (when > at - months)]
    _, counts = np.unique(here, return_counts=True)
    again = counts[counts > 1]
    if counts.size == 0:
        return Repeats(0.0, 0.0, 0, 0)
    return Repeats(
        float(again.sum() / here.size), again.size / counts.size, int(here.size), int(counts.size)
    )


def time_to_repeat(
    address: ArrayLike, day: ArrayLike, end: float, horizon: int = 365
) -> NDArray[np.float64]:
    """The share of incidents followed by another at the same address within 1 … `horizon` days.

    Kaplan & Meier (1958): an incident near the `end` of the data is followed only as long as there
    are data. `address`, `day` (n,). Returns (horizon,).
    """
    where, when = np.asarray(address), np.asarray(day, dtype=np.float64)
    order = np.lexsort((when, where))
    where, when = where[order], when[order]
    followed = np.append(where[1:] == where[:-1], False)
    wait = np.where(followed, np.append(when[1:], end) - when, end - when)
    days = np.clip(np.ceil(wait), 1, horizon + 1).astype(np.int64)
    events = np.bincount(days[followed], minlength=horizon + 2)[: horizon + 2]
    leaving = np.bincount(days, minlength=horizon + 2)
    at_risk = wait.size - np.concatenate([[0], np.cumsum(leaving)[:-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        stay = np.where(at_risk > 0, 1 - events / np.maximum(at_risk, 1), 1.0)
    return np.asarray(1 - np.cumprod(stay)[1 : horizon + 1])


@dataclass(frozen=True)
class Knox:
    """Pairs in each band of distance (rows) and days (columns): `observed`, `expected` (mean of the
    permutations), `ratio`, and one-sided `p`."""

    observed: Whole
    expected: NDArray[np.float64]
    ratio: NDArray[np.float64]
    p: NDArray[np.float64]


def knox(
    points: ArrayLike,
    days: ArrayLike,
    *,
    distances: ArrayLike,
    spans: ArrayLike,
    permutations: int = 999,
    seed: int = 0,
) -> Knox:
    """Do incidents follow each other near in place and time more than chance has it?

    `points` (n, 2) in metres, `days` (n,); `distances` and `spans` are the upper ends of the
    bands, in rising order; a pair exactly at an end is within. p = (1 + permutations at least as
    high) / (1 + permutations). Raises ValueError for bands that do not rise.
    """
    places, when = np.asarray(points, dtype=np.float64), np.asarray(days, dtype=np.float64)
    near, soon = np.asarray(distances, dtype=np.float64), np.asarray(spans, dtype=np.float64)
    if np.any(np.diff(near) <= 0) or np.any(np.diff(soon) <= 0):
        message = "bands rise"
        raise ValueError(message)
    pairs = cKDTree(places).query_pairs(float(near[-1]), output_type="ndarray")
    apart = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    band = np.searchsorted(near, apart) * (soon.size + 1)

    def table(dates: NDArray[np.float64]) -> Whole:
        column = np.searchsorted(soon, np.abs(dates[pairs[:, 0]] - dates[pairs[:, 1]]))
        counts = np.bincount(band + column, minlength=near.size * (soon.size + 1))
        return counts[: near.size * (soon.size + 1)].reshape(near.size, -1)[:, :-1]

    observed, chance = table(when), np.random.default_rng(seed)
    total, higher = np.zeros(observed.shape), np.zeros(observed.shape)
    for _ in range(permutations):
        drawn = table(chance.permutation(when))
        total += drawn
        higher += drawn >= observed
    expected = total / permutations
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(expected > 0, observed / expected, np.nan)
    return Knox(observed, expected, ratio, (1 + higher) / (1 + permutations))
