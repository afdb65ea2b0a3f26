"""The beginning of a file that no recipe is known for: its names, and rows to tell them by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from samrad.kernel.identity import Severity, find_identity_numbers
from samrad.knowledge.readers.columns import Cell, Rows
from samrad.knowledge.readers.csv_rows import SEPARATORS, csv_rows
from samrad.knowledge.readers.reading import unpacked
from samrad.knowledge.readers.workbook import rows_of_any
from samrad.knowledge.rules.table import Why, refused

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 2_000_000, 20_000, 400
SHOWN = 5  # rows for a person
TELLING = 80  # different values of a column, kept with the row they stand in first
MOST_KEPT, LONGEST = 600, 120
SHORTEST_NUMBER = 9  # letters of a person's number in any of the countries
_ZIP, _CUBE = b"PK", (b"{", b"[")


@dataclass(frozen=True)
class Head:
    """The names of a file's columns, and the rows that bring something new in any of these."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        """To be kept beside what is said of it."""
        return {"header": list(self.header), "rows": [[at, list(row)] for at, row in self.rows]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        rows = tuple((at, tuple(row)) for at, row in kept.get("rows", []))
        return cls(tuple(kept.get("header", [])), rows)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the columns that have one."""
        return tuple(name for name in self.header if name)

    def needed(self, told_by: Collection[str], figures: Collection[str]) -> Self:
        """What a recipe keeps of it: the columns it is told by, and a few rows of figures.

        Everything else in a file may be a name, an address or what somebody said.
        """
        kept: list[tuple[int, tuple[Cell, ...]]] = []
        seen: set[tuple[str, str]] = set()
        for number, (line, row) in enumerate(self.rows):
            told = [(name, text_of(cell)) for name, cell in zip(self.header, row, strict=True)
                    if name in told_by]  # fmt: skip
            if number >= SHOWN and seen.issuperset(told):
                continue
            seen.update(told)
            shown = {*told_by, *figures} if number < SHOWN else {*told_by}
            cells = zip(self.header, row, strict=True)
            kept.append((line, tuple(cell if name in shown else "" for name, cell in cells)))
        return type(self)(self.header, tuple(kept))

    def column(self, name: str) -> list[tuple[int, str]]:
        """What stands in a column, each with its row in the file."""
        at = self.header.index(name)
        return [(line, text_of(row[at])) for line, row in self.rows]


def text_of(cell: Cell) -> str:
    """A cell as it is written; a whole number without decimals."""
    if isinstance(cell, str):
        return cell.strip()
    return str(int(cell)) if cell == int(cell) else str(cell)


def head_of(content: bytes) -> Head:
    """The head of a text file or a workbook; raises `NotRead` for any other, or a broken one."""
    rows = _rows_of(unpacked(content))
    if len(rows.header) > MOST_COLUMNS:
        raise refused(Why.TOO_MANY_CELLS, 1)
    twice = [name for name in rows.header if name and rows.header.count(name) > 1]
    if twice:
        raise refused(Why.DUPLICATE_NAME, 1, twice[0])
    if not rows.rows or not any(rows.header):
        raise refused(Why.NOTHING_IN_IT)
    _refuse_a_title(rows)
    kept: list[tuple[int, tuple[Cell, ...]]] = []
    seen: list[set[str]] = [set() for _ in rows.header]
    for line, row in rows.rows[:MOST_ROWS]:
        if len(row) != len(rows.header):
            raise refused(Why.ROW_LENGTH, line, "", has=len(row), wanted=len(rows.header))
        cells = tuple(cell[:LONGEST] if isinstance(cell, str) else cell for cell in row)
        news = [text_of(cell) for cell in cells]
        brings = any(
            text not in before and len(before) < TELLING
            for text, before in zip(news, seen, strict=True)
        )
        if (brings and len(kept) < MOST_KEPT) or len(kept) < SHOWN:
            kept.append((line, cells))
            for text, before in zip(news, seen, strict=True):
                before.add(text)
    _points_at_nobody(kept)
    return Head(rows.header, tuple(kept))


def _refuse_a_title(rows: Rows) -> None:
    """A line above the names of a text file is taken for a name: then every row is one cell."""
    line, row = rows.rows[0]
    if len(rows.header) == 1 and isinstance(row[0], str):
        cells = max(row[0].count(one) for one in SEPARATORS) + 1
        if cells > 1:
            raise refused(Why.ROW_LENGTH, line, "", has=cells, wanted=1)


def _rows_of(plain: bytes) -> Rows:
    if plain.startswith(_ZIP):
        return rows_of_any(plain, MOST_ROWS)
    if plain.lstrip().startswith(_CUBE) or plain.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(Why.UNKNOWN_FORMAT)
    beginning = plain[:MOST_BYTES]
    if len(plain) > MOST_BYTES:
        beginning = beginning[: beginning.rfind(b"\n") + 1] or beginning
    return csv_rows(beginning)


def _points_at_nobody(rows: list[tuple[int, tuple[Cell, ...]]]) -> None:
    """What is kept of a file never holds a number of a person, cell by cell."""
    for line, row in rows:
        texts = {text_of(cell) for cell in row if len(text_of(cell)) >= SHORTEST_NUMBER}
        if any(
            found.severity is Severity.BLOCK
            for text in texts
            for found in find_identity_numbers(text)
        ):
            raise refused(Why.ABOUT_A_PERSON, line)
