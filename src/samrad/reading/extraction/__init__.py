"""Files of any kind into lines, within bounds. Start at `extract`."""

from samrad.reading.extraction.kinds import Kind, kind_of
from samrad.reading.extraction.pdf import lines_of_pdf
from samrad.reading.extraction.plain import decoded, lines_of_text, without_control
from samrad.reading.extraction.word import lines_of_docx
from samrad.reading.limits import BYTES, Deadline
from samrad.reading.lines import Source
from samrad.reading.unreadable import Trouble, Unreadable

__all__ = ["as_it_was_read", "extract"]


def extract(data: bytes, filename: str, deadline: Deadline) -> Source:
    """The document as lines; raises `Unreadable` when there is nothing to read."""
    if not data.strip():
        raise Unreadable(Trouble.EMPTY)
    if len(data) > BYTES:
        raise Unreadable(
            Trouble.TOO_LARGE, megabytes=-(-len(data) // 1_000_000), most=BYTES // 1_000_000
        )
    kind = kind_of(data)
    if kind is Kind.PDF:
        source = lines_of_pdf(data, deadline)
    elif kind is Kind.DOCX:
        source = lines_of_docx(data, deadline)
    else:
        source = lines_of_text(data)
    if not any(line.text for line in source.lines):
        raise Unreadable(Trouble.EMPTY)
    return kind.noted(source, filename)


def as_it_was_read(data: bytes) -> bytes:
    """A text in UTF-8, decoded as the reader does; any other file as it is."""
    if kind_of(data) is not Kind.TEXT:
        return data
    return without_control(decoded(data)[0]).encode()
