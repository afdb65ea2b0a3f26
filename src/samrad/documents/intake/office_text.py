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
# A shared string stands in a table of its own; in the sheet there is only its number.
_SHARED = re.compile(r'<(?:\w+:)?c\s[^>]*\bt="s"[^>]*>.*?</(?:\w+:)?c>', re.DOTALL)
_BREAK = re.compile(
    r"</(?:[\w.-]+:)?(?:p|h|si|row|c|tc|tr|table-cell|table-row|comment|cell)>"
    r"|<(?:[\w.-]+:)?(?:br|cr|line-break)\b[^>]*>"
)
_SPACE = re.compile(r"<(?:[\w.-]+:)?(?:tab|s)\b[^>]*/>")
_HYPHEN = re.compile(r"<(?:[\w.-]+:)?noBreakHyphen\b[^>]*/>")
_MARK = re.compile(r"<[^>]*>")
_LINES = re.compile(r"\s*\n\s*")

_SAYING = (
    (Note.COMMENTS, re.compile(r"comments\d*\.xml$|comments/|threadedComments|commentAuthors"), ""),
    (Note.COMMENTS, re.compile(r"content\.xml$"), r"<office:annotation\b"),
    (Note.CHANGES, re.compile(r"^word/"), r"<w:(?:ins|del)\s"),
    (Note.CHANGES, re.compile(r"content\.xml$"), r"<text:tracked-changes\b"),
    (Note.HIDDEN, re.compile(r"^xl/workbook\.xml$"), r'\bstate="(?:veryH|h)idden"'),
    (Note.HIDDEN, re.compile(r"^ppt/slides/"), r'<p:sld\s[^>]*\bshow="(?:0|false)"'),
    (Note.SPEAKER_NOTES, re.compile(r"^ppt/notesSlides/[^/]*\.xml$"), ""),
)


def text_in(parts: Iterable[Markup]) -> Iterator[str]:
    """The text of each part that has any."""
    for name, data in parts:
        if not _NO_TEXT.search(name):
            text = _text(_decoded(data))
            if text:
                yield text


def notes_in(parts: Iterable[Markup]) -> Iterator[Note]:
    """What whoever hands the file in may not have seen, each once."""
    said = set()
    for name, data in parts:
        for note, where, mark in _SAYING:
            if note not in said and where.search(name) and re.search(mark, _decoded(data)):
                said.add(note)
                yield note


def _text(markup: str) -> str:
    spaced = _SPACE.sub(" ", _HYPHEN.sub("-", _SHARED.sub("", markup)))
    plain = html.unescape(_MARK.sub("", _BREAK.sub("\n", spaced)))
    return _LINES.sub("\n", plain).strip()


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8", errors="replace")
