"""What a publication consists of: inner cells that are counted, and published cells that sum them.

A table is a sparse matrix of zeros and ones: one row for each published cell, one column for each
inner cell. Margins, hierarchies and geographies that overlap are all rows of it, and several tables
that share inner cells are one table here, because an attacker reads them side by side too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Dimension:
    """One way the inner cells are divided: its leaves, and the groups of leaves that are summed.

    `groups` maps a group's name to its leaves; groups may nest or overlap as they like.
    """

    name: str
    leaves: Sequence[str]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def with_total(cls, name: str, leaves: Sequence[str], **groups: Sequence[str]) -> Dimension:
        """A dimension whose sum over everything is published too, as `Total`."""
        return cls(name, tuple(leaves), {**groups, "Total": tuple(leaves)})

    @property
    def positions(self) -> list[str]:
        """The leaves, then the groups: the order of the rows of `aggregation`."""
        return [*self.leaves, *self.groups]

    def aggregation(self) -> Any:
        """Sparse (positions × leaves) matrix: which leaves each position sums.

        Raises ValueError where a group names a leaf that is not there.
        """
        place = {leaf: number for number, leaf in enumerate(self.leaves)}
        strangers = {leaf for group in self.groups.values() for leaf in group} - place.keys()
        if strangers:
            message = f"{self.name}: no such leaf: {', '.join(sorted(strangers))}"
            raise ValueError(message)
        rows = [[number] for number in range(len(place))]
        rows += [sorted({place[leaf] for leaf in group}) for group in self.groups.values()]
        indptr = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.array([one for row in rows for one in row], dtype=np.int64)
        return sparse.csr_matrix(
            (np.ones(columns.size), columns, indptr), shape=(len(rows), len(place))
        )


class Table:
    """Published cells as sums of inner cells.

    `design` is a sparse (cells × inner cells) matrix of zeros and ones. `dimensions` are there
    where the table is a product of them; the cells are then in C order over each dimension's
    positions.
    """

    def __init__(self, design: Any, dimensions: Sequence[Dimension] = ()) -> None:
        self.design = sparse.csr_matrix(design, dtype=np.float64)
        self.design.sum_duplicates()
        self.design.eliminate_zeros()
        self.dimensions = tuple(dimensions)
        if self.design.nnz and not np.all(self.design.data == 1):
            message = "a design holds only zeros and ones"
            raise ValueError(message)

    @classmethod
    def of(cls, *dimensions: Dimension) -> Table:
        """Every combination of positions is published, inner cells included."""
        design = reduce(
            partial(sparse.kron, format="csr"), [one.aggregation() for one in dimensions]
        )
        return cls(design, dimensions)

    @property
    def cells(self) -> int:
        """How many cells are published."""
        return int(self.design.shape[0])

    @property
    def inner(self) -> int:
        """How many inner cells there are."""
        return int(self.design.shape[1])

    @property
    def shape(self) -> tuple[int, ...]:
        """Leaves of each dimension: the shape of the inner cells of a product table."""
        return tuple(len(one.leaves) for one in self.dimensions)

    def labels(self) -> list[tuple[str, ...]]:
        """What each published cell of a product table is called, in order."""
        return list(product(*(one.positions for one in self.dimensions)))

    def own_cell(self) -> Counts:
        """For each inner cell the published cell that is it alone, or −1. Shape (inner,)."""
        lengths = np.diff(self.design.indptr)
        alone = np.flatnonzero(lengths == 1)
        found = np.full(self.inner, -1, dtype=np.int64)
        found[self.design.indices[self.design.indptr[alone]]] = alone
        return found

    def checked(self, counts: ArrayLike) -> Counts:
        """The inner counts as one row of whole numbers.

        Raises ValueError for another size, for negative, broken or missing counts.
        """
        values = np.asarray(counts, dtype=np.float64).reshape(-1)
        if values.size != self.inner:
            message = f"{values.size} counts for {self.inner} inner cells"
            raise ValueError(message)
        if not np.all(np.isfinite(values)) or np.any(values < 0) or np.any(values % 1):
            message = "counts are whole numbers of 0 or more; what is missing has no place in a sum"
            raise ValueError(message)
        return values.astype(np.int64)

    def totals(self, counts: ArrayLike) -> Counts:
        """The published cells of these inner counts. Shape (cells,)."""
        sums = self.design @ np.asarray(counts, dtype=np.float64).reshape(-1)
        return np.asarray(np.rint(sums), dtype=np.int64)
