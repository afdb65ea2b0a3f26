"""How words are compared, what somebody asks for, and what is shown of a text. Plain Python."""

from samrad.search.rules.asking import MOST_LETTERS, MOST_TERMS, Asked, Term, asked_for
from samrad.search.rules.folding import FOLDING, folded
from samrad.search.rules.marking import Piece, extract, marked

__all__ = [
    "FOLDING",
    "MOST_LETTERS",
    "MOST_TERMS",
    "Asked",
    "Piece",
    "Term",
    "asked_for",
    "extract",
    "folded",
    "marked",
]
