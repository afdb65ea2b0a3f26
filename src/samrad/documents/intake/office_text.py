"""What an office file says, also where a reader does not look: comments, notes, what was deleted.

The markup is taken for what it is, text between marks. It is never given to an XML parser, so there
is nothing that could be made to follow a link or to grow.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator

from samrad.documents.intake.answer import Note

Markup = tuple[str, bytes]

_NO_TEXT = re.compile(
    r"\.rels$|\[Content_Types\]|theme/|styles\.xml$|settings\.xml$|fontTable|tableStyles"
    r"|presProps|viewProps|calcChain|docProps/|customXml/|META-INF/|manifest|meta\.xml$",
    re.IGNORECASE,
)
MOST_MARKUP = 16_000_000  # bytes of one part; more than the longest book has

# Every pattern begins with a mark's first sign and stops before the next one: however often a mark
# is begun and never ended, no stretch is gone through twice.
_SHARED = re.compile(r'<(?:\w+:)?c\s[^<>]*\bt="s"')
_CELL_ENDS = re.compile(r"</(?:\w+:)?c>")
_BREAK = re.compile(
    r"</(?:[\w.-]+:)?(?:p|h|si|row|c|tc|tr|table-cell|table-row|comment|cell)>"
    r"|<(?:[\w.-]+:)?(?:br|cr|line-break)\b"
)
_SPACE = re.compile(r"<(?:[\w.-]+:)?(?:tab|s)\b[^<>]*/>")
_HYPHEN = re.compile(r"<(?:[\w.-]+:)?noBreakHyphen\b[^<>]*/>")

_SAYING = (
    (Note.COMMENTS, re.compile(r"comments\d*\.xml$|comments/|threadedComments|commentAuthors"), ""),
    (Note.COMMENTS, re.compile(r"content\.xml$"), r"<office:annotation\b"),
    (Note.CHANGES, re.compile(r"^word/"), r"<w:(?:ins|del)\s"),
    (Note.CHANGES, re.compile(r"content\.xml$"), r"<text:tracked-changes\b"),
    (Note.HIDDEN, re.compile(r"^xl/workbook\.xml$"), r'\bstate="(?:veryH|h)idden"'),
    (Note.HIDDEN, re.compile(r"^ppt/slides/"), r'<p:sld\s[^<>]*\bshow="(?:0|false)"'),
    (Note.SPEAKER_NOTES, re.compile(r"^ppt/notesSlides/[^/]*\.xml$"), ""),
)


def text_in(parts: Iterable[Markup]) -> Iterator[str]:
    """The text of each part that has any."""
    for name, data in parts:
        if not _NO_TEXT.search(name):
            text = _text(_decoded(data))
            if text:
                yield text


def is_read_whole(parts: Iterable[Markup]) -> bool:
    """Whether no part with text goes on after what is looked through of it."""
    return all(len(data) <= MOST_MARKUP or _NO_TEXT.search(name) for name, data in parts)


def notes_in(parts: Iterable[Markup]) -> Iterator[Note]:
    """What whoever hands the file in may not have seen, each once."""
    said = set()
    for name, data in parts:
        for note, where, mark in _SAYING:
            if note not in said and where.search(name) and re.search(mark, _decoded(data)):
                said.add(note)
                yield note


def _text(markup: str) -> str:
    plain = html.unescape("".join(_pieces(_without_shared(markup))))
    lines = (line.strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def _marks(markup: str) -> Iterator[tuple[int, int]]:
    """Where each mark begins and ends; what is begun and never ended is text."""
    start = markup.find("<")
    while start >= 0:
        end = markup.find(">", start) + 1
        if not end:
            return
        yield start, end
        start = markup.find("<", end)


def _without_shared(markup: str) -> str:
    """Without the cells whose string stands in a table of its own: here is only its number."""
    kept, place = [], 0
    for cell in _SHARED.finditer(markup):
        if cell.start() < place:
            continue
        begun = markup.find(">", cell.end()) + 1
        ended = _CELL_ENDS.search(markup, begun) if begun else None
        if ended is None:
            break  # none of those that follow ends either
        if markup[begun - 2] == "/":
            continue  # an empty cell hides nothing of what follows
        kept.append(markup[place : cell.start()])
        place = ended.end()
    return "".join([*kept, markup[place:]])


def _pieces(markup: str) -> Iterator[str]:
    """The text between the marks, and what a mark stands for."""
    place = 0
    for start, end in _marks(markup):
        yield markup[place:start]
        yield _stands_for(markup[start:end])
        place = end
    yield markup[place:]


def _stands_for(mark: str) -> str:
    if _HYPHEN.match(mark):
        return "-"
    if _SPACE.match(mark):
        return " "
    return "\n" if _BREAK.match(mark) else ""


def _decoded(data: bytes) -> str:
    data = data[:MOST_MARKUP]
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8", errors="replace")
