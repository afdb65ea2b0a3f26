"""Series of counts from a file: a row a series, a column a period, packed with gzip or not.

A heading is allowed, and a first column of names. `NA` is a period nobody knows; an empty cell is
neither that nor zero, and is refused. What is wrong is said with row and column.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from samrad.analysis.poisson import Floats

MOST_BYTES: Final = 1 << 30
LARGEST_COUNT: Final = 10**12
PACKED: Final = b"\x1f\x8b"
MISSING: Final = "NA"
NAMES: Final = {
    "", "area", "code", "id", "key", "kommun", "kommune", "name", "område", "region", "series",
    "serie", "unit",
}  # fmt: skip
WHOLE_NUMBER: Final = re.compile(r"[+-]?\d+(\.0*)?")
NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


class Unreadable(Exception):
    """The file cannot be taken in; the text says where and why."""


@dataclass(frozen=True)
class Panel:
    """`names` of S series and their `counts` (S, T); NaN where the file says NA."""

    names: list[str]
    counts: Floats


def read_panel(path: Path, *, above_zero: bool = False) -> Panel:
    """The series in a file. Raises Unreadable.

    `above_zero`: a panel of populations, where zero is refused and decimals are not.
    """
    lines = rows_of(text_of(path))
    if not lines:
        message = f"{path.name} is empty."
        raise Unreadable(message)
    heading = lines.pop(0)[1] if is_heading(lines[0][1]) else None
    if not lines:
        message = f"{path.name} has a heading and no series."
        raise Unreadable(message)
    named = has_names(heading, [cells for _number, cells in lines])
    width = len(heading) if heading else len(lines[0][1])
    names, counts = [], np.empty((len(lines), width - named))
    for row, (number, cells) in enumerate(lines):
        if len(cells) != width:
            message = f"Row {number} has {told(len(cells))}, the first one has {width}."
            raise Unreadable(message)
        names.append(cells[0].strip() if named else f"p{row + 1:04}")
        counts[row] = numbers(cells, number, named=named, above_zero=above_zero)
    refuse_repeated(names, [number for number, _cells in lines])
    return Panel(names, counts)


def told(columns: int) -> str:
    """A number of columns in words."""
    return "1 column" if columns == 1 else f"{columns} columns"


def text_of(path: Path) -> str:
    """What the file says, unpacked; a byte order mark and Latin-1 are understood."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == PACKED
        if not packed and path.stat().st_size > MOST_BYTES:
            raw = b" " * (MOST_BYTES + 1)
        elif packed:
            with gzip.open(path) as stream:
                raw = stream.read(MOST_BYTES + 1)
        else:
            raw = path.read_bytes()
    except IsADirectoryError:
        message = f"{path} is a folder."
        raise Unreadable(message) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        message = f"{path.name} is packed with gzip and damaged."
        raise Unreadable(message) from None
    except OSError as trouble:
        message = f"{path} cannot be read: {trouble.strerror or trouble}."
        raise Unreadable(message) from None
    if len(raw) > MOST_BYTES:
        message = f"{path.name} holds more than a gigabyte."
        raise Unreadable(message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows with their numbers in the file, empty lines left out."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = []
    try:
        for cells in reader:
            if cells and any(cell.strip() for cell in cells):
                found.append((reader.line_num, cells))
    except csv.Error as trouble:
        message = f"Row {reader.line_num} cannot be read: {trouble}."
        raise Unreadable(message) from None
    return found


def is_heading(cells: list[str]) -> bool:
    """Whether a first row names columns: it is called so, counts them or has a word for each."""
    first, rest = cells[0].strip(), [cell.strip() for cell in cells[1:]]
    if first.lower() in NAMES - {""}:
        return True
    if rest and not any(NUMBER.fullmatch(cell) for cell in rest if cell):
        return True
    counted = [int(cell) for cell in rest if cell.isascii() and cell.isdigit()]
    steps = [later - earlier for earlier, later in pairwise(counted)]
    return not NUMBER.fullmatch(first) and len(counted) == len(rest) > 1 and set(steps) == {1}


def has_names(heading: list[str] | None, rows: list[list[str]]) -> bool:
    """Whether the first column holds names: called so, or no number in any row."""
    if heading is not None and heading[0].strip().lower() in NAMES:
        return True
    return not any(
        NUMBER.fullmatch(cells[0].strip()) or cells[0].strip() in {"", MISSING} for cells in rows
    )


def numbers(cells: list[str], row: int, *, named: bool, above_zero: bool) -> list[float]:
    """The counts of a row."""
    found = []
    for column, cell in enumerate(cells[1:] if named else cells, start=1 + named):
        text = cell.strip()
        if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_COUNT)) - 1:
            value = float(text)
        elif text == MISSING and not above_zero:
            value = float("nan")
        else:
            value = number_of(text, row, column, decimals=above_zero)
        if above_zero and value <= 0:
            message = f"Row {row}, column {column}: a population of {text} gives no rate."
            raise Unreadable(message)
        found.append(value)
    return found


def number_of(text: str, row: int, column: int, *, decimals: bool) -> float:
    """What stands in a cell that is more than digits, or why it is no count."""
    why = ""
    if not text:
        why = f"is empty. Write 0 where there were none and {MISSING} where nobody knows"
    elif not NUMBER.fullmatch(text):
        shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        why = f"is {shown!r}, which is not a number"
    elif text.startswith("-") and float(text.replace(",", ".")) < 0:
        why = f"is {text}; a count is never negative"
    elif not decimals and not WHOLE_NUMBER.fullmatch(text):
        why = f"is {text}; a count is a whole number"
    elif float(text.replace(",", ".")) >= LARGEST_COUNT:
        why = "is larger than any count"
    if why:
        message = f"Row {row}, column {column} {why}."
        raise Unreadable(message)
    return float(text.replace(",", "."))


LONGEST_SHOWN: Final = 40


def refuse_repeated(names: list[str], rows: list[int]) -> None:
    """A name twice means that one of the two would be judged as the other."""
    seen: dict[str, int] = {}
    for name, row in zip(names, rows, strict=True):
        if name in seen:
            message = f"Row {row} is called {name!r}, and so is row {seen[name]}."
            raise Unreadable(message)
        seen[name] = row
