"""Rows and columns as they are written in plain text: cells between bars.

What belongs here: finding them. What does not: what a column is about, beyond its heading.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_BAR = re.compile(r"\s*\|\s*")
_NEXT_ROW = re.compile(r"(?<!\|)\s+(?P<number>\d{1,2}|[A-Z]) \| ")
"""Rows run together: each begins with its number or letter in a cell of its own, counting up."""

_FIRST = ("1", "A")
_FEWEST_ROWS, _FEWEST_CELLS, _LONGEST_SIGN = 2, 3, 3


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, if there are any, and the rows."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, pattern: re.Pattern[str]) -> int | None:
        """The first column whose name says so."""
        return next((at for at, name in enumerate(self.names) if pattern.search(name)), None)

    def first_words(self) -> int:
        """The first column with more than a number or a letter in it."""
        cells = enumerate(self.rows[0])
        return next((at for at, cell in cells if len(cell) > _LONGEST_SIGN), 0)


def table_in(texts: Iterable[str], naming: re.Pattern[str]) -> Table | None:
    """The first table of at least two rows; `naming` tells a row of names from the others."""
    held: list[tuple[str, ...]] = []
    for cells in (*_rows(texts), ()):
        if held and len(cells) != len(held[0]):
            if len(held) >= _FEWEST_ROWS:
                break
            held = []
        if len(cells) >= _FEWEST_CELLS:
            held.append(cells)
    if len(held) < _FEWEST_ROWS:
        return None
    named = any(naming.search(cell) for cell in held[0]) and len(held) > _FEWEST_ROWS
    return Table(held[0], tuple(held[1:])) if named else Table((), tuple(held))


def _rows(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        for line in (row for whole in text.split("\n") for row in _rows_in(whole)):
            yield tuple(_BAR.split(line.strip(" |\t•"))) if "|" in line else ()


def _rows_in(line: str) -> list[str]:
    """The rows of a line, where their numbers tell that several have run together."""
    ends: list[int] = []
    last = line[:2].strip()
    for found in _NEXT_ROW.finditer(line):
        if _follows(found["number"], last):
            ends.append(found.start())
            last = found["number"]
    if not ends or (len(ends) == 1 and last in _FIRST):
        return [line]
    pairs = zip([0, *ends], [*ends, len(line)], strict=True)
    return [line[start:end].strip() for start, end in pairs]


def _follows(number: str, last: str) -> bool:
    """Whether a number or letter is the next one, or begins a row of them."""
    if number.isdigit():
        return number == "1" or (last.isdigit() and int(number) == int(last) + 1)
    return number == "A" or (len(last) == 1 and ord(number) == ord(last) + 1)
