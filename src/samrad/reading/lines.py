"""The lines of a document as they stand on the page: what every kind of file is turned into."""

from dataclasses import dataclass, field

from samrad.reading.unreadable import Note, Parameters


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. An empty `text` is a blank line, which is layout too.

    `whole` is true when the file itself says that this is a whole paragraph (DOCX), false when it
    may be one line of a longer one. `heading_level` is 0 unless the file says it is a heading.
    """

    text: str
    page: int = 1
    indent: int = 0
    whole: bool = False
    heading_level: int = 0
    bold: bool = False
    bullet_depth: int = 0

    @property
    def blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Source:
    """A document as lines, with what there is to say about how it was read."""

    lines: tuple[Line, ...]
    pages: int = 1
    title: str = ""
    notes: tuple[tuple[Note, Parameters], ...] = field(default=())
