"""The cells of one period as one table: all that is counted, area by area, with every sum of it.

Whoever reads the kinds of a thing beside their total reads them as one. Where the kinds are all
there is, a total says what they add up to; where something else is in it too, that rest is a cell
that nobody ever shows, and of which is known that it is not below nought. Areas that became one,
or were one, are its parts where these are known. Brings what computes; only the worker imports it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.disclosure import Dimension, Table

Cell = tuple[str, str]  # what is counted, and the area
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]

Sums = Mapping[str, Sequence[Sequence[str]]]  # of which areas an area may be made

WHOLE = "\0whole"  # the area that all others add up to; no publisher calls one so
REST = "\0rest"


@dataclass(frozen=True)
class Kinds:
    """What is part of what, and the totals whose rest readers know: there is none, or it is told.

    A total that is less than its parts was rounded: by how much counts as known as well.
    `stricter`: the kinds of which more than the least of all is small.
    """

    part_of: Mapping[str, str]
    without_rest: frozenset[str] = frozenset()
    stricter: Mapping[str, int] = field(default_factory=dict)

    def smallest(self, kind: str, least: int) -> int:
        """What may be shown of a kind: this many, or more."""
        return max(least, self.stricter.get(kind.removesuffix(REST), 0))

    @classmethod
    def of(
        cls, part_of: Mapping[str, str], periods: Iterable[Mapping[Cell, int]],
        stricter: Mapping[str, int] | None = None,
    ) -> Kinds:  # fmt: skip
        """As the figures of all periods have it."""
        parts: dict[str, list[str]] = {}
        for part, whole in part_of.items():
            parts.setdefault(whole, []).append(part)
        rests: dict[str, set[int]] = {whole: set() for whole in parts}
        for counts in periods:
            for (kind, area), count in counts.items():
                own = [(part, area) for part in parts.get(kind, ())]
                if own and all(cell in counts for cell in own):
                    rests[kind].add(count - sum(counts[cell] for cell in own))
        return cls(part_of, frozenset(
            whole for whole, found in rests.items() if min(found, default=1) < 0 or found == {0}
        ), stricter or {})  # fmt: skip


class OneTable:
    """The counts of one period. What is missing in it is taken for known to the attacker.

    `sums` are areas that others in the table add up to. `unseen` cells are in no publication of
    these counts: they are there because others are their sums, and `told` are those of them that
    readers know from elsewhere.
    """

    def __init__(
        self, counts: Mapping[Cell, int], kinds: Kinds,
        sums: Sums | None = None,
        *, unseen: Collection[Cell] = (), told: Collection[Cell] = (),
        old: Mapping[Cell, int] | None = None,
        others: Collection[Cell] = (), unasked: Collection[Cell] = (),
    ) -> None:  # fmt: skip
        self.old_areas = {area for _kind, area in old or {}}
        self.counts, self.kinds = {**counts, **(old or {})}, kinds
        self.told = frozenset(told) | (old or {}).keys()
        self.unseen = frozenset(unseen) - self.told
        self.others, self.unasked = frozenset(others), frozenset(unasked)
        self.listed = list(dict.fromkeys(kind for kind, _area in counts))
        every = dict.fromkeys(area for _kind, area in self.counts)
        self.sums = _finest(sums or {}, every)
        self.areas = [area for area in every if area not in self.sums]
        self.totals = {
            kind: own for kind in self.listed if (own := [
                part for part in self.listed if kinds.part_of.get(part) == kind
            ])
        }  # fmt: skip

    @cached_property
    def table(self) -> Table:
        """As the attacker reads it."""
        groups = {kind: self._leaves_of(kind) for kind in self.totals}
        what = Dimension("kind", self.leaves, groups)
        where = Dimension("place", self.areas, {**self.sums, WHOLE: self.areas})
        whole = Table.of(where, what)
        # The least of one thing alone is found exactly; many are by boxes, and fast.
        return whole if len(self.leaves) > 1 else Table(whole.design)

    @cached_property
    def leaves(self) -> list[str]:
        """What is counted and no sum: kinds without parts, and the rests of the others."""
        return [kind + REST if kind in self.totals else kind for kind in self.listed]

    @cached_property
    def amounts(self) -> Counts:
        """The inner counts, in the order of the table's."""
        found = np.array([[self._amount(leaf, area) for leaf in self.leaves]
                          for area in self.areas], dtype=np.int64)  # fmt: skip
        return found.reshape(-1)

    @cached_property
    def inner(self) -> dict[Cell, int]:
        """The number of each inner cell."""
        cells = ((leaf, area) for area in self.areas for leaf in self.leaves)
        return {cell: at for at, cell in enumerate(cells)}

    @cached_property
    def cells(self) -> dict[Cell, int]:
        """The number of each cell that is published, or could be."""
        where, what = [*self.areas, *self.sums, WHOLE], self._every_kind
        return {(kind, area): at for at, (area, kind)
                in enumerate((area, kind) for area in where for kind in what)}  # fmt: skip

    @cached_property
    def never(self) -> Mask:
        """Cells that nobody publishes: the rests, what is unseen, and what is old and not known."""
        old = {(kind, area) for area in self.old_areas for kind in self.listed}
        found = self.marks(self.unseen | (old - self.told))
        rests = [kind + REST for kind in self.totals if kind not in self.kinds.without_rest]
        return found | self.marks((rest, area) for rest in rests for area in self._everywhere)

    @cached_property
    def known(self) -> Mask:
        """Cells that are known whatever we do: what is missing, and a rest with it."""
        found = {(kind + REST, area) for kind in self.kinds.without_rest & self.totals.keys()
                 for area in self._everywhere}  # fmt: skip
        for area in (*self.areas, *self.sums.keys() - self.old_areas):
            for kind in self.listed:
                if (kind, area) not in self.counts:
                    found.add((kind, area))
                    found |= {(above + REST, area) for above in self._above(kind)}
        return self.marks(found | self.told) & ~self.marks(self.unseen)

    def small(self, least: int) -> Mask:
        """What is too small to be shown, as it is and as it is published; of some kinds more is."""
        totals = self.table.totals(self.amounts)
        smallest = np.full(totals.size, least)
        for (kind, _area), at in self.cells.items():
            smallest[at] = self.kinds.smallest(kind, least)
        found = (totals > 0) & (totals < smallest)
        as_published = [
            cell for cell, count in self.counts.items()
            if 0 < count < self.kinds.smallest(cell[0], least)
        ]  # fmt: skip
        old = {(kind, area) for area in self.old_areas for kind in self._every_kind}
        unasked = self.marks(self.unasked | old)
        return np.asarray((found | self.marks(as_published)) & ~self.known & ~unasked)

    def differs(self, cell: Cell) -> bool:
        """Whether a sum of areas is another than its parts."""
        total = self.table.totals(self.amounts)[self.cells[cell]]
        return cell in self.others or (cell in self.counts and self.counts[cell] != int(total))

    def marks(self, cells: Iterable[Cell]) -> Mask:
        """These cells; what is not in the table is left."""
        found = np.zeros(len(self.cells), dtype=np.bool_)
        found[[self.cells[cell] for cell in cells if cell in self.cells]] = True
        return found

    def named(self, marks: Mask) -> set[Cell]:
        """The cells that are marked; rests are none, as nobody publishes them."""
        return {cell for cell, at in self.cells.items() if marks[at] and cell[0] in self.listed}

    @property
    def _every_kind(self) -> list[str]:
        return [*self.leaves, *self.totals]

    @property
    def _everywhere(self) -> list[str]:
        return [*self.areas, *self.sums, WHOLE]

    def _above(self, kind: str) -> list[str]:
        """The totals it is in."""
        found = []
        while (kind := self.kinds.part_of.get(kind, "")) in self.totals and kind not in found:
            found.append(kind)
        return found

    def _leaves_of(self, kind: str) -> list[str]:
        if kind not in self.totals:
            return [kind]
        return [kind + REST, *(leaf for one in self.totals[kind] for leaf in self._leaves_of(one))]

    def _amount(self, leaf: str, area: str) -> int:
        kind = leaf.removesuffix(REST)
        if kind == leaf:
            return max(0, self.counts.get((leaf, area), 0))
        parts = sum(self._value(one, area) for one in self.totals[kind])
        return max(0, self.counts.get((kind, area), 0) - parts)

    def _value(self, kind: str, area: str) -> int:
        return sum(self._amount(leaf, area) for leaf in self._leaves_of(kind))


def _finest(sums: Sums, known: Collection[str]) -> dict[str, list[str]]:
    """The areas that are sums, with the areas that are none, all of which must be there."""

    def parts(area: str, above: tuple[str, ...]) -> list[str]:
        for own in sums.get(area, ()):
            if not {area, *above}.intersection(own) and all(one in known for one in own):
                return [leaf for one in own for leaf in parts(one, (*above, area))]
        return [area]

    found = {area: list(dict.fromkeys(parts(area, ()))) for area in sums if area in known}
    return {area: own for area, own in found.items() if own != [area]}
