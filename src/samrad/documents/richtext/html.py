"""HTML out, escaped by construction; HTML in, through nh3 and no other way."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samrad.documents.richtext.blocks import Block, BlockKind, Line, Span, SpanKind
from samrad.documents.richtext.marks import blocks_of, plain_of
from samrad.kernel.text import normalise

TAGS = {"p", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
SCHEMES = {"http", "https", "mailto"}
_CONTAINERS = {
    BlockKind.PARAGRAPH: ("<p>", "<br>", "</p>"),
    BlockKind.HEADING: ("<h3>", "<br>", "</h3>"),
    BlockKind.BULLETS: ("<ul><li>", "</li><li>", "</li></ul>"),
    BlockKind.NUMBERS: ("<ol><li>", "</li><li>", "</li></ol>"),
    BlockKind.QUOTATION: ("<blockquote>", "<br>", "</blockquote>"),
}


@lru_cache(maxsize=1024)
def html_of(text: str) -> SafeString:
    """Written text as HTML of the small schema; every character of it is escaped here.

    Remembered, because a page of minutes shows thirty texts that seldom change.
    """
    return mark_safe("\n".join(map(_block, blocks_of(text))))  # noqa: S308 (built from escaped parts)


def _block(block: Block) -> str:
    before, between, after = _CONTAINERS[block.kind]
    return before + between.join(map(_line, block.lines)) + after


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    words = escape(span.text)
    match span.kind:
        case SpanKind.STRONG:
            return f"<strong>{words}</strong>"
        case SpanKind.EMPHASIS:
            return f"<em>{words}</em>"
        case SpanKind.LINK:
            return f'<a href="{escape(span.href)}" rel="noreferrer">{words}</a>'
        case _:
            return str(words)


def sanitised(html: str) -> str:
    """HTML from elsewhere, reduced to the schema; doing it again changes nothing."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noreferrer",
        strip_comments=True,
    )


def from_html(html: str) -> str:
    """HTML from elsewhere as written text."""
    reader = _HtmlReader()
    reader.feed(sanitised(html))
    reader.close()
    return plain_of(blocks_of(normalise("".join(reader.parts))))


class _HtmlReader(HTMLParser):
    """Turns the tags of the schema into marks. White space in HTML means nothing by itself."""

    ENDS = {"p": "\n\n", "h3": "\n\n", "ul": "\n\n", "ol": "\n\n", "blockquote": "\n\n", "li": "\n"}
    INLINE = {"strong": "**", "em": "_"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int] = []
        self.quoted = 0
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n" + "> " * self.quoted)
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else -1)
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n" + self._mark())
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag in self.INLINE:
            self.parts.append(self.INLINE[tag])
        elif tag == "h3":
            self.parts.append("\n\n### ")
        else:
            self.quoted += tag == "blockquote"
            self.parts.append("\n\n" + "> " * self.quoted)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag == "blockquote":
            self.quoted -= 1
        if tag == "a" and self.links:
            self._close_link()
        self.parts.append(self.INLINE.get(tag) or self.ENDS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))

    def _mark(self) -> str:
        if not self.lists or self.lists[-1] < 0:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def _close_link(self) -> None:
        href, place = self.links.pop()
        words = "".join(self.parts[place:]).strip()
        if href and words and href.removeprefix("mailto:") != words:
            self.parts[place:] = [f"[{words}]({href})"]
