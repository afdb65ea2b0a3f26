"""Documents that leave the house on paper: one structure, written as PDF and as DOCX.

Whoever makes a paper says what it holds (`Paper`); how it looks and how it is tagged for readers
who listen is decided here, once for both forms.
"""

from datetime import datetime

from samrad.documents.paper.structure import (
    Box,
    Drawing,
    Drawings,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    Part,
    Table,
    Words,
)

__all__ = [
    "Box",
    "Drawing",
    "Drawings",
    "Facts",
    "Heading",
    "NewPage",
    "Note",
    "Paper",
    "Part",
    "Table",
    "Words",
    "docx_of",
    "pdf_of",
]


def docx_of(paper: Paper, *, at: datetime) -> bytes:
    """The paper as a Word file, made at that moment."""
    from samrad.documents.paper.as_docx import made  # noqa: PLC0415 - heavy, and seldom asked for

    return made(paper, at=at)


def pdf_of(paper: Paper, *, at: datetime) -> bytes:
    """The paper as a tagged PDF, made at that moment."""
    from samrad.documents.paper.as_pdf import made  # noqa: PLC0415 - heavy, and seldom asked for

    return made(paper, at=at)
