"""Suppression: small cells are hidden, and so many others that sums do not give them away.

Each small cell gets a move: a change of inner cells, by the protection asked for, that leaves
every shown cell as it is. In a product table the move is a box with the cell in a corner
(Repsilber's hypercube), found by adding up costs for all boxes at once; where none leaves the sums
alone, the cheapest that hides the sums it disturbs as well. Elsewhere a linear programme finds the
cheapest move (Kelly, Golden & Assad 1992; Fischetti & Salazar 2001). What a move disturbs is
hidden. A second move that avoids cells of one keeps a person alone in such a cell from naming the
neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import linprog

from samrad.analysis.disclosure.audit import TOLERANCE, Audit, Move, audit
from samrad.analysis.disclosure.tables import Counts, Mask, Table

ZERO_COST = 8.0  # hiding a zero costs as much as hiding some thousands: readers guess zeros
REPAIRS = 25
CORNERS = 6  # of the inner cells of a sum, how many are tried as the corner of a box
UNPAYABLE = 1e9


class CannotBeProtected(ValueError):
    """What is already published leaves no way to protect a cell."""


@dataclass(frozen=True)
class Suppressed:
    """`hidden` and `primary` (cells,); `values` (cells,) with NaN where hidden; and the audit."""

    hidden: Mask
    primary: Mask
    values: NDArray[np.float64]
    audit: Audit
    threshold: int


def dominated(largest: ArrayLike, total: ArrayLike, share: float = 0.8) -> Mask:
    """Cells where one contributor has more than a share of the whole; both arrays of one shape."""
    part, whole = np.asarray(largest, dtype=np.float64), np.asarray(total, dtype=np.float64)
    return np.asarray((whole > 0) & (part > share * whole), dtype=np.bool_)


def suppress(
    table: Table,
    counts: ArrayLike,
    *,
    threshold: int = 3,
    protection: int | None = None,
    also: ArrayLike | None = None,
    hidden: ArrayLike | None = None,
    already_out: ArrayLike | None = None,
    start: Iterable[Move] = (),
    seed: int = 0,
) -> Suppressed:
    """Hide 0 < count < threshold (5 for sensitive offences) and what must be hidden with it.

    `protection` (the threshold when not given) is how far apart two values that fit must lie.
    `also` marks further cells to protect (see `dominated`), `hidden` cells that are hidden anyway,
    `already_out` cells that somebody has seen and that can no longer be hidden; all (cells,).
    `start` are moves to begin with. Raises CannotBeProtected where those leave no way out, and
    ValueError for counts that are none.
    """
    true = table.checked(counts)
    totals = table.totals(true)
    out = _mask(already_out, table.cells)
    primary = ((totals > 0) & (totals < threshold)) | _mask(also, table.cells)
    primary &= ~out
    work = _Work(table, true, primary | _mask(hidden, table.cells), out, protection or threshold)
    for move in start:
        work.use(move)
    for cell in np.flatnonzero(primary)[np.argsort(totals[primary], kind="stable")].tolist():
        work.protect(cell)
    found = work.audited(primary, seed)
    for _ in range(REPAIRS):
        if found.passed:
            break
        before = int(work.hidden.sum()), len(work.moves)
        for cell in found.under_protected.tolist():
            work.move(cell, ())
        for person, cell in found.insiders:
            work.move(cell, (person,))
        if before == (int(work.hidden.sum()), len(work.moves)):
            break  # nothing is left to hide
        found = work.audited(primary, seed)
    if not found.passed:
        message = f"{found.under_protected.size + len(found.insiders)} cells stay open"
        raise CannotBeProtected(message)
    return Suppressed(work.hidden, primary, np.where(work.hidden, np.nan, totals), found, threshold)


def _mask(marks: ArrayLike | None, size: int) -> Mask:
    if marks is None:
        return np.zeros(size, dtype=np.bool_)
    return np.asarray(marks, dtype=np.bool_).reshape(size)


class _Work:
    """A table on its way to being protected."""

    def __init__(
        self, table: Table, counts: Counts, hidden: Mask, out: Mask, protection: int
    ) -> None:
        self.table, self.counts, self.hidden, self.out = table, counts, hidden.copy(), out
        self.protection = protection
        self.totals = table.totals(counts)
        self.price = np.where(self.totals > 0, 1 + np.log1p(self.totals), ZERO_COST)
        self.own = table.own_cell()
        self.moves: list[Move] = []
        self.seen: dict[int, list[Counts]] = {}
        self.boxes = _Boxes(table, counts) if table.dimensions else None
        # For the programmes: sums of (change up − change down) = (sum up − sum down).
        self.sums = np.setdiff1d(np.arange(table.cells), self.own)
        eye, margins = sparse.identity(self.sums.size, format="csr"), table.design[self.sums]
        self.equal = sparse.hstack([margins, -margins, -eye, eye]).tocsc()

    def audited(self, primary: Mask, seed: int) -> Audit:
        """What the attacker finds now."""
        return audit(
            self.table, self.counts, self.hidden, primary,
            protection=self.protection, certificates=self.moves, seed=seed,
        )  # fmt: skip

    def protect(self, cell: int) -> None:
        """A move for the cell, and another one past whoever is alone in a cell of the first."""
        if not (there := self.seen.get(cell)):
            self.move(cell, ())
            there = self.seen.get(cell, [])
        lone = [set(one[(self.totals[one] == 1) & (one != cell)].tolist()) for one in there]
        if lone and (always := set.intersection(*lone)):
            self.move(cell, tuple(always))

    def move(self, cell: int, avoid: tuple[int, ...]) -> None:
        """Find the cheapest move that shifts the cell without the cells to avoid, and hide it."""
        cost = np.where(self.hidden, 0.01, self.price)
        cost[self.out & ~self.hidden] = np.inf
        cost[list(avoid)] = np.inf
        found = self.boxes.cheapest(cell, cost, self.protection) if self.boxes else None
        if found is None and self.boxes:
            found = self.boxes.further(cell, cost, self.protection)
        if found is None:
            found = self._by_programme(cell, cost)
        if found is None:
            return
        self.use(found)

    def use(self, found: Move) -> None:
        """Hide whatever a move disturbs; one that disturbs what was already seen is no use."""
        step = np.zeros(self.table.inner)
        step[found[0]] = found[1]
        changed = np.abs(self.table.design @ step)
        touched = np.flatnonzero(changed > TOLERANCE)
        if np.any(self.out[touched] & ~self.hidden[touched]):
            return
        self.hidden[touched] = True
        self.moves.append(found)
        for one in touched[changed[touched] > self.protection - TOLERANCE].tolist():
            self.seen.setdefault(one, []).append(touched)

    def _by_programme(self, cell: int, cost: NDArray[np.float64]) -> Move | None:
        """The cheapest move by linear programming: least Σ cost·|change| that lifts the cell."""
        sums, equal = self.sums, self.equal
        n, m = self.table.inner, sums.size
        inner_cost = np.where(self.own >= 0, cost[self.own], 0.0)
        lift = self.table.design[[cell]]
        above = -sparse.hstack([lift, -lift, sparse.csr_matrix((1, 2 * m))]).tocsr()
        prices = np.concatenate([inner_cost, inner_cost, cost[sums], cost[sums]])
        most = np.concatenate([np.full(n, np.inf), self.counts, np.full(2 * m, np.inf)])
        most[np.isinf(prices)] = 0
        found = linprog(
            np.where(np.isinf(prices), 0, prices), A_eq=equal, b_eq=np.zeros(m), A_ub=above,
            b_ub=[-float(self.protection)], bounds=np.column_stack([np.zeros(2 * (n + m)), most]),
            method="highs",
        )  # fmt: skip
        if found.status != 0:
            return None
        step = found.x[:n] - found.x[n : 2 * n]
        places = np.flatnonzero(np.abs(step) > TOLERANCE / 10)
        return places, step[places]


class _Boxes:
    """The boxes of a product table: one corner in the cell, the others beside it."""

    def __init__(self, table: Table, counts: Counts) -> None:
        self.shape = tuple(len(one.positions) for one in table.dimensions)
        self.leaves = table.shape
        self.inner = tuple(slice(0, size) for size in self.leaves)
        self.counts = counts.reshape(self.leaves)
        self.sums = [one.aggregation().toarray() for one in table.dimensions]
        self.leaves_of = [sparse.csr_matrix(sums.T) for sums in self.sums]
        self.alike = [_signatures(sums, len(one.leaves))
                      for sums, one in zip(self.sums, table.dimensions, strict=True)]  # fmt: skip

    def cheapest(self, cell: int, cost: NDArray[np.float64], by: int) -> Move | None:
        """The cheapest box that lifts this inner cell; None for a sum, or where there is none."""
        place = np.unravel_index(cell, self.shape)
        if any(at >= size for at, size in zip(place, self.leaves, strict=True)):
            return None
        if np.isinf(cost[cell]):
            return None
        prices = cost.reshape(self.shape)[self.inner]
        whole = np.zeros(self.leaves)
        for corner in product((False, True), repeat=len(place)):
            if not any(corner):
                continue
            index = tuple(slice(None) if away else slice(at, at + 1)
                          for away, at in zip(corner, place, strict=True))  # fmt: skip
            part = prices[index]
            if sum(corner) % 2:  # these corners go down, so they must hold enough
                part = np.where(self.counts[index] >= by, part, np.inf)
            whole = whole + part
        for axis, (alike, at) in enumerate(zip(self.alike, place, strict=True)):
            apart = (alike != alike[at]) | (np.arange(alike.size) == at)
            whole[tuple(apart if axis == one else slice(None) for one in range(whole.ndim))] = (
                np.inf
            )
        best = int(np.argmin(whole))
        if np.isinf(whole.flat[best]):
            return None
        return self._box(tuple(map(int, place)), np.unravel_index(best, self.leaves), by)

    def further(self, cell: int, cost: NDArray[np.float64], by: int) -> Move | None:
        """The cheapest box for any cell, sums too, that may disturb sums on its way.

        Its corners differ along some of the axes; along the others it stays where it is, and
        every sum there goes with it. None where no box lifts the cell.
        """
        place = np.unravel_index(cell, self.shape)
        prices = np.where(np.isinf(cost), UNPAYABLE, cost).reshape(self.shape)
        found: tuple[float, Move] | None = None
        for here in self._corners_in(tuple(map(int, place)), prices):
            for varied in product((False, True), repeat=len(place)):
                if any(varied):
                    whole = self._disturbed(tuple(map(int, place)), here, varied, prices, by)
                    best = int(np.argmin(whole))
                    price = float(whole.flat[best])
                    if price < UNPAYABLE and (found is None or price < found[0]):
                        there = np.unravel_index(best, whole.shape)
                        ends = zip(here, there, varied, strict=True)
                        far = tuple(to if vary else np.intp(at) for at, to, vary in ends)
                        found = price, self._box(here, far, by, varied)
        return found[1] if found else None

    def _corners_in(
        self, place: tuple[int, ...], prices: NDArray[np.float64]
    ) -> list[tuple[int, ...]]:
        """The cheapest inner cells that the cell sums: the box begins in one of them."""
        leaves = [np.flatnonzero(sums[at]) for sums, at in zip(self.sums, place, strict=True)]
        inner = prices[np.ix_(*leaves)]
        order = np.argsort(inner, axis=None, kind="stable")[:CORNERS]
        spots = zip(*np.unravel_index(order, inner.shape), strict=True)
        return [tuple(int(one[at]) for one, at in zip(leaves, spot, strict=True)) for spot in spots]

    def _disturbed(
        self,
        place: tuple[int, ...],
        here: tuple[int, ...],
        varied: tuple[bool, ...],
        prices: NDArray[np.float64],
        by: int,
    ) -> NDArray[np.float64]:
        """What every box costs that begins here, by its far corner; one wide where it stays."""
        whole = prices
        lifts = np.ones((1,) * len(here), dtype=np.bool_)
        for axis, (sums, at, vary) in enumerate(zip(self.sums, here, varied, strict=True)):
            moved = np.abs(sums - sums[:, [at]]) if vary else sums[:, [at]]
            whole = self._summed(whole, axis, at, vary=vary)
            wide = [1] * len(here)
            wide[axis] = moved.shape[1]
            lifts = lifts & (moved[place[axis]] > 0).reshape(wide)
        for corner in product(*((False, True) if vary else (False,) for vary in varied)):
            if sum(corner) % 2:  # these corners go down, so they must hold enough
                index = tuple(slice(None) if away else slice(at, at + 1)
                              for away, at in zip(corner, here, strict=True))  # fmt: skip
                lifts = lifts & (self.counts[index] >= by)
        return np.where(lifts, whole, UNPAYABLE)

    def _summed(
        self, prices: NDArray[np.float64], axis: int, at: int, *, vary: bool
    ) -> NDArray[np.float64]:
        """Prices of the positions of an axis that a move between two leaves disturbs, by the other.

        |A − a| = A + a − 2aA for zeros and ones, so that only what is in a sum is added up.
        """
        first = np.moveaxis(prices, axis, 0)
        flat = first.reshape(first.shape[0], -1)
        holding = self.sums[axis][:, at]
        total = (holding @ flat)[None, :]
        if vary:
            leaves, own = self.leaves_of[axis], np.flatnonzero(holding)
            shared = self.sums[axis][own].T @ flat[own]
            total = leaves @ flat + total - 2 * shared
        return np.moveaxis(total.reshape(-1, *first.shape[1:]), 0, axis)

    def _box(
        self,
        here: tuple[int, ...],
        there: tuple[np.intp, ...],
        by: int,
        varied: tuple[bool, ...] | None = None,
    ) -> Move:
        corners = list(
            product(*((0, 1) if vary else (0,) for vary in varied or (True,) * len(here)))
        )
        places = [np.ravel_multi_index([int((a, b)[side]) for a, b, side in
                                        zip(here, there, corner, strict=True)], self.leaves)
                  for corner in corners]  # fmt: skip
        amounts = [by * (-1.0) ** sum(corner) for corner in corners]
        return np.array(places, dtype=np.int64), np.array(amounts)


def _signatures(aggregation: NDArray[np.float64], leaves: int) -> Counts:
    """A number for each leaf; two leaves have the same when every group holds both or neither."""
    groups = aggregation[leaves:].T
    if groups.shape[1] == 0:
        return np.zeros(leaves, dtype=np.int64)
    return np.unique(groups, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
