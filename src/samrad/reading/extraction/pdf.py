"""PDF: the text layer, with the vertical space that tells paragraphs apart."""

import io
import logging
from collections.abc import Iterator
from typing import Any

from samrad.reading.extraction.plain import lines_of
from samrad.reading.limits import CHARACTERS, PAGES, PDF_PAGE_BYTES, Deadline
from samrad.reading.lines import Line, Source
from samrad.reading.unreadable import Note, Parameters, Trouble, Unreadable

_FEWEST_LETTERS = 20
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def lines_of_pdf(data: bytes, deadline: Deadline) -> Source:
    """The lines of a PDF's text layer."""
    reader = _opened(data)
    count = _page_count(reader)
    if count > PAGES:
        raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
    lines: list[Line] = []
    length, without = 0, 0
    for number in range(count):
        deadline.check()
        text = _page_text(reader, number)
        length += len(text)
        if length > CHARACTERS:
            raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
        without += sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS
        lines += lines_of(text.replace("\f", "\n"), page=number + 1)
        lines.append(Line("", page=number + 1))
    if without == count:
        raise Unreadable(Trouble.NO_TEXT_LAYER)
    return Source(tuple(lines), pages=count, notes=tuple(_notes(without)))


def _notes(without: int) -> Iterator[tuple[Note, Parameters]]:
    if without:
        yield Note.PAGES_WITHOUT_TEXT, {"pages": without}


def _opened(data: bytes) -> Any:
    import pypdf  # noqa: PLC0415 - heavy, and only PDF files need it

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception:
        encrypted = b"/Encrypt" in data
        raise Unreadable(Trouble.PASSWORD if encrypted else Trouble.BROKEN, format="PDF") from None
    if locked:
        raise Unreadable(Trouble.PASSWORD)
    return reader


def _page_count(reader: Any) -> int:
    try:
        return len(reader.pages)
    except Exception:
        raise Unreadable(Trouble.BROKEN, format="PDF") from None


def _page_text(reader: Any, number: int) -> str:
    """The text of one page, or nothing where the page is broken or far too heavy."""
    try:
        page = reader.pages[number]
        contents = page.get_contents()
        if contents is None:
            return ""
        if len(contents.get_data()) > PDF_PAGE_BYTES:
            raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
        return str(
            page.extract_text(
                extraction_mode="layout",
                layout_mode_space_vertically=True,
                layout_mode_strip_rotated=True,
            )
        )
    except Unreadable:
        raise
    except Exception:
        return ""
