"""What stands on every page and belongs to none: page numbers, running headers and footers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from samrad.reading.lines import Line
from samrad.reading.ocr import skeleton

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|.\s]*\d{1,3}[-–—|.\s]*"
    r"|(?:s[il1]de?|side|sida|sidan|page|s\.)\s*:?\s*\d{1,3}(?:\s*(?:av|af|of|/|\()\s*\d{1,3}\)?)?"
    r"|\d{1,3}\s*(?:/|av|af|of|\()\s*\d{1,3}\)?)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:s[il1]de?|sida|sidan|page)\s*\d{1,3}(?:\s*(?:av|af|of|/|\()\s*\d{1,3}\)?)?$"
    r"|\s\d{1,2}\s*\(\d{1,2}\)$",
    re.IGNORECASE,
)
"""A line that ends by saying which page this is."""

_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
_FEWEST_PAGES = 3
_LONGEST_HEADER = 120
_RULE = re.compile(r"^[\W_]{3,}$")


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and without what is repeated at the edges of pages."""
    lines = _paged(lines)
    running = _running_lines(lines)
    counted = _counted_lines(lines)
    kept: list[Line] = []
    for place, line in enumerate(lines):
        is_running = (line.page, _same(line)) in running or place in counted
        if line.text and (_is_page_number(lines, place) or is_running):
            continue
        kept.append(Line("", page=line.page) if _RULE.match(line.text) else line)
    return kept


def _counted_lines(lines: Sequence[Line]) -> set[int]:
    """Lines that say which page this is after some words, the same words more than once."""
    ends = [
        place
        for place, line in enumerate(lines)
        if len(line.text) <= _LONGEST_HEADER and _COUNTED.search(line.text)
    ]
    seen = Counter(_same(lines[place]) for place in ends)
    return {place for place in ends if seen[_same(lines[place])] > 1}


def _paged(lines: Sequence[Line]) -> Sequence[Line]:
    """Text without page breaks has them all the same where every page says which it is."""
    if any(line.page > 1 for line in lines):
        return lines
    paged, page = [], 1
    for line in lines:
        paged.append(replace(line, page=page))
        if _PAGE_NUMBER.match(line.text) and any(letter.isalpha() for letter in line.text):
            page += 1
    return paged


def _is_page_number(lines: Sequence[Line], place: int) -> bool:
    """A number alone between blank lines or at a page's edge; words such as `side 3` always."""
    text = lines[place].text
    if not _PAGE_NUMBER.match(text):
        return False
    if any(letter.isalpha() for letter in text):
        return True
    before = place == 0 or lines[place - 1].blank or lines[place - 1].page != lines[place].page
    after = place + 1 == len(lines) or lines[place + 1].blank
    return before and after


def _running_lines(lines: Sequence[Line]) -> set[tuple[int, str]]:
    """Short lines that stand at the edge of at least three pages, and most of them."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.text:
            pages.setdefault(line.page, []).append(line)
    if len(pages) < _FEWEST_PAGES:
        return _same_edges(pages)
    edges = {
        (page, _same(line))
        for page, on_page in pages.items()
        for line in (*on_page[:_EDGE_LINES], *on_page[-_EDGE_LINES:])
        if len(line.text) <= _LONGEST_HEADER and not line.bullet_depth
    }
    seen = Counter(text for _, text in edges)
    needed = max(_FEWEST_PAGES, len(pages) // 2)
    return {(page, text) for page, text in edges if text and seen[text] >= needed}


def _same_edges(pages: Mapping[int, list[Line]]) -> set[tuple[int, str]]:
    """Two pages that begin alike have a header, that end alike a footer; less may be chance."""
    if len(pages) != 2:  # noqa: PLR2004
        return set()
    found: set[tuple[int, str]] = set()
    for edge in (0, -1):
        ends = [(page, _same(on_page[edge])) for page, on_page in pages.items()]
        if ends[0][1] and ends[0][1] == ends[1][1]:
            found.update(ends)
    return found


def _same(line: Line) -> str:
    """What makes two lines the same header: letters as a scanner may read them, no numbers."""
    return " ".join(skeleton(word) for word in _DIGITS.sub("", line.text).split())
