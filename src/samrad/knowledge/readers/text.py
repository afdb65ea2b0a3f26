"""From bytes to text: marks at the beginning believed, UTF-8 tried, Latin-1 last and with care."""

from __future__ import annotations

import re

from samrad.knowledge.rules.table import Why, refused

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF_8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf](?![\x80-\xff])")
_LOOKED_AT = 400


def text_in(data: bytes) -> str:
    """The text of a file; refused, with the row, where its letters cannot be known."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, len(mark))
    wide = _wide_without_a_mark(data[:_LOOKED_AT])
    if wide:
        return _decoded(data, wide, 0)
    try:
        return _without_zeros(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _older(data, error.start)


def _decoded(data: bytes, encoding: str, before: int) -> str:
    try:
        return _without_zeros(data.decode(encoding))
    except UnicodeDecodeError as error:
        read = data[: error.start].decode(encoding, errors="replace")
        raise refused(Why.ENCODING, read.count("\n") + 1, at=error.start + before) from error


def _older(data: bytes, first_odd: int) -> str:
    """The alphabet of older Nordic files. One that is partly UTF-8 would be read wrong: refused."""
    row = data.count(b"\n", 0, first_odd) + 1
    if _UTF_8_PAIR.search(data):
        raise refused(Why.MIXED_ENCODINGS, row)
    try:
        return _without_zeros(data.decode("cp1252"))
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise refused(Why.ENCODING, row, at=error.start) from error


def _wide_without_a_mark(start: bytes) -> str:
    """UTF-16 written without its mark: every other byte of plain letters is zero."""
    if len(start) < 4 or b"\x00" not in start:  # noqa: PLR2004
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.4 * len(start) / 2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(start) / 2 and not odd else ""


def _without_zeros(text: str) -> str:
    place = text.find("\x00")
    if place >= 0:
        raise refused(Why.BROKEN, text.count("\n", 0, place) + 1)
    return text
