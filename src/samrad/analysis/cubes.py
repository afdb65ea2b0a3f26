"""How many incidents of each kind in each place each month, from a file of columns a month.

A month's file is Parquet with whole-number codes for place and kind; only these two columns are
read. A month is counted by itself, so that one more month costs one file, and a month that comes
again takes its own place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cube:
    """Counts (places + 1, kinds + 1, months), the months oldest first.

    The last place and the last kind hold what the file leaves without one: it belongs to sums,
    and to nobody.
    """

    months: tuple[str, ...]
    counts: Counts

    @property
    def told(self) -> Counts:
        """The counts of what has both a place and a kind: (places, kinds, months)."""
        return self.counts[:-1, :-1]

    def with_month(self, month: str, file: Path) -> Cube:
        """The same with this month, whether it is new or comes again."""
        places, kinds = self.counts.shape[0] - 1, self.counts.shape[1] - 1
        layer = month_of(file, places=places, kinds=kinds)
        others = [n for n, one in enumerate(self.months) if one != month]
        months = np.array([*(self.months[n] for n in others), month])
        order = np.argsort(months, kind="stable")
        layers = np.concatenate([self.counts[..., others], layer[..., None]], axis=2)
        return Cube(tuple(months[order].tolist()), layers[..., order])


def cube_of(files: Mapping[str, Path], *, places: int, kinds: int) -> Cube:
    """The cube of these months, by their names, which must sort as time goes.

    `places` and `kinds` say how many codes there are. Raises ValueError for a code beyond them.
    """
    months = sorted(files)
    counts = np.zeros((places + 1, kinds + 1, len(months)), dtype=np.int64)
    for number, month in enumerate(months):
        counts[..., number] = month_of(files[month], places=places, kinds=kinds)
    return Cube(tuple(months), counts)


def month_of(
    file: Path, *, places: int, kinds: int, columns: tuple[str, str] = ("district", "category")
) -> Counts:
    """The counts of one month's file, (places + 1, kinds + 1)."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - for those who have such files

    table = pq.read_table(file, columns=list(columns))
    place = _codes(table.column(columns[0]), places)
    kind = _codes(table.column(columns[1]), kinds)
    cell = np.multiply(place, kinds + 1, dtype=np.intp)
    np.add(cell, kind, out=cell)
    found = np.bincount(cell, minlength=(places + 1) * (kinds + 1))
    return np.asarray(found.reshape(places + 1, kinds + 1), dtype=np.int64)


def _codes(column: object, most: int) -> NDArray[np.integer]:
    """A column's codes; what has none gets the last place."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    assert isinstance(column, pa.ChunkedArray)  # noqa: S101 - what a table's column is
    ends = pc.min_max(column).as_py()
    least, largest = ends["min"] or 0, ends["max"] or 0
    if least < 0 or largest >= most:
        message = f"codes from {least} to {largest} where 0 to {most - 1} are known"
        raise ValueError(message)
    whole = pc.fill_null(column, most) if column.null_count else column
    return np.asarray(whole.to_numpy())
