"""What stands in a Word document's markup: its paragraphs and tables, wherever they lie.

Text lies inside content controls, smart tags, fields and tracked changes as well as plainly. What
was put in is part of the text and what was struck out is not. What does not belong here: what a
paragraph is, a heading or an item.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from samrad.reading.unreadable import Note

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, TABLE = f"{_W}p", f"{_W}tbl"
_ROW, _CELL, _RUN, _BOX = f"{_W}tr", f"{_W}tc", f"{_W}r", f"{_W}txbxContent"
_CONTROL, _FALLBACK = f"{_W}sdt", f"{_MC}Fallback"
_AROUND = frozenset(
    f"{_W}{name}"
    for name in (
        "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "hyperlink",
        "dir", "bdo",
    )
)  # fmt: skip
_CHANGED = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_COMMENTED = f"{_W}commentReference"
_STANDS_FOR = {
    f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-",
}  # fmt: skip
_NO = {"0", "false", "off", "none"}
_MOST_COLUMNS = 63
"""As many as Word has: a file may claim more."""

Element = Any


def blocks_in(around: Element) -> Iterator[Element]:
    """The paragraphs and tables in their order; those of a text box after where it hangs."""
    for one in _within(around):
        if one.tag == TABLE:
            yield one
        elif one.tag == PARAGRAPH:
            yield one
            for box in _boxes(one):
                yield from blocks_in(box)


def _within(around: Element) -> Iterator[Element]:
    """What stands in a part of the document, as if nothing were wrapped around it."""
    for one in around:
        if one.tag not in _AROUND:
            yield one
        elif not (one.tag == _CONTROL and _is_contents(one)):
            yield from _within(one)


def _is_contents(control: Element) -> bool:
    """A table of contents says every heading once more."""
    gallery = control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph, not those within others, and each once.

    Word writes a box a second time, for programs that do not know it as it is now.
    """
    again: dict[Element, bool] = {}
    for box in paragraph.iter(_BOX):
        above = list(box.iterancestors())
        above = above[: above.index(paragraph)]
        for one in above:
            if one.tag == _FALLBACK and one not in again:
                again[one] = _stands_beside(one)
        if not any(one.tag == _BOX or again.get(one) for one in above):
            yield box


def _stands_beside(fallback: Element) -> bool:
    """Whether the way of writing it that comes first has a box too."""
    others = (one for one in fallback.getparent() if one is not fallback)
    return any(next(one.iter(_BOX), None) is not None for one in others)


def runs_in(paragraph: Element) -> Iterator[Element]:
    """The stretches of text of a paragraph that are set alike."""
    return (one for one in _within(paragraph) if one.tag == _RUN)


def text_of(paragraph: Element) -> str:
    """What a paragraph says, with a new line where it has one."""
    return "".join(text_of_run(run) for run in runs_in(paragraph))


def text_of_run(run: Element) -> str:
    """What a stretch of text says."""
    return "".join(
        one.text or "" if one.tag == f"{_W}t" else _STANDS_FOR.get(one.tag) or _break(one)
        for one in run
    )


def _break(one: Element) -> str:
    is_of_line = one.get(f"{_W}type", "textWrapping") == "textWrapping"
    return "\n" if one.tag == f"{_W}br" and is_of_line else ""


def is_bold(run: Element) -> bool:
    """Whether a stretch of text is set in bold by its own mark."""
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "true") not in _NO


def goes_on_in_the_next(paragraph: Element) -> bool:
    """Whether the end of a paragraph was struck out."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def cells_of(table: Element) -> Iterator[list[Element]]:
    """A table row by row: what stands in each column, nothing where a cell is as wide as several.

    A cell that is as high as several rows stands in each of them.
    """
    above: list[Element] = []
    for row in _within(table):
        if row.tag != _ROW or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[Element] = []
        for cell in (one for one in _within(row) if one.tag == _CELL):
            higher = above[len(cells)] if len(cells) < len(above) else None
            own = higher if _is_of_the_one_above(cell) and higher is not None else cell
            cells += [own, *[None] * (_columns(cell) - 1)]
        above = cells
        yield cells


def _columns(cell: Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    told = str(span.get(f"{_W}val")) if span is not None else ""
    return max(1, min(int(told), _MOST_COLUMNS)) if told.isdecimal() else 1


def _is_of_the_one_above(cell: Element) -> bool:
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val", "continue") == "continue"


def notes_on(body: Element) -> Iterable[Note]:
    """What a person should know who only reads the text."""
    if next(body.iter(*_CHANGED), None) is not None:
        yield Note.CHANGES
    if next(body.iter(_COMMENTED), None) is not None:
        yield Note.COMMENTS
