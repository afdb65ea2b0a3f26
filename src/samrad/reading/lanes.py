"""Rows of small numbers, weighed and added up a whole row at a time.

A row is kept as one whole number with a lane of its own for each of its columns, wide enough that
no sum runs over into the next. One multiplication then weighs the row, one addition adds it. What
belongs here: adding up. What does not: what rows and columns mean (`learned`).
"""

from collections.abc import Mapping

_BYTES = 6
_EXACT = 1 << 28
"""Weights are counted in parts this small; with sums of weights below 4,096 a lane has room."""

_ZERO = 128
_LIFTED = bytes((value + _ZERO) % 256 for value in range(256))
"""Each signed byte as a number from 0 up, so that no lane ever borrows from its neighbour."""


class Lanes:
    """A table of signed bytes, `width` of them in a row."""

    def __init__(self, table: bytes, width: int) -> None:
        wide = bytearray(_BYTES * len(table))
        wide[::_BYTES] = table.translate(_LIFTED)
        self._wide, self._width, self._row = bytes(wide), width, _BYTES * width

    def total(self, weights: Mapping[int, float]) -> list[float]:
        """The sum of some rows, each as heavy as it is said to be, column by column."""
        wide, row = self._wide, self._row
        lanes = whole = 0
        for number, weight in weights.items():
            counted = int(weight * _EXACT)
            start = number * row
            lanes += counted * int.from_bytes(wide[start : start + row], "little")
            whole += counted
        summed = lanes.to_bytes(row, "little")
        return [
            (int.from_bytes(summed[at : at + _BYTES], "little") - _ZERO * whole) / _EXACT
            for at in range(0, row, _BYTES)
        ]
