"""What may leave the house: shown figures, and what follows from shown figures alone.

A publication is made from true counts once, by the rule of its series. Everything derived for
readers (rates, shares, changes, charts, sentences, downloads) is computed from what is shown and
never from the truth beside it. A release that follows is made knowing what readers have already
seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from samrad.analysis.disclosure.audit import Move, audit
from samrad.analysis.disclosure.rounding import Rounded, round_small
from samrad.analysis.disclosure.suppression import CannotBeProtected, Suppressed, suppress
from samrad.analysis.disclosure.tables import Counts, Mask, Table


class Method(StrEnum):
    """How a series is protected, always the same way from release to release."""

    ROUND = "round"
    SUPPRESS = "suppress"


@dataclass(frozen=True)
class Rule:
    """The rule of a series: the method, and how small is small (3; 5 for sensitive offences).

    `least`, where cells of a table differ in that: what is small in all of them. Up to `small` the
    caller says which are; what is hidden is as wide as `small` everywhere.
    `seed` is kept secret with the true counts: rounding draws from it how many cells go up, so that
    whoever knows the method cannot run it backwards.
    """

    method: Method
    small: int = 3
    seed: int = 0
    least: int | None = None

    @property
    def everywhere(self) -> int:
        """Below this no cell is shown, whichever it is."""
        return self.small if self.least is None else self.least


@dataclass(frozen=True)
class Published:
    """A release. `values` (cells,) with NaN where hidden; `may_tell` (cells,): where a finding that
    was computed on the true counts (an alarm, a trend) may be told, because its cell passes."""

    table: Table
    rule: Rule
    values: NDArray[np.float64]
    may_tell: Mask
    kept: Rounded | Suppressed

    @property
    def hidden(self) -> Mask:
        """Which cells readers do not see."""
        return np.isnan(self.values)

    def rates(self, population: ArrayLike, per: int = 1000) -> NDArray[np.float64]:
        """Shown counts per so many inhabitants (cells,), NaN where hidden or nobody lives."""
        people = np.asarray(population, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(people > 0, self.values / people * per, np.nan)

    def shares(self, of: int) -> NDArray[np.float64]:
        """Shown counts as parts of one shown cell (cells,)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.values[of] > 0, self.values / self.values[of], np.nan)

    def changes(self, since: Published) -> NDArray[np.float64]:
        """Shown counts over those of an earlier release of the same table (cells,)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(since.values > 0, self.values / since.values, np.nan)

    def told(self, findings: ArrayLike) -> NDArray[np.float64]:
        """Findings (cells,) computed on true counts, NaN wherever the cell does not pass."""
        return np.where(self.may_tell, np.asarray(findings, dtype=np.float64), np.nan)


def publish(table: Table, counts: ArrayLike, rule: Rule) -> Published:
    """The first release of a series. Raises as `round_small` and `suppress` do."""
    true = table.checked(counts)
    if rule.method is Method.ROUND:
        return _rounded(
            table, true, rule, round_small(table, true, base=rule.small, seed=rule.seed)
        )
    return _suppressed(table, rule, suppress(table, true, threshold=rule.small, seed=rule.seed))


def as_it_was(
    table: Table, counts: ArrayLike, rule: Rule, hidden: ArrayLike,
    unnamed: ArrayLike | None = None,
) -> Published:  # fmt: skip
    """A release that readers have seen, from its true counts and the cells that were hidden then.

    It is not protected anew: what was shown was shown. What was hidden stands for what releases
    before it hid, and is not to be named from now on either; where some cells are merely never
    published, `unnamed` says which of the hidden ones those are that must not be named. For series
    whose cells are hidden.
    """
    true, away = table.checked(counts), np.asarray(hidden, dtype=np.bool_)
    totals = table.totals(true)
    found = audit(table, true, away, np.zeros(table.cells), protection=rule.small)
    values = np.where(away, np.nan, totals)
    primary = away if unnamed is None else away & np.asarray(unnamed, dtype=np.bool_)
    return _suppressed(table, rule, Suppressed(away, primary, values, found, rule.small))


def publish_again(
    earlier: Published,
    earlier_counts: ArrayLike,
    table: Table,
    counts: ArrayLike,
    same: ArrayLike | None = None,
    *,
    hidden: ArrayLike | None = None,
    also: ArrayLike | None = None,
    known: ArrayLike | None = None,
) -> Published:
    """A release after another one: revised counts, or more periods than before.

    `same` (inner cells of the new table,) says which inner cell of the earlier table each is, −1
    for none; when not given, the tables are one and the same. Readers are taken to know which
    counts were revised and to lay both releases side by side. Of the new table's cells `hidden` are
    hidden anyway, `also` must not be named, and `known` are known to readers whatever we do; the
    three are for series whose cells are hidden. Raises CannotBeProtected where both releases
    would give a cell away however much the new one hides: it must then wait.
    """
    then, now = earlier.table.checked(earlier_counts), table.checked(counts)
    where = np.arange(now.size) if same is None else np.asarray(same, dtype=np.int64).reshape(-1)
    unchanged = (where >= 0) & (then[where] == now)
    rule = earlier.rule
    if isinstance(earlier.kept, Rounded):
        before = _as_in(earlier.kept, then, where, now)
        again = round_small(table, now, base=rule.small, earlier=before, seed=rule.seed + 1)
        return _rounded(table, now, rule, again)
    asked = _Asked(*(_marks(marks, table.cells) for marks in (hidden, also, known)))
    return _suppressed_again(
        earlier, earlier.kept, then, table, now, where=where, unchanged=unchanged, asked=asked
    )


@dataclass(frozen=True)
class _Asked:
    """What is asked of the cells of a new release (cells,)."""

    hidden: Mask
    also: Mask
    known: Mask


def _marks(given: ArrayLike | None, size: int) -> Mask:
    if given is None:
        return np.zeros(size, dtype=np.bool_)
    return np.asarray(given, dtype=np.bool_).reshape(size)


def _rounded(table: Table, true: Counts, rule: Rule, rounded: Rounded) -> Published:
    """A rounded release; findings pass where no small count is among what is summed."""
    small = ((true > 0) & (true < rule.small)).astype(np.float64)
    passes = (table.design @ small == 0) & (rounded.cells >= rule.small)
    return Published(table, rule, rounded.cells.astype(np.float64), passes, rounded)


def _suppressed(table: Table, rule: Rule, done: Suppressed) -> Published:
    """A release with hidden cells; findings pass where the count is shown and is not zero."""
    passes = ~done.hidden & (np.nan_to_num(done.values) >= rule.everywhere)
    return Published(table, rule, done.values, passes, done)


def _as_in(rounded: Rounded, then: Counts, where: Counts, now: Counts) -> tuple[Counts, Rounded]:
    """What was shown earlier, laid out as the inner cells of the new table."""
    known = where >= 0
    counts = np.where(known, then[where], -1)
    touched = known & rounded.touched[where]
    return counts, Rounded(np.where(known, rounded.inner[where], now), now, touched, rounded.base)


def _suppressed_again(
    earlier: Published, kept: Suppressed, then: Counts, table: Table, now: Counts,
    *, where: Counts, unchanged: Mask, asked: _Asked,
) -> Published:  # fmt: skip
    """Hide in the new table what the two tables together would give away."""
    out, hidden = _seen_before(earlier, table, where, unchanged)
    out = (out & ~asked.hidden) | asked.known
    hidden = (hidden | asked.hidden) & ~asked.known
    moves: tuple[Move, ...] = ()
    try:
        alone = suppress(
            table, now, threshold=earlier.rule.everywhere, protection=earlier.rule.small,
            hidden=hidden, already_out=out, also=asked.also,
        )  # fmt: skip
        hidden, moves = alone.hidden, alone.audit.moves
    except CannotBeProtected:
        pass
    both, counts, column = _side_by_side(
        earlier.table, then, table, now, where=where, unchanged=unchanged
    )
    done = suppress(
        both, counts, threshold=earlier.rule.everywhere, protection=earlier.rule.small,
        already_out=np.concatenate([~earlier.hidden, asked.known]),
        hidden=np.concatenate([earlier.hidden, hidden]),
        start=_in_both(moves, column, where, unchanged),
        also=np.concatenate([kept.primary, asked.also]),
    )  # fmt: skip
    late = slice(earlier.table.cells, None)
    mine = Suppressed(
        done.hidden[late], done.primary[late], done.values[late], done.audit, done.threshold
    )
    return _suppressed(table, earlier.rule, mine)


def _in_both(
    moves: Iterable[Move], column: Counts, where: Counts, unchanged: Mask
) -> Iterator[Move]:
    """Moves of the new table as moves of both: of the new counts alone, and of the old with them.

    What may be another count now may mostly have been another by as much before it was revised.
    """
    for places, amounts in moves:
        yield column[places], amounts
        old = ~unchanged[places] & (where[places] >= 0)
        if old.any():
            yield (
                np.concatenate([column[places], where[places[old]]]),
                np.concatenate([amounts, amounts[old]]),
            )


def _seen_before(
    earlier: Published, table: Table, where: Counts, unchanged: Mask
) -> tuple[Mask, Mask]:
    """Cells of the new table whose count readers know from the earlier one, and that it hid."""
    known = {tuple(earlier.table.design.indices[a:b].tolist()): cell
             for cell, (a, b) in enumerate(_rows(earlier.table))}  # fmt: skip
    out, hidden = np.zeros(table.cells, dtype=np.bool_), np.zeros(table.cells, dtype=np.bool_)
    for cell, (a, b) in enumerate(_rows(table)):
        inner = table.design.indices[a:b]
        if unchanged[inner].all():
            before = known.get(tuple(sorted(where[inner].tolist())))
            if before is not None:
                out[cell], hidden[cell] = not earlier.hidden[before], earlier.hidden[before]
    return out, hidden


def _rows(table: Table) -> list[tuple[int, int]]:
    table.design.sort_indices()
    ends = table.design.indptr.tolist()
    return list(pairwise(ends))


def _side_by_side(
    first: Table, then: Counts, second: Table, now: Counts, *, where: Counts, unchanged: Mask
) -> tuple[Table, Counts, Counts]:
    """Both tables as one: counts that were not revised are one inner cell, revised ones two."""
    fresh = np.flatnonzero(~unchanged)
    column = np.where(unchanged, where, -1)
    column[fresh] = then.size + np.arange(fresh.size)
    width = then.size + fresh.size
    move = sparse.csr_matrix(
        (np.ones(now.size), (np.arange(now.size), column)), shape=(now.size, width)
    )
    empty = sparse.csr_matrix((first.cells, fresh.size))
    rows = [sparse.hstack([first.design, empty]), second.design @ move]
    return Table(sparse.vstack(rows)), np.concatenate([then, now[fresh]]), column
