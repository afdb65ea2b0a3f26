"""Plain text: finding out how the letters are written down, then lines.

A wrong guess is worse than none, so every candidate is decoded and scored by what it makes of
Nordic words, and anything but UTF-8 is told to the reader.
"""

import re
from collections.abc import Iterator

from samrad.kernel.text import normalise_line
from samrad.reading.limits import CHARACTERS, LINE_LENGTH, LINES
from samrad.reading.lines import Line, Source
from samrad.reading.unreadable import Note, Trouble, Unreadable

_EIGHT_BIT = ("cp1252", "mac_roman", "cp865")
_IN_WORDS = re.compile("[a-zæøåäö][æøåäöéü]|[æøåäöéü][a-zæøåäö]|\\b[æøåäöÆØÅÄÖ]\\w|\\bå\\b")
_ODD = re.compile("[^\\w\\s.,;:!?()\\[\\]/§%&@#*+=<>|“”’‘\"'«»„–—•·…€´`~^°½¼¾-]")
_MOJIBAKE = re.compile("Ã[¥¦¸¤¶…†˜„–©]")
_SEVEN_BIT = re.compile("[a-zA-Z][{}|][a-zA-Z]|\\b[{}|][a-z]")
_SEVEN_BIT_LETTERS = str.maketrans("{|}[\\]", "æøåÆØÅ")
_ENOUGH_SEVEN_BIT = 5
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAB = 4
_SENTENCE_ENDS = re.compile('[.!?]["”»)]*\\s(?=["“«(]?[A-ZÆØÅÄÖ])')
_SPACE_BEFORE = re.compile(r"^\s*")


def lines_of_text(data: bytes) -> Source:
    """The lines of a text file, in whatever encoding."""
    text, encoding = decoded(data)
    if len(text) > CHARACTERS:
        raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
    lines = tuple(lines_of(text))
    pages = lines[-1].page if lines else 1
    if encoding in ("utf-8", "ascii"):
        return Source(lines, pages)
    return Source(lines, pages, notes=((Note.ENCODING, {"encoding": encoding}),))


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was written in."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, "utf-8" if encoding == "utf-8-sig" else "UTF-16"
    if b"\x00" in data:
        little = data[1::2].count(0) > data[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace"), "UTF-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)
    return _repaired(text)


def without_control(text: str) -> str:
    """The text without the few control characters that are read past."""
    return _CONTROL.sub("", text)


def _repaired(text: str) -> tuple[str, str]:
    """UTF-8 that was once taken for something else, or letters from before eight bits."""
    if _MOJIBAKE.search(text):
        try:
            return text.encode("cp1252").decode("utf-8"), "UTF-8 (twice)"
        except UnicodeError:
            fixed = _MOJIBAKE.sub(_one_repaired, text)
            return fixed, "UTF-8 (twice)"
    if len(_SEVEN_BIT.findall(text)) >= _ENOUGH_SEVEN_BIT and not _IN_WORDS.search(text):
        return text.translate(_SEVEN_BIT_LETTERS), "ISO 646"
    return text, "utf-8"


def _one_repaired(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _eight_bit(data: bytes) -> tuple[str, str]:
    """The eight-bit encoding that makes the most Nordic words and the fewest odd characters."""

    def likely(candidate: tuple[str, str]) -> int:
        text = candidate[0][:50_000]
        return len(_IN_WORDS.findall(text.lower())) - 2 * len(_ODD.findall(text))

    candidates = [(data.decode(name, errors="replace"), name) for name in _EIGHT_BIT]
    return max(candidates, key=likely)


def lines_of(text: str, page: int = 1) -> Iterator[Line]:
    """Text as lines with their indentation; a form feed begins a new page."""
    count = 0
    for number, part in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\f")):
        for raw in part.split("\n"):
            count += 1
            if count > LINES:
                raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
            wide = raw.expandtabs(_TAB)
            before = _SPACE_BEFORE.match(wide)
            indent = len(before[0]) if before else 0
            for piece in pieces(wide):
                yield Line(piece, page=page + number, indent=min(indent, 80))


def pieces(text: str) -> Iterator[str]:
    """One line without what cannot be seen; an over-long one in several, at a sentence or word."""
    if len(text) > CHARACTERS:
        raise Unreadable(Trouble.TOO_LONG, characters=CHARACTERS)
    rest = normalise_line(text.replace("\u00ad", "").replace("\u00a0", " "))
    while len(rest) > LINE_LENGTH:
        end = _end_of_piece(rest)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    yield rest


def _end_of_piece(text: str) -> int:
    """After the last sentence that a line has room for, or the last word; else in the middle."""
    sentences = [found.end() for found in _SENTENCE_ENDS.finditer(text, 0, LINE_LENGTH)]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", 1, LINE_LENGTH)
    return space if space > 0 else LINE_LENGTH
