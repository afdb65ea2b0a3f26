"""The attacker's arithmetic: what can be worked out about a hidden cell from everything shown.

An attacker knows the sums, the shown cells and that no count is negative. For each hidden cell the
least and greatest value that fit is a pair of linear programmes (Fischetti & Salazar 2001; HiGHS).
A person who is alone in a hidden cell knows that cell as well, so the audit is repeated for each
such insider. One feasible table bounds many cells at once, so most cells need no programme of
their own: such a table is a certificate, and is checked by adding it up, never believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import linprog

from samrad.analysis.disclosure.tables import Counts, Mask, Table

TOLERANCE = 1e-6
ROUNDS = 12
FAR = 4.0  # times the protection asked for
# A change of the inner cells that leaves all that is shown as it is: positions and amounts.
Move = tuple[Counts, NDArray[np.float64]]


@dataclass(frozen=True)
class Audit:
    """What an attacker can learn of each cell that must be protected.

    `cells` are their numbers; `lower` and `upper` bounds that are certain to be reachable (the
    whole interval where `exact`); `under_protected` those narrower than asked; `insiders` pairs
    (who knows a cell, which other hidden cell that gives away).
    """

    cells: Counts
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    under_protected: Counts
    insiders: tuple[tuple[int, int], ...]
    programmes: int
    exact: bool
    moves: tuple[Move, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing is under-protected, and nobody who knows one cell learns another."""
        return self.under_protected.size == 0 and not self.insiders


class Attack:
    """The tables that fit what is shown: (shown rows) x = their values, x ≥ 0."""

    def __init__(self, table: Table, counts: Counts, hidden: Mask) -> None:
        self.table, self.counts, self.hidden = table, counts, hidden
        own = table.own_cell()
        fixed = (own >= 0) & ~hidden[own]
        self.free = np.flatnonzero(~fixed)
        shown = table.design[np.flatnonzero(~hidden)][:, self.free].tocsr()
        self.sums = shown[np.flatnonzero(np.diff(shown.indptr) > 0)]
        self.truth = counts[self.free].astype(np.float64)
        self.values = self.sums @ self.truth
        self.reached = table.design[:, self.free].tocsr()
        self.programmes = 0

    def extreme(
        self, objective: NDArray[np.float64], known: tuple[int, ...] = (),
        *, within: float | None = None,
    ) -> NDArray[np.float64] | None:  # fmt: skip
        """The table (free cells) at which the objective is least; None without a least one.

        `within`: no cell more than so much above the truth, so that there always is one.
        """
        if not self.truth.size:  # every inner cell is shown: there is one table
            return self.truth
        sums, values = self.sums, self.values
        if known:
            rows = self.reached[list(known)]
            sums = sparse.vstack([sums, rows]).tocsr()
            values = np.concatenate([values, rows @ self.truth])
        self.programmes += 1
        most = np.full(self.truth.size, np.inf) if within is None else self.truth + within
        ends = np.column_stack([np.zeros(most.size), most])
        least = linprog(objective, A_eq=sums, b_eq=values, bounds=ends, method="highs")
        return None if least.status != 0 else np.asarray(least.x)

    def change(self, found: NDArray[np.float64]) -> Move:
        """A table that fits, as what differs from the truth."""
        difference = found - self.truth
        moved = np.flatnonzero(np.abs(difference) > TOLERANCE)
        return self.free[moved], difference[moved]

    def holds(self, move: Move) -> NDArray[np.float64] | None:
        """What the move changes in every published cell, or None when it does not fit."""
        places, amounts = move
        if np.any(self.counts[places] + amounts < -TOLERANCE):
            return None
        step = np.zeros(self.table.inner)
        step[places] = amounts
        changed = np.asarray(self.table.design @ step)
        return None if np.any(np.abs(changed[~self.hidden]) > TOLERANCE) else changed


def intervals(
    table: Table,
    counts: ArrayLike,
    hidden: ArrayLike,
    targets: ArrayLike,
    known: Sequence[int] = (),
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest value of each target cell that fits what is shown; two programmes each.

    `counts` inner cells, `hidden` (cells,) booleans, `targets` numbers of published cells, `known`
    hidden cells that this attacker knows. Returns (lower, upper); upper is inf where nothing
    bounds.
    """
    attack = Attack(table, table.checked(counts), np.asarray(hidden, dtype=np.bool_))
    wanted = np.asarray(targets, dtype=np.int64).reshape(-1)
    lower, upper = np.zeros(wanted.size), np.full(wanted.size, np.inf)
    for number, cell in enumerate(wanted):
        row = attack.reached[[int(cell)]].toarray().ravel()
        for sign, bounds in ((1, lower), (-1, upper)):
            found = attack.extreme(sign * row, tuple(known))
            if found is not None:
                bounds[number] = row @ found + _shown_part(attack, int(cell))
    return lower, upper


def _shown_part(attack: Attack, cell: int) -> float:
    """What of a published cell is known for certain, because its inner cells are shown."""
    whole = float((attack.table.design[[cell]] @ attack.counts.astype(np.float64))[0])
    return whole - float((attack.reached[[cell]] @ attack.truth)[0])


def audit(
    table: Table,
    counts: ArrayLike,
    hidden: ArrayLike,
    primary: ArrayLike,
    *,
    protection: int,
    certificates: Iterable[Move] = (),
    exact: bool = False,
    insiders: bool = True,
    seed: int = 0,
) -> Audit:
    """Audit a table before it leaves the house.

    `hidden` and `primary` are (cells,) booleans: what is not shown, and what must not be learned. A
    primary cell passes when whole numbers `protection` apart both fit, and when whoever is alone in
    another hidden cell cannot name it. `certificates` (from `suppress`) spare programmes; each is
    added up before it counts. `exact` computes the whole interval of every cell. Raises ValueError
    for a primary cell that is shown, or counts that are none.
    """
    true, away = table.checked(counts), np.asarray(hidden, dtype=np.bool_)
    cells = np.flatnonzero(np.asarray(primary, dtype=np.bool_))
    if np.any(~away[cells]):
        message = "a cell to be protected is shown"
        raise ValueError(message)
    attack = Attack(table, true, away)
    pool = _Pool(attack, cells, protection)
    for move in certificates:
        pool.take(move)
    pool.search(np.random.default_rng(seed))
    lower, upper = pool.lower, pool.upper
    if exact:
        lower, upper = intervals(table, true, away, cells)
        attack.programmes += 2 * cells.size
    narrow = _whole_width(lower, upper) < protection
    known = _insiders(pool, cells[~narrow]) if insiders else ()
    return Audit(
        cells, lower, upper, cells[narrow], known, attack.programmes, exact, tuple(pool.moves)
    )


def _whole_width(lower: NDArray[np.float64], upper: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distance between the outermost whole numbers of an interval."""
    width: NDArray[np.float64] = np.floor(upper + TOLERANCE) - np.ceil(lower - TOLERANCE)
    return width


class _Pool:
    """Certificates found so far, and how wide they show each cell to be."""

    def __init__(self, attack: Attack, cells: Counts, protection: int) -> None:
        self.attack, self.cells, self.protection = attack, cells, protection
        truth = attack.table.totals(attack.counts)
        self.truth = truth[cells].astype(np.float64)
        self.lower, self.upper = self.truth.copy(), self.truth.copy()
        self.alone = alone_in(attack.table, attack.counts, attack.hidden)
        self.unseen = np.zeros(truth.size, dtype=np.bool_)
        self.unseen[self.alone] = True
        # For each protected cell, who could stand in the way of every certificate there is for it.
        self.risk: dict[int, frozenset[int]] = {}
        self.moves: list[Move] = []

    def take(self, move: Move) -> None:
        """Check a certificate by adding it up, and count it."""
        changed = self.attack.holds(move)
        if changed is None:
            return
        here = self.truth + changed[self.cells]
        self.lower, self.upper = np.minimum(self.lower, here), np.maximum(self.upper, here)
        moved = np.abs(changed) > 1 - TOLERANCE
        met = frozenset(np.flatnonzero((np.abs(changed) > TOLERANCE) & self.unseen).tolist())
        for cell in self.cells[moved[self.cells]].tolist():
            self.risk[cell] = self.risk.get(cell, met) & met
        self.moves.append(move)

    def narrow(self) -> Mask:
        """Cells not yet shown to be wide enough."""
        return _whole_width(self.lower, self.upper) < self.protection

    def search(self, chance: np.random.Generator) -> None:
        """Push all narrow cells at once in drawn directions, then each by itself, both ways."""
        for round_ in range(ROUNDS):
            left = self.cells[self.narrow()]
            if left.size == 0:
                return
            signs = (
                chance.choice([-1.0, 1.0], size=left.size) if round_ % 2 else -np.ones(left.size)
            )
            self._push(left, signs * chance.uniform(0.5, 1.5, left.size))
        for cell in self.cells[self.narrow()]:
            for sign in (-1.0, 1.0):
                self._push(np.array([cell]), np.array([sign]))

    def _push(self, cells: Counts, weights: NDArray[np.float64]) -> None:
        objective = np.asarray(weights @ self.attack.reached[cells]).ravel()
        found = self.attack.extreme(objective)
        if found is None:  # nothing bounds it: far enough will do
            found = self.attack.extreme(objective, within=FAR * self.protection)
        if found is not None:
            self.take(self.attack.change(found))


def alone_in(table: Table, counts: Counts, hidden: Mask) -> Counts:
    """The hidden cells that one person alone makes up: for each such person the narrowest one."""
    ones = np.flatnonzero(counts == 1)
    holding = table.design[:, ones].tocoo()
    widths = np.diff(table.design.indptr)
    totals = table.totals(counts)
    narrowest: dict[int, int] = {}
    for cell, person in zip(holding.row.tolist(), holding.col.tolist(), strict=True):
        if hidden[cell] and totals[cell] == 1:
            known = narrowest.get(person, cell)
            narrowest[person] = min(known, cell, key=lambda one: (widths[one], one))
    return np.array(sorted(set(narrowest.values())), dtype=np.int64)


def _same_person(attack: Attack, cell: int, person: int) -> bool:
    """Whether the cell holds nobody but the person who is alone in the other one."""
    both = attack.table.design[[cell, person]] @ attack.counts.astype(np.float64)
    shared = attack.table.design[[cell]].multiply(attack.table.design[[person]])
    return bool(both[0] == 1 and (shared @ attack.counts.astype(np.float64))[0] == 1)


def _insiders(pool: _Pool, cells: Counts) -> tuple[tuple[int, int], ...]:
    """Who, alone in a hidden cell, could name another one: (the cell they know, the one they
    learn).
    """
    found: list[tuple[int, int]] = []
    everyone = frozenset(pool.alone.tolist())
    for cell in cells.tolist():
        for person in pool.risk.get(cell, everyone) - {cell}:
            if person not in pool.risk.get(cell, everyone):
                continue
            if not _same_person(pool.attack, cell, person) and not _hides(pool, cell, person):
                found.append((person, cell))
    return tuple(found)


def _hides(pool: _Pool, cell: int, person: int) -> bool:
    """Whether the cell has another possible value for somebody who knows the person's cell."""
    row: Any = pool.attack.reached[[cell]].toarray().ravel()
    truth = row @ pool.attack.truth
    for sign in (-1.0, 1.0):
        found = pool.attack.extreme(sign * row, (person,))
        if found is None:  # without a bound it has certainly other values
            return True
        if abs(row @ found - truth) > 1 - TOLERANCE:
            pool.take(pool.attack.change(found))
            return True
    return False
