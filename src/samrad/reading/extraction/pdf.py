"""PDF: the text layer as lines, with the space, size and weight that tell what is a heading."""

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from samrad.documents.intake.pdf_pages import Allowance, TooMuch
from samrad.reading.extraction.plain import pieces
from samrad.reading.limits import CHARACTERS, LINES, PAGES, Deadline
from samrad.reading.lines import Line, Source
from samrad.reading.unreadable import Note, Parameters, Trouble, Unreadable

_FEWEST_LETTERS = 20
_SAME_LINE = 0.4
_GAP = 1.3
_LARGER = 1.1
_LONGEST_HEADING = 120
_POINTS_PER_SPACE = 5
_CLOSEST, _WIDEST = 0.8, 2.2

_SOFT_HYPHEN = "\u00ad"
"""On paper a hyphen like any other: who broke the lines drew it, and a font may have but one."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class _Printed:
    """A line as printed: where it begins, how high its letters are, whether they are bold."""

    page: int
    x: float
    y: float
    size: float
    bold: bool
    text: str


def lines_of_pdf(data: bytes, deadline: Deadline) -> Source:
    """The lines of a PDF's text layer."""
    reader = _opened(data)
    count = _page_count(reader)
    if count > PAGES:
        raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
    printed: list[_Printed] = []
    allowance = Allowance(deadline.check)
    length = without = 0
    for number in range(count):
        deadline.check()
        on_page = _printed_on(reader, number, allowance)
        letters = sum(sum(map(str.isalpha, line.text)) for line in on_page)
        length += sum(len(line.text) for line in on_page)
        without += letters < _FEWEST_LETTERS
        printed += on_page
        if length > CHARACTERS or len(printed) > LINES:
            raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
    if without == count:
        raise Unreadable(Trouble.NO_TEXT_LAYER)
    return Source(tuple(_lines(printed)), pages=count, notes=tuple(_notes(without)))


def _notes(without: int) -> Iterator[tuple[Note, Parameters]]:
    if without:
        yield Note.PAGES_WITHOUT_TEXT, {"pages": without}


def _opened(data: bytes) -> Any:
    import pypdf  # noqa: PLC0415 - heavy, and only PDF files need it

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception:
        # Whatever a hostile file provokes, the answer is the same.
        locked_away = b"/Encrypt" in data
        raise Unreadable(
            Trouble.PASSWORD if locked_away else Trouble.BROKEN, format="PDF"
        ) from None
    if locked:
        raise Unreadable(Trouble.PASSWORD)
    return reader


def _page_count(reader: Any) -> int:
    try:
        return len(reader.pages)
    except Exception:
        raise Unreadable(Trouble.BROKEN, format="PDF") from None


def _printed_on(reader: Any, number: int, allowance: Allowance) -> list[_Printed]:
    """The lines of one page, in the order they are written; a broken page has none."""
    lines: list[_Printed] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if not text:
            return
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        height = abs(size * tm[3] * cm[3]) or abs(size) or 1.0
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        seen = text.replace(_SOFT_HYPHEN, "-")
        for place, piece in enumerate(seen.split("\n")):
            goes_on = not place and lines and abs(lines[-1].y - y) < _SAME_LINE * height
            if goes_on:
                lines[-1].text += piece
            elif piece.strip():
                lines.append(_Printed(number + 1, x, y, height, bold, piece))

    try:
        allowance.text_on(reader.pages[number], take)
    except Unreadable:
        raise
    except TooMuch:
        raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS) from None
    except Exception:
        return lines
    return lines


def _lines(printed: Sequence[_Printed]) -> Iterator[Line]:
    """Printed lines with blank ones where there is more space than between lines of a paragraph."""
    body = _commonest([round(line.size, 1) for line in printed for _ in line.text]) or 1.0
    margin = min((line.x for line in printed), default=0.0)
    usual = _usual_spacing(printed)
    before: _Printed | None = None
    for line in printed:
        if before and before.page != line.page:
            yield Line("", page=before.page)
        elif before and not 0 <= before.y - line.y <= _GAP * usual:
            yield Line("", page=line.page)
        indent = max(0, min(60, int((line.x - margin) / _POINTS_PER_SPACE)))
        for text in pieces(line.text):
            larger = line.size >= _LARGER * body and len(text) <= _LONGEST_HEADING
            level = (1 if line.size >= _LARGER**3 * body else 2) if larger else 0
            yield Line(text, line.page, indent, heading_level=level, bold=line.bold)
        before = line


def _usual_spacing(printed: Sequence[_Printed]) -> float:
    """The commonest distance from one line to the next, which is that within paragraphs."""
    steps = [round(one.y - two.y, 1) for one, two in pairwise(printed) if one.page == two.page]
    sizes = _commonest([round(line.size, 1) for line in printed]) or 10.0
    near = [step for step in steps if _CLOSEST * sizes <= step <= _WIDEST * sizes]
    if not near:
        return 1.2 * sizes
    common = Counter(near).most_common(3)
    most = common[0][1]
    return min(step for step, count in common if count >= most / 2)


def _commonest(values: Sequence[float]) -> float | None:
    return Counter(values).most_common(1)[0][0] if values else None
