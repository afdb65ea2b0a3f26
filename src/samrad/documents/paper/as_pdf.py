"""A paper as a tagged PDF: headings, language, reading order and title for who listens to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from samrad.documents.paper.structure import Paper

LAYOUT = Path(__file__).with_name("paper.typ")
ACCESSIBLE: typst.PDFStandard = (
    "ua-1"  # PDF/UA-1: the typesetter refuses what would not be accessible
)


def made(paper: Paper, *, at: datetime) -> bytes:
    """The paper, made at that moment; only fonts that come with the typesetter, so alike anywhere.

    A letter that none of them has breaks the promise of PDF/UA. The paper is then tagged all the
    same, and shows a sign in its place.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    values = {"paper": json.dumps(paper.to_json())}
    try:
        return _compiled(values, at, [ACCESSIBLE])
    except typst.TypstError:
        return _compiled(values, at, [])


def _compiled(values: dict[str, str], at: datetime, standards: list[typst.PDFStandard]) -> bytes:
    compiler = typst.Compiler(LAYOUT.read_bytes(), ignore_system_fonts=True, sys_inputs=values)
    file = compiler.compile(format="pdf", pdf_standards=standards, timestamp=at)
    if not isinstance(file, bytes):
        message = "The typesetter made no single file."
        raise TypeError(message)
    return file
