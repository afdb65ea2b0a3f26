"""Workbooks: looked through within bounds before the library that reads them sees a byte.

A small file can hold a sheet that says it reaches to the last row and column there is, or a text
that a million cells repeat; both are told from the markup, as text, before anything is laid out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from samrad.documents.intake.answer import NotTaken
from samrad.documents.intake.room import Room
from samrad.knowledge.readers.columns import Cell, Rows
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.table import NotRead, Why, refused

MOST_LAID_OUT = 5_000_000  # cells of the box around all that is written
MOST_TEXT = 100_000_000  # letters, when every cell has its own copy
_HEADER_WITHIN = 50

_PLACE = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_CELLS = re.compile(rb"<(?:\w+:)?c[\s>/]")
_SHARED = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>", re.DOTALL)
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>'
    rb"[^<>]*</(?:\w+:)?f>)(\s*<(?:\w+:)?v>[^<>]+)?"
)


def workbook_rows(data: bytes, recipe: Recipe) -> Rows:
    """The rows of the first sheet that is shown, below the row that holds the recipe's names."""
    has_formulas = _look_through(data)
    rows = _laid_out(data)
    if not rows:
        raise refused(Why.EMPTY)
    return _below(rows, _header_row(rows, recipe), ("formulas",) if has_formulas else ())


def rows_of_any(data: bytes, most: int) -> Rows:
    """The first rows of a workbook that no recipe is known for, below the first full row."""
    _look_through(data)
    rows = _laid_out(data, most)
    filled = [sum(cell != "" for cell in row) for row in rows[:_HEADER_WITHIN]]
    if not any(filled):
        raise refused(Why.EMPTY)
    return _below(rows, next(at for at, cells in enumerate(filled) if cells * 2 > max(filled)), ())


def _below(rows: Sequence[Sequence[Cell]], first: int, notes: tuple[str, ...]) -> Rows:
    header = tuple(_name(cell) for cell in rows[first])
    width = max((place + 1 for place, name in enumerate(header) if name), default=0)
    below = [
        (number, row[:width])
        for number, row in enumerate(rows[first + 1 :], first + 2)
        if any(cell != "" for cell in row[:width])
    ]
    return Rows(header[:width], below, notes=notes)


def first_rows(data: bytes) -> list[list[str]]:
    """The rows among which the header stands, as text; the bounds are the same."""
    _look_through(data)
    return [[_name(cell) for cell in row] for row in _laid_out(data, _HEADER_WITHIN)]


def _look_through(data: bytes) -> bool:
    """Refuse a workbook that would grow beyond bounds; whether it holds formulas."""
    room, longest, cells, formulas = Room(weight=len(data)), 0, 0, False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            room.announce(len(entries), sum(entry.file_size for entry in entries))
            names = [entry.filename for entry in entries]
            if len(set(names)) < len(names) or any(entry.flag_bits & 1 for entry in entries):
                raise refused(Why.BROKEN)
            if "xl/workbook.xml" not in names:
                raise refused(Why.UNKNOWN_FORMAT)
            for entry in entries:
                with archive.open(entry) as opened:
                    part = opened.read(max(0, room.left) + 1)
                room.unpack(len(part))
                if b"<!ENTITY" in part or b"<!DOCTYPE" in part:
                    raise refused(Why.BROKEN, None, entry.filename)
                if entry.filename.startswith("xl/worksheets/") and part.lstrip()[:1] == b"<":
                    cells += _check_sheet(part, entry.filename)
                    formulas = _check_formulas(part) or formulas
                elif entry.filename.endswith("sharedStrings.xml"):
                    longest = max((len(one[1]) for one in _SHARED.finditer(part)), default=0)
    except NotTaken as error:
        raise refused(Why.TOO_LARGE) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
            ValueError, IndexError) as error:  # fmt: skip
        raise refused(Why.BROKEN, reason=str(error)[:80]) from error
    if longest * cells > MOST_TEXT:
        raise refused(Why.TOO_LARGE)
    return formulas


def _check_sheet(part: bytes, name: str) -> int:
    """How many cells are written; refused when the box around them is too large to lay out."""
    widest = last = 1
    for found in _PLACE.finditer(part):
        widest, last = max(widest, _column(found[1])), max(last, int(found[2]))
    written = sum(1 for _ in _CELLS.finditer(part))
    box = max(widest * last, written)
    if box > MOST_LAID_OUT:
        raise refused(Why.TOO_MANY_CELLS, None, name, cells=box, most=MOST_LAID_OUT)
    return written


def _check_formulas(part: bytes) -> bool:
    """A formula stands for the figure that was stored with it; one without is refused."""
    if b"<f" not in part and b":f" not in part:
        return False
    seen = False
    for found in _FORMULA.finditer(part):
        seen = True
        if not found[2]:
            cell = found[1].decode()
            raise refused(Why.FORMULA, int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), cell)
    return seen


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _laid_out(data: bytes, most: int | None = None) -> list[list[Cell]]:
    from python_calamine import (  # noqa: PLC0415 (only who reads a workbook pays for it)
        CalamineWorkbook,
        SheetVisibleEnum,
    )

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            if not shown:
                raise refused(Why.EMPTY)
            rows = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False, nrows=most)
    except NotRead:
        raise
    except BaseException as error:
        # The library is not Python: a file that it trips over may raise what is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise refused(Why.BROKEN, reason=str(error)[:80]) from error
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> Cell:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 2**63 else cell
    if isinstance(cell, int | str):
        return cell
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return f"{cell:%Y-%m-%d}"
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def _name(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else str(cell)


def _header_row(rows: Sequence[Sequence[Cell]], recipe: Recipe) -> int:
    """The row with the names: tables in workbooks have titles and empty rows above."""
    area, period = recipe.area, recipe.period
    wanted = [*recipe.values, *recipe.headings, *recipe.splits]
    wanted += [area.field] if area else []
    wanted += [period.field] if period else []
    names = {name for one in wanted for name in one.names}
    best = max(
        range(min(len(rows), _HEADER_WITHIN)),
        key=lambda at: (sum(_name(cell) in names for cell in rows[at]), -at),
    )
    held = sum(_name(cell) in names for cell in rows[best])
    return best if held else 0
