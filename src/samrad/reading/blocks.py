"""Lines into blocks: headings, paragraphs and list items, with broken lines joined again.

Told by layout; which lines are headings is `heading_lines`' question. What does not belong here:
what a block is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from samrad.reading.heading_lines import HeadingLines, Setting, SoundsLikeHeading
from samrad.reading.heading_rows import unnumbered
from samrad.reading.lines import Line
from samrad.reading.marks import (
    BULLET,
    HYPHEN,
    SENTENCE_ENDS,
    Mark,
    is_list_line,
    joined,
    mark_of,
    same_glyph,
    starts_upper,
)


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
    indent: int = 0
    level: int = 0
    parts: list[str] = field(default_factory=list)

    def ends_with(self, endings: tuple[str, ...]) -> bool:
        """How the block ends so far."""
        return self.parts[-1].endswith(endings)


_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*|__")
_OPENS = (":", ";")
_LIST_BACK = 40
_WIDEST_GAP = 2
_SLACK = 0.1
_DEEPER = 2


def blocks_of(lines: Sequence[Line], sounds_like_heading: SoundsLikeHeading) -> list[Block]:
    """The blocks of a document in their order."""
    return _Builder(lines, sounds_like_heading).build() if lines else []


class _Builder:
    """Goes through the lines once, deciding for each whether it goes on or begins anew."""

    def __init__(self, lines: Sequence[Line], sounds_like_heading: SoundsLikeHeading) -> None:
        self._lines = lines
        self._headings = HeadingLines(lines, sounds_like_heading)
        self._blocks: list[Block] = []
        self._stack: list[tuple[str, int]] = []
        self._last_length = 0

    def build(self) -> list[Block]:
        """The blocks, joined and cleaned."""
        gap = _WIDEST_GAP
        for place, line in enumerate(self._lines):
            if line.blank:
                gap += 1
                continue
            self._take(place, line, gap)
            gap = 0
        for block in self._blocks:
            block.text = joined(block.parts)
        return [block for block in self._blocks if block.text]

    @property
    def _last(self) -> Block | None:
        return self._blocks[-1] if self._blocks else None

    def _take(self, place: int, line: Line, gap: int) -> None:
        text = _MARKDOWN.sub("", line.text).strip()
        if not text:
            return
        mark = self._mark(place, text, gap)
        level = self._headings.level(place, text, mark, self._setting(gap))
        if level and self._goes_on_heading(line, gap):
            self._blocks[-1].parts.append(text)
        elif level:
            rest = mark.rest if mark and mark.numbered else text
            self._begin(Shape.HEADING, unnumbered(rest), line, gap).level = level
            self._stack.clear()
        elif mark and not (mark.numbered and mark.sign.isdigit()):
            item = self._begin(Shape.ITEM, mark.rest, line, gap)
            item.marker, item.depth = mark.sign, self._depth(mark, line)
        elif line.whole or not self._continues(place, line, text, gap):
            self._begin(Shape.PARAGRAPH, text, line, gap)
            if gap:
                self._stack.clear()
        else:
            block = self._blocks[-1]
            block.parts.append(text)
            block.width = max(block.width, len(line.text))
        self._last_length = len(line.text)

    def _begin(self, shape: Shape, text: str, line: Line, gap: int) -> Block:
        block = Block(
            shape,
            "",
            line.page,
            gap=gap > 0,
            width=len(line.text),
            indent=line.indent,
            parts=[text],
        )
        self._blocks.append(block)
        return block

    def _mark(self, place: int, text: str, gap: int) -> Mark | None:
        if self._lines[place].bullet_depth:
            return Mark("•", text)
        last = self._last
        in_list = last.marker if last and last.shape is Shape.ITEM else ""
        open_ended = last is not None and not last.ends_with(SENTENCE_ENDS)
        mid_sentence = open_ended and not gap and not self._among_dashes(place)
        return mark_of(text, in_list_of=in_list, mid_sentence=mid_sentence)

    def _among_dashes(self, place: int) -> bool:
        """Whether the next line begins with a dash as well: then it is a list, though unopened."""
        if place + 1 >= len(self._lines):
            return False
        signs = [BULLET.match(line.text) for line in self._lines[place : place + 2]]
        return all(signs) and same_glyph(*(sign[1] for sign in signs if sign))

    def _setting(self, gap: int) -> Setting:
        last = self._last
        ended = last is None or last.shape is Shape.ITEM or last.ends_with(SENTENCE_ENDS)
        return Setting(gap, in_open_list=self._in_open_list(), after_sentence=ended)

    def _in_open_list(self) -> bool:
        """Whether a colon has opened a list of short lines that this line may go on with."""
        for block in reversed(self._blocks[-_LIST_BACK:]):
            if block.ends_with((":",)):
                return True
            if block.shape is not Shape.PARAGRAPH or not is_list_line(joined(block.parts[:4])):
                return False
        return False

    def _goes_on_heading(self, line: Line, gap: int) -> bool:
        """A heading the file marks as one may run over two lines."""
        last = self._last
        return (
            last is not None
            and last.shape is Shape.HEADING
            and not gap
            and not line.whole
            and 0 < line.heading_level == last.level
        )

    def _depth(self, mark: Mark, line: Line) -> int:
        """How deep an item lies: a new sign under an item that opens a list lies deeper."""
        if line.bullet_depth:
            return line.bullet_depth - 1
        signs = [sign for sign, _ in self._stack]
        if mark.glyph in signs:
            del self._stack[signs.index(mark.glyph) + 1 :]
        elif not self._stack or self._lies_deeper(line):
            self._stack.append((mark.glyph, line.indent))
        return max(0, len(self._stack) - 1)

    def _lies_deeper(self, line: Line) -> bool:
        before = self._blocks[-2] if len(self._blocks) > 1 else None
        opens = before is not None and before.ends_with(_OPENS)
        return opens or line.indent >= self._stack[-1][1] + _DEEPER

    def _continues(self, place: int, line: Line, text: str, gap: int) -> bool:
        """Whether this line goes on with the block before it."""
        last = self._last
        if last is None or last.shape is Shape.HEADING:
            return False
        if HYPHEN.search(last.parts[-1]):
            return True
        if gap:
            small = text[0].isalpha() and not starts_upper(text)
            return small and gap <= _WIDEST_GAP and not last.ends_with(SENTENCE_ENDS)
        hanging = last.shape is Shape.ITEM and line.indent > last.indent
        return hanging or not starts_upper(text) or not self._would_have_fitted(place, text, last)

    def _would_have_fitted(self, place: int, text: str, last: Block) -> bool:
        """Whether the first word had room on the line before: then the break was meant."""
        width = self._headings.widths[place]
        room = width - self._last_length - 1 - len(text.split(maxsplit=1)[0])
        return room >= (0 if last.ends_with(SENTENCE_ENDS) else _SLACK * width)
