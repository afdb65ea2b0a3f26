"""A labelled agreement as the files people have: Word, PDF, and what a scanner makes of it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.reading.files import saved
from tests.reading.labelled import Labelled

_ITEM = re.compile(r"^\s*(?:[-•*–]|\d{1,2}\)|[a-z]\))\s+(?=\S)")
_COLUMNS = re.compile(r"\S {3,}\S")
_LANGUAGES = {"no": "nb", "dk": "da", "se": "sv"}


@dataclass(frozen=True)
class Piece:
    """A paragraph, a heading or an item as a person would have typed it."""

    kind: str
    text: str


def pieces(document: Labelled) -> Iterator[Piece]:
    """The document as paragraphs: lines that were only broken for width are joined."""
    width = max(len(line) for line in document.lines)
    held: list[str] = []
    for line, label in [*zip(document.lines, document.labels, strict=True), ("", "")]:
        kind = "title" if label == "title" else "heading" if label.startswith("-") else "text"
        item = _ITEM.match(line)
        alone = kind != "text" or _COLUMNS.search(line)
        if held and (not line.strip() or item or alone or not _was_broken(held[-1], line, width)):
            yield _piece(held)
            held = []
        if line.strip() and kind != "text":
            yield Piece(kind, line.strip())
        elif line.strip():
            held.append(line)


def _was_broken(before: str, line: str, width: int) -> bool:
    """Whether the line before had no room for this one's first word."""
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > 0.9 * width


def _piece(lines: list[str]) -> Piece:
    item = _ITEM.match(lines[0])
    text = " ".join(line.strip() for line in [lines[0][item.end() if item else 0 :], *lines[1:]])
    return Piece("item" if item else "text", text)


def word_of(document: Labelled, seed: int = 1) -> bytes:
    """A Word document: half of them with heading styles, half with headings in bold only."""
    import docx

    styled = random.Random(f"{seed}/{document.name}/word").random() < 0.5
    made = docx.Document()
    for piece in pieces(document):
        if piece.kind == "item":
            made.add_paragraph(piece.text, style="List Bullet")
        elif piece.kind == "text":
            made.add_paragraph(piece.text)
        elif styled:
            made.add_heading(piece.text, 0 if piece.kind == "title" else 1)
        else:
            made.add_paragraph().add_run(piece.text).bold = True
    return saved(made)


def pdf_of(document: Labelled, seed: int = 1) -> bytes:
    """A PDF from a word processor: headings larger, or only bold; some justified and hyphenated."""
    chance = random.Random(f"{seed}/{document.name}/pdf")
    size, justify = chance.choice(["13pt", "11pt"]), chance.random() < 0.5
    language = _LANGUAGES[document.country]
    source = [
        f'#set text(size: 11pt, lang: "{language}")\n#set par(justify: {str(justify).lower()})\n',
        "#set page(footer: context [#h(1fr) #counter(page).display()])\n",
    ]
    for piece in pieces(document):
        words = f"#text({_quoted(piece.text)})"
        if piece.kind == "item":
            source.append(f"#list([{words}])\n\n")
        elif piece.kind == "text":
            source.append(f"{words}\n\n")
        else:
            source.append(f'#block(text(size: {size}, weight: "bold", {_quoted(piece.text)}))\n\n')
    return _compiled(source)


def scanned_pdf(text: str) -> bytes:
    """A PDF as a scanner program makes it: the lines as it read them, all in one size."""
    lines = [
        f"#text({_quoted(line)}) \\\n" if line.strip() else "\n\n" for line in text.split("\n")
    ]
    return _compiled(["#set text(size: 9pt)\n#set page(margin: 1.5cm)\n", *lines])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _compiled(source: list[str]) -> bytes:
    import typst

    return bytes(typst.compile("".join(source).encode()))
