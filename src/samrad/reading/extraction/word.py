"""DOCX: paragraphs with their styles and lists, tables as text. Nothing in the file is ever run."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from samrad.reading.extraction.plain import pieces
from samrad.reading.extraction.word_text import (
    TABLE,
    blocks_in,
    cells_of,
    goes_on_in_the_next,
    is_bold,
    notes_on,
    runs_in,
    text_of,
    text_of_run,
)
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
from samrad.reading.unreadable import Note, Parameters, Trouble, Unreadable

_HEADING = re.compile(r"(?:heading|overskrift|rubrik|title|tittel|titel)\s*(\d?)", re.IGNORECASE)
_LISTED = re.compile(r"list|liste|punkt", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|tittel|titel|rubrik)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^toc (?:\d|heading)", re.IGNORECASE)
_SIDES = 2
_LONGEST_MEMBER = 60
_MOST_IN_TABLES = 4 * CHARACTERS  # of one table: what lies within others counts at each level


def lines_of_docx(data: bytes, deadline: Deadline) -> Source:
    """The paragraphs and tables of a Word document, in their order."""
    _refuse_dangerous(data)
    document = _opened(data)
    lines: list[Line] = []
    length = 0
    try:
        for line in _lines(document, deadline):
            length += len(line.text)
            if length > CHARACTERS or len(lines) > LINES:
                raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
            lines.append(line)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError):
        raise Unreadable(Trouble.BROKEN, format="DOCX") from None
    return Source(tuple(lines), notes=tuple(_notes(document)))


def _notes(document: Any) -> Iterator[tuple[Note, Parameters]]:
    return ((note, {}) for note in notes_on(document.element.body))


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


def _lines(document: Any, deadline: Deadline) -> Iterator[Line]:
    # A paragraph asked for its style searches all styles each time: most of the cost of a file.
    styles = {style.style_id: str(style.name or "") for style in document.styles}
    before = ""
    for number, block in enumerate(blocks_in(document.element.body)):
        if number % 50 == 0:
            deadline.check()
        if block.tag == TABLE:
            yield from _as_lines(before) if before else ()
            yield from _Tables(deadline).lines_of(block)
            before = ""
            continue
        style = styles.get(block.style or "", "")
        text = before + text_of(block)
        before = text if goes_on_in_the_next(block) else ""
        if not before and not _CONTENTS.match(style):
            yield from _paragraph(block, text, style)
    yield from _as_lines(before) if before else ()


def _as_lines(text: str) -> Iterator[Line]:
    """Text that nothing more is known of, each of its lines whole."""
    return (Line(piece, whole=True) for line in text.split("\n") for piece in pieces(line))


def _paragraph(paragraph: Any, text: str, style: str) -> Iterator[Line]:
    depth, level = _list_depth(paragraph, style), _heading_level(style)
    runs = list(runs_in(paragraph))
    bold = bool(runs) and all(is_bold(run) for run in runs if text_of_run(run).strip())
    for line in _as_lines(text):
        yield replace(line, heading_level=level, bold=bold, bullet_depth=depth)
    if not depth:
        yield Line("", whole=True)


def _heading_level(style: str) -> int:
    found = _HEADING.match(style)
    if not found:
        return 0
    return 1 if _TITLE.match(style) else min(9, int(found[1] or 1) + 1)


def _list_depth(paragraph: Any, style: str) -> int:
    properties = paragraph.pPr
    numbered = properties.numPr if properties is not None else None
    if numbered is not None:
        return int(numbered.ilvl.val if numbered.ilvl is not None else 0) + 1
    return 1 if _LISTED.match(style) else 0


class _Tables:
    """The tables of a document, those within others too; each cell is read once.

    A cell that is as high as several rows stands in each of them. Read anew for each, tables within
    such cells would take as many times as long with every level.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._read: dict[Any, str] = {}
        self._characters = 0

    def lines_of(self, table: Any) -> Iterator[Line]:
        """A table row by row, each cell led by its column's heading; a layout table as its text."""
        rows = [row for cells in cells_of(table) if (row := self._row(cells))]
        yield Line("", whole=True)
        while rows and len(rows) > 1 and _is_one_cell(rows[0]):
            yield from _as_lines(rows.pop(0)[0])
        if rows and all(_is_one_cell(row) for row in rows):
            for row in rows:
                yield from _as_lines(row[0])
        elif rows:
            yield from _columns(rows) if _side_by_side(rows) else _rows(rows)
        yield Line("", whole=True)

    def _row(self, cells: list[Any]) -> list[str]:
        """What a row says, as far as it says anything."""
        self._deadline.check()
        row = ["" if cell is None else self._cell(cell) for cell in cells]
        self._count(sum(map(len, row)))
        while row and not row[-1]:
            row.pop()
        return row

    def _cell(self, cell: Any) -> str:
        """What a cell says, the tables within it too."""
        if cell not in self._read:
            said = (self._block(block) for block in blocks_in(cell))
            self._read[cell] = "\n".join(said).strip()
        return self._read[cell]

    def _block(self, block: Any) -> str:
        if block.tag != TABLE:
            return text_of(block)
        return "\n".join(line.text for line in self.lines_of(block))

    def _count(self, characters: int) -> None:
        """A table may say no more than a document, however often it says it."""
        self._characters += characters
        if self._characters > _MOST_IN_TABLES:
            raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)


def _is_one_cell(row: list[str]) -> bool:
    """Whether a row says one thing only, from its beginning."""
    return not any(row[1:])


def _side_by_side(rows: list[list[str]]) -> bool:
    """Whether the columns are lists of their own, such as the members of either party."""
    cells = [cell for row in rows for cell in row]
    labels = any(cell.endswith(":") for row in rows[1:] for cell in row[:1])
    both = len(rows[0]) == _SIDES and all(rows[0]) and all(len(row) <= _SIDES for row in rows)
    return both and max(map(len, cells)) < _LONGEST_MEMBER and not labels


def _columns(rows: list[list[str]]) -> Iterator[Line]:
    for column in range(_SIDES):
        yield from _as_lines(rows[0][column].rstrip(":") + ":")
        for row in rows[1:]:
            for line in _as_lines(row[column] if column < len(row) else ""):
                if line.text:
                    yield replace(line, bullet_depth=1)
        yield Line("", whole=True)


def _rows(rows: list[list[str]]) -> Iterator[Line]:
    heads = rows[0]
    for row in rows[1:] or rows:
        cells = [
            f"{head}: {cell}" if number and head and row is not heads else cell
            for number, (head, cell) in enumerate(zip_longest(heads, row, fillvalue=""))
            if cell.strip()
        ]
        for line in _as_lines("; ".join(" ".join(cell.split()) for cell in cells)):
            yield replace(line, bullet_depth=1)
