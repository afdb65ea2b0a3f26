"""Blocks into passages: the pieces a person would move from one clause to another.

A paragraph is a passage; so is a sentence with the list it opens, and so is each item of a list
that stands on its own. What does not belong here: which clause a passage belongs to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from samrad.reading.blocks import Block, Shape
from samrad.reading.headings import Headings
from samrad.reading.marks import is_list_line

_OPENS = (":", ";")
_SHORT_ITEM = 60
_JUDGED_BY = 20
_SEVERAL = 2
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])[\"”»)]*\s+(?=[\"“«(]?[A-ZÆØÅÄÖ@])|\n")
_ABBREVIATION_END = re.compile(r"(?:^|\s)(\S+)\.$")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or an item within a passage."""

    text: str
    depth: int = 0
    item: bool = False
    marker: str = ""


@dataclass(frozen=True)
class RawPassage:
    """A passage before anybody has said what it is about.

    `heading` is the heading it stands under, `run_in` whether that heading was run into it.
    """

    parts: tuple[Part, ...]
    heading: str
    level: int
    page: int
    width: int
    marker: str
    first_block: int

    @cached_property
    def text(self) -> str:
        """The passage as it is shown: items on lines of their own."""
        return "\n".join(
            f"{'  ' * part.depth}• {part.text}" if part.item else part.text for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item of a passage, where it stands."""

    text: str
    part: int
    item: bool


def passages_of(blocks: Sequence[Block], headings: Headings) -> list[RawPassage]:
    """The passages of a document in their order, each under its heading.

    A heading run into a paragraph holds that one and the list after it, no more.
    """
    passages: list[RawPassage] = []
    heading, level = above = "", 0
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block.shape is Shape.HEADING:
            heading, level = above = block.text, block.level
            place += 1
            continue
        run_in = headings.inline(block.text) if not block.marker else None
        if run_in and not block.text.endswith(":"):
            heading, level = run_in[0], 2
            block = replace(block, text=run_in[1])
        elif block.shape is Shape.PARAGRAPH:
            heading, level = above
        end = _end_of_passage(blocks, place)
        group = [block, *blocks[place + 1 : end]]
        passages.append(_passage(group, heading, level, place))
        place = end
    return passages


def _end_of_passage(blocks: Sequence[Block], start: int) -> int:
    """Where the passage that begins with this block ends."""
    first = blocks[start]
    after = start + 1
    if first.shape is Shape.PARAGRAPH and first.text.endswith(_OPENS):
        return _end_of_opened(blocks, after)
    if first.shape is Shape.ITEM:
        while after < len(blocks) and _deeper(blocks[after], first.depth):
            after += 1
        if first.text.endswith(_OPENS) and after == start + 1:
            return after
        return _end_of_fragments(blocks, start) if after == start + 1 else after
    return after


def _deeper(block: Block, depth: int) -> bool:
    return block.shape is Shape.ITEM and block.depth > depth


def _end_of_opened(blocks: Sequence[Block], start: int) -> int:
    """A colon opens a list: with bullets all of it, without them the short lines that follow."""
    if start < len(blocks) and blocks[start].shape is Shape.ITEM:
        sign = blocks[start].marker
        end = start
        while end < len(blocks) and blocks[end].shape is Shape.ITEM:
            changed = _family(blocks[end].marker) != _family(sign) and not blocks[end].depth
            if changed and blocks[end].gap:
                break
            end += 1
        return end
    end = start
    while (
        end < len(blocks)
        and blocks[end].shape is Shape.PARAGRAPH
        and is_list_line(blocks[end].text)
    ):
        end += 1
    return end if end - start > 1 else start


def _end_of_fragments(blocks: Sequence[Block], start: int) -> int:
    """Items that are mere words belong together; items that are sentences stand alone."""
    near = _items_from(blocks, start, start + _JUDGED_BY)
    lengths = [len(block.text) for block in near]
    sentences = sum(block.text.endswith(".") for block in near)
    if len(near) < _SEVERAL or median(lengths) >= _SHORT_ITEM or sentences * 2 >= len(near):
        return start + 1
    return start + len(_items_from(blocks, start, len(blocks)))


def _items_from(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The items of one list from here, up to one that opens another."""
    items = []
    for block in blocks[start:end]:
        if block.shape is not Shape.ITEM or block.text.endswith(_OPENS):
            break
        items.append(block)
    return items


def _family(marker: str) -> str:
    """Signs that a scanner takes for one another, or numbers, are one kind of list."""
    if marker in "-–—":
        return "-"
    return "1" if any(letter.isdigit() for letter in marker) else "•"


def _passage(group: Sequence[Block], heading: str, level: int, place: int) -> RawPassage:
    first = group[0]
    least = min((block.depth for block in group[1:]), default=0)
    opens = first.shape is Shape.PARAGRAPH
    parts = [Part(first.text, 0, first.shape is Shape.ITEM, first.marker)]
    for block in group[1:]:
        depth = max(0, block.depth - (least if opens else first.depth))
        parts.append(Part(block.text, depth, True, block.marker))
    return RawPassage(
        parts=tuple(parts),
        heading=heading,
        level=level,
        page=first.page,
        width=max(block.width for block in group),
        marker=first.marker,
        first_block=place,
    )


def sentences_of(passage: RawPassage, abbreviations: Sequence[str]) -> list[Sentence]:
    """The sentences of a passage; an item without a full stop is one too."""
    known = {abbreviation.rstrip(".").lower() for abbreviation in abbreviations}
    found: list[Sentence] = []
    for number, part in enumerate(passage.parts):
        held = ""
        for piece in _END_OF_SENTENCE.split(part.text):
            text = f"{held} {piece}".strip()
            ending = _ABBREVIATION_END.search(text)
            if ending and ending[1].lower().strip("(") in known:
                held = text
                continue
            held = ""
            if text:
                found.append(Sentence(text, number, part.item))
        if held:
            found.append(Sentence(held, number, part.item))
    return found
