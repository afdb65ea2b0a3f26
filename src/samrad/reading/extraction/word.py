"""DOCX: paragraphs with their styles and lists, tables as text. Nothing in the file is ever run."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from samrad.reading.extraction.plain import cleaned
from samrad.reading.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_ENTRIES,
    ARCHIVE_PART_BYTES,
    ARCHIVE_RATIO,
    CHARACTERS,
    LINES,
    SMALL_ENOUGH_FOR_ANY_RATIO,
    Deadline,
)
from samrad.reading.lines import Line, Source
from samrad.reading.unreadable import Trouble, Unreadable

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"(?:heading|overskrift|rubrik|title|tittel|titel)\s*(\d?)", re.IGNORECASE)
_LISTED = re.compile(r"list|liste|punkt", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|tittel|titel|rubrik)$", re.IGNORECASE)
_DEEPEST_TABLE = 3
_MOST_COLUMNS = 12
_SIDES = 2
_LONGEST_MEMBER = 60


def lines_of_docx(data: bytes, deadline: Deadline) -> Source:
    """The paragraphs and tables of a Word document, in their order."""
    _refuse_dangerous(data)
    document = _opened(data)
    lines: list[Line] = []
    length = 0
    try:
        for line in _blocks(document, deadline):
            length += len(line.text)
            if length > CHARACTERS or len(lines) > LINES:
                raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
            lines.append(line)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError):
        raise Unreadable(Trouble.BROKEN, format="DOCX") from None
    return Source(tuple(lines))


def _refuse_dangerous(data: bytes) -> None:
    """Say no to what unpacks to far more than it weighs, and to files that carry a program."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Unreadable(Trouble.BROKEN, format="DOCX") from None
    if len(entries) > ARCHIVE_ENTRIES or sum(e.file_size for e in entries) > ARCHIVE_BYTES:
        raise Unreadable(Trouble.ZIP_BOMB)
    for entry in entries:
        ratio = entry.file_size / max(1, entry.compress_size)
        swells = ratio > ARCHIVE_RATIO and entry.file_size > SMALL_ENOUGH_FOR_ANY_RATIO
        if swells or (entry.filename.endswith(".xml") and entry.file_size > ARCHIVE_PART_BYTES):
            raise Unreadable(Trouble.ZIP_BOMB)
        if entry.flag_bits & 1:
            raise Unreadable(Trouble.PASSWORD)
        if "vbaproject" in entry.filename.lower():
            raise Unreadable(Trouble.MACROS)


def _opened(data: bytes) -> Any:
    import docx  # noqa: PLC0415 - heavy, and only Word files need it

    try:
        return docx.Document(io.BytesIO(data))
    except Exception:
        raise Unreadable(Trouble.BROKEN, format="DOCX") from None


def _blocks(document: Any, deadline: Deadline) -> Iterator[Line]:
    from docx.table import Table  # noqa: PLC0415

    # A paragraph asked for its style searches all styles each time: most of the cost of a file.
    styles = {style.style_id: str(style.name or "") for style in document.styles}
    for number, block in enumerate(document.iter_inner_content()):
        if number % 50 == 0:
            deadline.check()
        if isinstance(block, Table):
            yield from _table(block, depth=1)
        else:
            yield from _paragraph(block, styles.get(block._p.style or "", ""))


def _paragraph(paragraph: "Paragraph", style: str) -> Iterator[Line]:
    depth = _list_depth(paragraph, style)
    level = _heading_level(style)
    bold = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    for text in paragraph.text.split("\n"):
        yield Line(cleaned(text), whole=True, heading_level=level, bold=bold, bullet_depth=depth)
    if not depth:
        yield Line("", whole=True)


def _heading_level(style: str) -> int:
    found = _HEADING.match(style)
    if not found:
        return 0
    return 1 if _TITLE.match(style) else min(9, int(found[1] or 1) + 1)


def _list_depth(paragraph: "Paragraph", style: str) -> int:
    properties = paragraph._p.pPr
    numbered: Any = properties.numPr if properties is not None else None
    if numbered is not None:
        return int(numbered.ilvl.val if numbered.ilvl is not None else 0) + 1
    return 1 if _LISTED.match(style) else 0


def _table(table: "Table", depth: int) -> Iterator[Line]:
    """A table row by row, each cell led by its column's heading; a layout table as its text."""
    rows = [[_cell(cell, depth) for cell in row.cells[:_MOST_COLUMNS]] for row in table.rows]
    rows = [_without_merged(row) for row in rows]
    if not rows:
        return
    columns = max(len(row) for row in rows)
    if columns == 1:
        for row in rows:
            for text in row[0].split("\n"):
                yield Line(cleaned(text), whole=True)
        yield Line("", whole=True)
        return
    yield Line("", whole=True)
    yield from _columns(rows) if _side_by_side(rows) else _rows(rows)
    yield Line("", whole=True)


def _side_by_side(rows: list[list[str]]) -> bool:
    """Whether the columns are lists of their own, such as the members of either party."""
    cells = [cell for row in rows for cell in row]
    labels = any(cell.endswith(":") for row in rows[1:] for cell in row[:1])
    return len(rows[0]) == _SIDES and max(map(len, cells)) < _LONGEST_MEMBER and not labels


def _columns(rows: list[list[str]]) -> Iterator[Line]:
    for column in range(_SIDES):
        yield Line(cleaned(rows[0][column].rstrip(":") + ":"), whole=True)
        for row in rows[1:]:
            for text in (row[column] if column < len(row) else "").split("\n"):
                if text.strip():
                    yield Line(cleaned(text), whole=True, bullet_depth=1)
        yield Line("", whole=True)


def _rows(rows: list[list[str]]) -> Iterator[Line]:
    heads = rows[0]
    for row in rows[1:] or rows:
        cells = [
            f"{head}: {cell}" if number and head and row is not heads else cell
            for number, (head, cell) in enumerate(zip(heads, row, strict=False))
            if cell.strip()
        ]
        if cells:
            text = "; ".join(" ".join(cell.split()) for cell in cells)
            yield Line(cleaned(text), whole=True, bullet_depth=1)


def _cell(cell: Any, depth: int) -> str:
    text = str(cell.text).strip()
    if depth < _DEEPEST_TABLE and cell.tables:
        inner = (line.text for table in cell.tables for line in _table(table, depth + 1))
        text = "\n".join([text, *inner]).strip()
    return text


def _without_merged(row: list[str]) -> list[str]:
    """A merged cell is handed out once for every column it covers: keep it once."""
    return [text for number, text in enumerate(row) if not number or text != row[number - 1]]
