"""What a made PDF or DOCX says of itself, read by other programs than those that made it."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader


def headings_of_pdf(data: bytes) -> list[tuple[str, str]]:
    """The headings of the structure tree in reading order: H1, H2 …, with their titles."""
    return [(kind, title) for kind, title in tags_of(data) if re.fullmatch(r"H\d", kind)]


def tags_of(data: bytes) -> list[tuple[str, str]]:
    """Every element of the structure tree, depth first, with its title where it has one."""
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict) and "/S" in node:
            found.append((str(node["/S"])[1:], str(node.get("/T", ""))))
            walk(node.get("/K", []))
        elif isinstance(node, dict) and node.get("/Type") == "/StructTreeRoot":
            walk(node.get("/K", []))

    walk(root)
    return found


def text_of_pdf(data: bytes) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def text_of_docx(data: bytes) -> str:
    """All words of a DOCX, those in tables and headers too."""
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    pieces = [one.text for one in document.paragraphs]
    pieces += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    pieces += [one.text for one in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(pieces)


def headings_of_docx(data: bytes) -> list[tuple[int, str]]:
    """The paragraphs in heading styles, by level."""
    return [
        (int(one.style.name.removeprefix("Heading ")), one.text)
        for one in Document(io.BytesIO(data)).paragraphs
        if one.style is not None and str(one.style.name).startswith("Heading ")
    ]


def repeated_rows(data: bytes) -> list[bool]:
    """For each table whether its first row is marked as its heading."""
    return [
        table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        for table in Document(io.BytesIO(data)).tables
    ]
