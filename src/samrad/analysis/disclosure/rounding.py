"""Small-count rounding: small inner cells become 0 or the base, and all totals are summed anew.

Heldal 2017; Langsrud & Heldal 2018 (Privacy in Statistical Databases). Additive by construction:
what is published is a table that could have been counted, and no published cell is 1 … base − 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samrad.analysis.disclosure.tables import Counts, Mask, Table

SWAPS_AT_MOST = 2_000
SMALLEST_BASE = 2
TIE = 1e-6


@dataclass(frozen=True)
class Rounded:
    """A rounded table: `inner` (inner,), `cells` (cells,), and which inner cells were `touched`."""

    inner: Counts
    cells: Counts
    touched: Mask
    base: int

    def off_by(self, table: Table, counts: ArrayLike) -> Counts:
        """Shown minus true for each published cell. Shape (cells,)."""
        return self.cells - table.totals(table.checked(counts))


def round_small(
    table: Table,
    counts: ArrayLike,
    *,
    base: int = 3,
    earlier: tuple[ArrayLike, Rounded] | None = None,
    seed: int | None = None,
) -> Rounded:
    """Round what must be rounded for no published cell to be 1 … base − 1.

    `counts` are the inner cells, any shape of the right size. `earlier` is an earlier release (its
    counts, what was shown): a cell whose count is the same is shown the same, so that comparing
    two releases tells nothing that one of them did not. Inner cells that nobody sees are left
    alone unless a published sum needs them. Raises ValueError for counts that are none and a base
    below 2.
    """
    if base < SMALLEST_BASE:
        message = "the base of rounding is at least 2"
        raise ValueError(message)
    true = table.checked(counts)
    kept = _kept(true, earlier, base)
    shown, touched = true.copy(), np.zeros(true.size, dtype=np.bool_)
    held = kept >= 0
    shown[held], touched[held] = kept[held], kept[held] != true[held]
    candidates = held.copy()
    lot = _Lot(seed, true.size)
    while True:
        totals = table.totals(shown)
        small = (totals > 0) & (totals < base)
        if not small.any():
            return Rounded(shown, totals, touched, base)
        reached = table.design.T @ small.astype(np.float64) > 0
        candidates |= reached & (true > 0) & (true < base)
        shown = _best(table, true, candidates, kept, base=base, lot=lot)
        touched = candidates & (shown != true)


def _kept(true: Counts, earlier: tuple[ArrayLike, Rounded] | None, base: int) -> Counts:
    """What an earlier release showed for small counts that stayed as they were; −1 elsewhere."""
    kept = np.full(true.size, -1, dtype=np.int64)
    if earlier is None:
        return kept
    then, rounded = np.asarray(earlier[0], dtype=np.int64).reshape(-1), earlier[1]
    if rounded.base != base:
        message = "a series keeps its base from release to release"
        raise ValueError(message)
    same = (then == true) & rounded.touched
    kept[same] = rounded.inner[same]
    return kept


class _Lot:
    """How far towards the next whole number to round up, and who goes first among equals."""

    def __init__(self, seed: int | None, size: int) -> None:
        chance = np.random.default_rng(seed)
        self.half = 0.5 if seed is None else float(chance.random())
        self.order = np.zeros(size) if seed is None else chance.uniform(0, TIE, size)

    def number(self, wanted: float) -> int:
        """A whole number beside the wanted one."""
        return math.floor(wanted + self.half)


def _best(
    table: Table, true: Counts, candidates: Mask, kept: Counts, *, base: int, lot: _Lot
) -> Counts:
    """The candidates at 0 or the base, the published sums as near to the truth as can be had."""
    shown = np.where(candidates, np.maximum(kept, 0), true)
    free = np.flatnonzero(candidates & (kept < 0))
    columns = table.design[:, free].T.tocsr()
    off = table.design @ (true - shown).astype(np.float64)
    missing = float((true - shown)[candidates].sum())
    wanted = min(free.size, max(0, lot.number(missing / base)))
    up = np.zeros(free.size, dtype=np.bool_)
    norms = np.sqrt(np.maximum(np.diff(columns.indptr), 1))
    for _ in range(wanted):
        score = np.where(up, -np.inf, (columns @ off) / norms + lot.order[free])
        _move(columns, off, int(np.argmax(score)), base)
        up[int(np.argmax(score))] = True
    _swap(columns, off, up, base)
    shown[free[up]] = base
    return shown


def _move(columns: Any, off: NDArray[np.float64], chosen: int, by: int) -> None:
    """Round one cell up (or, with a negative step, down) in the sums it belongs to."""
    cells = columns.indices[columns.indptr[chosen] : columns.indptr[chosen + 1]]
    off[cells] -= by


def _swap(columns: Any, off: NDArray[np.float64], up: Mask, base: int) -> None:
    """Exchange a cell that went up for one that went down as long as the squares get smaller."""
    for _ in range(SWAPS_AT_MOST):
        if up.all() or not up.any():
            return
        score = columns @ off
        rises = int(np.argmax(np.where(up, -np.inf, score)))
        falls = int(np.argmin(np.where(up, score, np.inf)))
        apart = (columns[rises] - columns[falls]).power(2).sum()
        if base * apart - 2 * (score[rises] - score[falls]) >= 0:
            return
        _move(columns, off, rises, base)
        _move(columns, off, falls, -base)
        up[rises], up[falls] = True, False
