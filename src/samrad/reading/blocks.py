"""Lines into blocks: headings, paragraphs and list items, with broken lines joined again.

Told by layout alone, except that `Headings` may say how much a short line sounds like a heading of
the template. What does not belong here: what a block is about.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from samrad.reading.lines import Line


class Shape(StrEnum):
    """What a block looks like on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(slots=True)
class Block:
    """A heading, a paragraph or a list item, while it is put together.

    `gap` is whether white space stands before it, `width` its longest line as printed.
    """

    shape: Shape
    text: str
    page: int
    marker: str = ""
    depth: int = 0
    gap: bool = True
    width: int = 0
    lines: int = 1
    indent: int = 0
    level: int = 0
    parts: list[str] = field(default_factory=list)


SoundsLikeHeading = Callable[[str], float]
"""How much a line sounds like a heading of the template, from 0 to 1."""

_BULLET = re.compile(r"^([•·▪◦●■□►▶➢➤✓❖*–—+«»¢°>-])\s*(?=\S)")
_DOUBTFUL_BULLET = re.compile(r"^([oe.©])\s+(?=\S)")
_NUMBER = re.compile(
    r"^((?:§|kap(?:ittel|itel|\.)?|artikel|punkt|pkt\.?)\s*\d{1,2}\s?[a-z]?[.:)]?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)]|\(?[a-zæøå]\)|[IVX]{1,4}\.)\s+(?=\S)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^(\d{1,2})\s+(?=[A-ZÆØÅÄÖ])")
_STYCKE = re.compile(r"^(stk\.?\s*\d{1,2}\.?)\s+(?=\S)", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*|__")
_SAME_GLYPH = dict.fromkeys("•·▪●■*«»¢°.e©>►➢", "•") | dict.fromkeys("-–—", "-")
_ENDS = (".", "!", "?", ":", ";", "”", '"', "»", ")")
_OPENS = (":", ";")
_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 12
_MOST_WORDS_ALONE = 7
_LONGEST_UNMARKED_ITEM = 160
_SURE = 0.6
_LIKELY = 0.45
_WHOLLY = 0.9
_ENOUGH_TIGHT = 3
_SHORT_OF_LINE = 0.6
_LONG_LINE = 60
_MIN_CAPITALS = 4


@dataclass(slots=True)
class _Marked:
    marker: str
    rest: str
    numbered: bool


def blocks_of(lines: Sequence[Line], sounds_like_heading: SoundsLikeHeading) -> list[Block]:
    """The blocks of a document in their order."""
    return _Builder(lines, sounds_like_heading).build()


def starts_upper(text: str) -> bool:
    """Whether a text begins as a new sentence does; scanners turn Ø into `@` and Å into `A`."""
    for place, letter in enumerate(text[:6]):
        if letter == "@":
            return True
        if letter.isalpha():
            return letter.isupper() or text[place + 1 : place + 2].isupper()
        if letter.isdigit():
            return False
    return False


def is_list_line(text: str) -> bool:
    """A short line that is no sentence: what stands under a colon when nobody drew bullets."""
    return len(text) <= _LONGEST_UNMARKED_ITEM and not text.endswith((".", ":", "!", "?"))


class _Builder:
    """Goes through the lines once, deciding for each whether it goes on or begins anew."""

    def __init__(self, lines: Sequence[Line], sounds_like_heading: SoundsLikeHeading) -> None:
        self._lines = lines
        self._sounds = sounds_like_heading
        self._blocks: list[Block] = []
        self._stack: list[tuple[str, int]] = []
        self._last_length = 0
        self._last_page = 0
        self._widths = _typical_widths(lines)
        self._tight = self._sets_headings_tight()

    def build(self) -> list[Block]:
        """The blocks, joined and cleaned."""
        gap = 2
        for place, line in enumerate(self._lines):
            if line.blank:
                gap += 1
                continue
            self._take(place, line, gap)
            gap = 0
        for block in self._blocks:
            block.text = joined(block.parts)
        return [block for block in self._blocks if block.text]

    def _take(self, place: int, line: Line, gap: int) -> None:
        text = _MARKDOWN.sub("", line.text).strip()
        if not text:
            return
        marked = self._marked(line, text, gap)
        level = self._heading_level(place, line, text, marked, gap)
        if level and self._goes_on_heading(line, gap):
            self._blocks[-1].parts.append(text)
        elif level:
            rest = marked.rest if marked and marked.numbered else text
            self._begin(Shape.HEADING, rest, line, gap, level=level)
            self._stack.clear()
        elif marked and (not marked.numbered or self._numbers_a_list(marked)):
            self._item(marked, line, gap)
        elif line.whole or not self._continues(place, line, text, gap):
            self._begin(Shape.PARAGRAPH, text, line, gap)
            if gap:
                self._stack.clear()
        else:
            block = self._blocks[-1]
            block.parts.append(text)
            block.lines += 1
            block.width = max(block.width, len(line.text))
        self._last_length, self._last_page = len(line.text), line.page

    def _goes_on_heading(self, line: Line, gap: int) -> bool:
        """A heading the file marks as one may run over two lines."""
        last = self._blocks[-1] if self._blocks else None
        return (
            last is not None
            and last.shape is Shape.HEADING
            and not gap
            and not line.whole
            and 0 < line.heading_level == last.level
        )

    def _begin(self, shape: Shape, text: str, line: Line, gap: int, **more: object) -> None:
        block = Block(
            shape,
            "",
            line.page,
            gap=gap > 0,
            width=len(line.text),
            indent=line.indent,
            parts=[text],
        )
        for name, value in more.items():
            setattr(block, name, value)
        self._blocks.append(block)

    def _item(self, marked: _Marked, line: Line, gap: int) -> None:
        glyph = _SAME_GLYPH.get(marked.marker, "1" if marked.numbered else marked.marker)
        depth = self._depth(glyph, line)
        self._begin(Shape.ITEM, marked.rest, line, gap, marker=marked.marker, depth=depth)

    def _depth(self, glyph: str, line: Line) -> int:
        """How deep an item lies: a new sign under an item that opens a list lies deeper."""
        if line.bullet_depth:
            return line.bullet_depth - 1
        signs = [sign for sign, _ in self._stack]
        if glyph in signs:
            del self._stack[signs.index(glyph) + 1 :]
        elif self._stack:
            last = self._blocks[-1]
            opens = joined(last.parts).endswith(_OPENS)
            deeper = line.indent >= self._stack[-1][1] + 2
            if opens or deeper:
                self._stack.append((glyph, line.indent))
        else:
            self._stack.append((glyph, line.indent))
        return max(0, len(self._stack) - 1)

    def _marked(self, line: Line, text: str, gap: int) -> _Marked | None:
        """The sign that makes this line a list item or a numbered heading, and the rest of it."""
        if line.bullet_depth:
            return _Marked("•", text, numbered=False)
        found = _BULLET.match(text)
        if found:
            rest = text[found.end() :]
            dash_in_sentence = (
                found[1] in "–—-*"
                and not gap
                and not starts_upper(rest)
                and not self._in_list(found[1])
                and self._blocks
                and not joined(self._blocks[-1].parts).endswith(_ENDS)
            )
            glued = (
                found[1] in "-–—+*>°" and text[1:2] not in (" ", "\t") and not starts_upper(rest)
            )
            return None if dash_in_sentence or glued else _Marked(found[1], rest, numbered=False)
        found = _DOUBTFUL_BULLET.match(text)
        if found:
            rest = text[found.end() :]
            if starts_upper(rest) or self._in_list(found[1]):
                return _Marked(found[1], rest, numbered=False)
            return None
        return _numbered(text)

    def _in_list(self, sign: str) -> bool:
        last = self._blocks[-1] if self._blocks else None
        glyph = _SAME_GLYPH.get(sign, sign)
        return (
            last is not None
            and last.shape is Shape.ITEM
            and _SAME_GLYPH.get(last.marker, last.marker) == glyph
        )

    def _numbers_a_list(self, marked: _Marked) -> bool:
        return not marked.marker.isdigit()

    def _heading_level(
        self, place: int, line: Line, text: str, marked: _Marked | None, gap: int
    ) -> int:
        """0 when the line is no heading; otherwise how deep, 1 the highest."""
        if line.heading_level and len(text) <= 2 * _LONGEST_HEADING:
            return line.heading_level
        if marked and not marked.numbered:
            return 0
        rest = marked.rest if marked else text
        if not _could_be_heading(rest):
            return 0
        level = marked.marker.count(".") + 1 if marked and marked.marker[0].isdigit() else 2
        level = max(1, min(level, 6))
        after = self._gap_after(place)
        if not after and not self._next_begins(place):
            return 0
        sounds = self._sounds(rest)
        if rest.endswith(":") and not (sounds >= _WHOLLY and after and len(rest.split()) <= 4):  # noqa: PLR2004
            return 0
        if not (marked or line.bold) and self._in_open_list(gap, sounds):
            return 0
        if sounds >= _SURE and (gap or after or marked or self._stands_out(rest, sounds)):
            return level
        if marked and (sounds >= _LIKELY or (gap and after)):
            return level
        loud = line.bold or (rest.isupper() and sum(map(str.isalpha, rest)) >= _MIN_CAPITALS)
        if loud and (gap or after):
            return level
        alone = bool(gap) and not marked and len(rest.split()) <= _MOST_WORDS_ALONE
        if alone and not after:
            short = len(rest) < _SHORT_OF_LINE * self._widths[place]
            return 3 if self._tight and short and not line.whole else 0
        return 3 if alone and not line.whole and self._leads_text(place) else 0

    def _in_open_list(self, gap: int, sounds: float) -> bool:
        """Whether a colon has opened a list of short lines that this line goes on with."""
        for block in reversed(self._blocks):
            text = joined(block.parts)
            if text.endswith(":"):
                return not (gap > 1 and sounds >= _SURE)
            if block.shape is not Shape.PARAGRAPH or not is_list_line(text):
                return False
        return False

    def _next_begins(self, place: int) -> bool:
        """Whether the next line begins something: a heading never goes on in small letters."""
        text = self._lines[place + 1].text
        return starts_upper(text) or _BULLET.match(text) is not None or not text[0].isalpha()

    def _sets_headings_tight(self) -> bool:
        """Whether this document sets its text right under its headings, as its known ones show."""
        tight = 0
        for place, line in enumerate(self._lines[:-1]):
            space_before = place == 0 or self._lines[place - 1].blank
            if line.blank or self._lines[place + 1].blank or not space_before:
                continue
            text = _MARKDOWN.sub("", line.text)
            numbered = _numbered(text)
            rest = numbered.rest if numbered else text
            tight += _could_be_heading(rest) and self._sounds(rest) >= _WHOLLY
        return tight >= _ENOUGH_TIGHT

    def _stands_out(self, text: str, sounds: float) -> bool:
        """A few words that are wholly a heading, right after a finished sentence."""
        finished = not self._blocks or self._blocks[-1].parts[-1].endswith(_ENDS)
        return sounds >= _WHOLLY and len(text.split()) <= _MOST_WORDS_ALONE and finished

    def _gap_after(self, place: int) -> bool:
        if self._lines[place].whole:
            return True
        return place + 1 >= len(self._lines) or self._lines[place + 1].blank

    def _leads_text(self, place: int) -> bool:
        """Whether what follows is running text: a short line among short lines is a list."""
        following = (line for line in self._lines[place + 1 : place + 8] if line.text)
        nearest = next(following, None)
        if nearest is None:
            return False
        return len(nearest.text) >= _LONG_LINE or bool(_BULLET.match(nearest.text))

    def _continues(self, place: int, line: Line, text: str, gap: int) -> bool:
        """Whether this line goes on with the block before it."""
        if not self._blocks:
            return False
        last = self._blocks[-1]
        if last.shape is Shape.HEADING:
            return False
        ended = last.parts[-1].endswith(_ENDS)
        if _HYPHEN.search(last.parts[-1]):
            return True
        if gap:
            unfinished = not ended and not starts_upper(text) and gap <= 2  # noqa: PLR2004
            return unfinished and text[0].isalpha() and last.lines + len(text) > 1
        hanging = last.shape is Shape.ITEM and line.indent > last.indent
        if hanging or not starts_upper(text):
            return True
        width = self._widths[place]
        first_word = len(text.split(maxsplit=1)[0])
        room = width - self._last_length - 1 - first_word
        if ended:
            return room < 0
        return room < 0.1 * width


def _typical_widths(lines: Sequence[Line]) -> list[int]:
    """For every line the width its neighbourhood is set to: the longest line near it."""
    lengths = [len(line.text) for line in lines]
    reach = 10
    return [max(lengths[max(0, at - reach) : at + reach + 1]) for at in range(len(lengths))]


def _numbered(text: str) -> _Marked | None:
    for pattern in (_STYCKE, _NUMBER):
        found = pattern.match(text)
        if found:
            rest = text[found.end() :]
            lower_allowed = found[1].endswith(")")
            if starts_upper(rest) or lower_allowed or found[1].startswith("§"):
                return _Marked(found[1], rest, numbered=True)
            return None
    found = _BARE_NUMBER.match(text)
    return _Marked(found[1], text[found.end() :], numbered=True) if found else None


def _could_be_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= _MOST_HEADING_WORDS
        and not text.endswith((".", ",", ";", "?", "-"))
        and (starts_upper(text) or text[:1].isdigit())
        and sum(letter.isalpha() for letter in text) > 1
    )


_LINKS = ("og", "eller", "och", "samt")
_SHORT_FORM = re.compile(r"\b[A-ZÆØÅÄÖ]{2,}-$")
_HYPHEN = re.compile(r"(?<=\w)[-¬]$")


def joined(parts: Sequence[str]) -> str:
    """Broken lines as one text: a hyphen at a line's end goes, unless it belongs to the word."""
    text = ""
    for part in parts:
        if not text:
            text = part
        elif _HYPHEN.search(text):
            first = part.split(maxsplit=1)[0]
            if first in _LINKS:
                text = f"{text} {part}"
            elif _SHORT_FORM.search(text) or not part[:1].islower():
                text += part
            else:
                text = text[:-1] + part
        else:
            text = f"{text} {part}"
    return text
