"""Documents that leave the house on paper: one structure, written as PDF and as DOCX.

Whoever makes a paper says what it holds (`Paper`); how it looks and how it is tagged for readers
who listen is decided here, once for both forms.
"""

from samrad.documents.paper.docx import docx_of
from samrad.documents.paper.pdf import pdf_of
from samrad.documents.paper.structure import (
    Box,
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
