"""Figures as a Parquet file, and back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from samrad.knowledge.rules.figures import SIDES, Figures

if TYPE_CHECKING:
    import pyarrow

DAYS = ("start", "end")


def as_arrow(figures: Figures) -> pyarrow.Table:
    """The figures as columns with their types."""
    import pyarrow as pa  # noqa: PLC0415

    columns: dict[str, Any] = {}
    for side in SIDES:
        values = getattr(figures, side)
        if side == "value":
            columns[side] = pa.array(values, pa.float64())
        elif side in DAYS:
            columns[side] = pa.array(values, pa.date32())
        else:
            columns[side] = pa.array(values, pa.string())
    return pa.table(columns)


def as_parquet(figures: Figures) -> bytes:
    """The file: the same figures always make the same bytes."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    out = io.BytesIO()
    pq.write_table(as_arrow(figures), out, compression="zstd", use_dictionary=True)
    return out.getvalue()


def from_parquet(data: bytes) -> Figures:
    """The figures in a file that we wrote."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(io.BytesIO(data))
    return Figures(**{side: table.column(side).to_pylist() for side in SIDES})
