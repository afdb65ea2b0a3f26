"""Between written text and blocks. `blocks_of(plain_of(blocks_of(text)))` is `blocks_of(text)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from samrad.documents.richtext.blocks import Block, BlockKind, Line, Span, SpanKind
from samrad.kernel.text import normalise

_HEADING = re.compile(r"#{1,6}\s+(\S.*)")
_BULLET = re.compile(r"[-*•]\s+(\S.*)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(\S.*)")
_QUOTATION = re.compile(r">\s*(.*)")
_INDENTED = re.compile(r"\s{2,}\S")

_WEB = r"https?://[^\s<>\"()\[\]]*[^\s<>\"()\[\].,;:!?*_]"
_MAIL = r"[A-Za-z0-9][A-Za-z0-9.+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
_SIGN = re.compile(r"[*_@]|\[|://")  # most lines have none, and pages have many lines
_SPAN = re.compile(
    rf"\*\*(?P<strong>(?=\S)[^*]*[^*\s])\*\*"
    rf"|(?<!\w)_(?P<emphasis>(?=\S)[^_]*[^_\s])_(?!\w)"
    rf"|\[(?P<words>[^\[\]]*[^\[\]\s][^\[\]]*)\]\((?P<to>{_WEB}|mailto:{_MAIL})\)"
    rf"|(?P<web>{_WEB})"
    rf"|(?<![\w.+-])(?P<mail>{_MAIL})"
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Read written text. Nothing is refused: what is no mark is words."""
    return tuple(_Reader(normalise(text).split("\n")).blocks())


class _Reader:
    """Goes down the lines once, collecting those of the block in hand."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.kind: BlockKind | None = None
        self.items: list[str] = []
        self.after_blank = False

    def blocks(self) -> Iterator[Block]:
        for number, raw in enumerate(self.lines):
            line = raw.strip()
            if not line:
                self.after_blank = True
                continue
            kind, words = self._read(number, line)
            if kind is None:  # goes on with the item above
                self.items[-1] += f" {words}"
            else:
                if not self._continues(kind):
                    yield from self._close()
                    self.kind = kind
                self.items.append(words)
            self.after_blank = False
        yield from self._close()

    def _read(self, number: int, line: str) -> tuple[BlockKind | None, str]:
        if found := _HEADING.fullmatch(line):
            return BlockKind.HEADING, found[1]
        if found := _QUOTATION.fullmatch(line):
            return BlockKind.QUOTATION, found[1]
        if found := _BULLET.fullmatch(line):
            return BlockKind.BULLETS, found[1]
        if (found := _NUMBER.fullmatch(line)) and self._counts(number, int(found[1])):
            return BlockKind.NUMBERS, found[2]
        in_list = self.kind in {BlockKind.BULLETS, BlockKind.NUMBERS}
        if in_list and not self.after_blank and _INDENTED.match(self.lines[number]):
            return None, line
        return BlockKind.PARAGRAPH, line

    def _counts(self, number: int, figure: int) -> bool:
        """Whether "1." begins a list or goes on with it, rather than a date such as "1. mai"."""
        if self.kind == BlockKind.NUMBERS:
            return figure == len(self.items) + 1
        following = next((line.strip() for line in self.lines[number + 1 :] if line.strip()), "")
        second = _NUMBER.fullmatch(following)
        return figure == 1 and second is not None and int(second[1]) == 2  # noqa: PLR2004

    def _continues(self, kind: BlockKind) -> bool:
        if kind != self.kind or kind == BlockKind.HEADING:
            return False
        return not self.after_blank or kind in {BlockKind.BULLETS, BlockKind.NUMBERS}

    def _close(self) -> Iterator[Block]:
        if self.kind is not None:
            yield Block(self.kind, tuple(spans_of(item) for item in self.items))
        self.kind, self.items = None, []


def spans_of(words: str) -> Line:
    """One line's words with their emphasis and links."""
    if not _SIGN.search(words):
        return (Span(SpanKind.TEXT, words),) if words else ()
    spans: list[Span] = []
    end = 0
    for found in _SPAN.finditer(words):
        if found.start() > end:
            spans.append(Span(SpanKind.TEXT, words[end : found.start()]))
        spans.append(_span(found))
        end = found.end()
    if end < len(words):
        spans.append(Span(SpanKind.TEXT, words[end:]))
    return tuple(spans)


def _span(found: re.Match[str]) -> Span:
    kind, words = found.lastgroup, found[0]
    if kind == "strong":
        return Span(SpanKind.STRONG, found["strong"])
    if kind == "emphasis":
        return Span(SpanKind.EMPHASIS, found["emphasis"])
    if kind == "to":
        return Span(SpanKind.LINK, found["words"], found["to"])
    return Span(SpanKind.LINK, words, f"mailto:{words}" if kind == "mail" else words)


def words_of(text: str) -> str:
    """The words of a text, without the marks that give it its shape."""
    return "\n".join(block.text() for block in blocks_of(text))


def plain_of(blocks: Iterable[Block]) -> str:
    """Write blocks as text, a blank line between them."""
    return "\n\n".join("\n".join(_written(block)) for block in blocks)


def _written(block: Block) -> Iterator[str]:
    for number, line in enumerate(block.lines, start=1):
        words = "".join(map(_marked, line))
        match block.kind:
            case BlockKind.HEADING:
                yield f"### {words}"
            case BlockKind.BULLETS:
                yield f"- {words}"
            case BlockKind.NUMBERS:
                yield f"{number}. {words}"
            case BlockKind.QUOTATION:
                yield f"> {words}".rstrip()
            case _:
                yield words


def _marked(span: Span) -> str:
    match span.kind:
        case SpanKind.STRONG:
            return f"**{span.text}**"
        case SpanKind.EMPHASIS:
            return f"_{span.text}_"
        case SpanKind.LINK if span.href.removeprefix("mailto:") != span.text:
            return f"[{span.text}]({span.href})"
        case _:
            return span.text


def with_id(block: Block, name: str) -> Block:
    """The same block under an id."""
    return replace(block, id=name)
