"""What a text is made of: blocks of lines, lines of spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SCHEMA_VERSION = 1


class SpanKind(StrEnum):
    """A run of characters; kinds do not nest."""

    TEXT = "text"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"


class BlockKind(StrEnum):
    """A paragraph's and a quotation's lines are lines; a list's are its items."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    QUOTATION = "quotation"


@dataclass(frozen=True)
class Span:
    """Some characters of one kind; a link has the address it leads to."""

    kind: SpanKind
    text: str
    href: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A block; `id` is given where something is anchored to it."""

    kind: BlockKind
    lines: tuple[Line, ...]
    id: str = ""

    def text(self) -> str:
        """The block's words without marks."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The block in schema version 1."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "lines": [[_span_as_json(span) for span in line] for line in self.lines],
        }


def _span_as_json(span: Span) -> dict[str, str]:
    found = {"kind": span.kind.value, "text": span.text}
    return {**found, "href": span.href} if span.href else found
