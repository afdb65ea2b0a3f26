"""What a paper is made of, in the order it is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from samrad.documents.richtext import Block, blocks_of


@dataclass(frozen=True)
class Heading:
    """A heading; the paper's title is level 1, so sections begin at 2 and leave none out."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Words:
    """Written text with its paragraphs, lists and emphasis."""

    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """As it is read."""
        return blocks_of(self.text)


@dataclass(frozen=True)
class Note:
    """A line in a lower voice."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Short answers under their labels: when, where, how it stands."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under column headings; the first cell of a row names it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()  # shares of the line
    groups: tuple[tuple[str, int], ...] = ()  # names above so many headings each
    is_written_in: bool = False  # by hand: rows with room for it


@dataclass(frozen=True)
class Box:
    """A text that stands out, under its label: a decision with the tasks that follow."""

    label: str
    words: Words
    table: Table | None = None


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG with what it shows in words, under its name and a line in a lower voice."""

    svg: str
    says: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Drawings:
    """Drawings beside each other, so many to a row."""

    items: tuple[Drawing, ...]
    columns: int = 1


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page of its own."""


Part = Heading | Words | Note | Facts | Table | Box | Drawings | NewPage


@dataclass(frozen=True)
class Paper:
    """A document: what it is called, in which language, for whom, and what it says."""

    title: str
    language: str
    sender: str  # whose paper it is: a council
    footer: str
    page_of: str  # "Page {n} of {all}", in the paper's language
    marking: str = ""  # for whom it is, when it is not for everybody
    parts: tuple[Part, ...] = field(default=())
    is_dense: bool = False  # a sheet to look at, with as much on a page as can be read

    def to_json(self) -> dict[str, Any]:
        """For the typesetter, which is handed values and never a program."""
        return {
            "title": self.title,
            "language": self.language,
            "sender": self.sender,
            "footer": self.footer,
            "page_of": self.page_of,
            "marking": self.marking,
            "dense": self.is_dense,
            "parts": [_plain(part) for part in self.parts],
        }


def _plain(part: Part) -> dict[str, Any]:  # noqa: PLR0911 (one for each kind of part)
    match part:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Words():
            return {"kind": "words", "blocks": [one.as_json() for one in part.blocks]}
        case Note(text):
            return {"kind": "note", "text": text}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
        case Table():
            return _table(part)
        case Drawings(items, columns):
            return {"kind": "drawings", "columns": columns, "items": [asdict(one) for one in items]}
        case NewPage():
            return {"kind": "new-page"}
        case Box(label, words, table):
            blocks = [one.as_json() for one in words.blocks]
            made = _table(table) if table else None
            return {"kind": "box", "label": label, "blocks": blocks, "table": made}


def _table(table: Table) -> dict[str, Any]:
    widths = table.widths or tuple(1 for _ in table.header)
    return {
        "kind": "table",
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
        "widths": list(widths),
        "groups": [list(group) for group in table.groups],
        "written-in": table.is_written_in,
    }
