"""Text with a little shape: paragraphs, headings, lists, quotations, emphasis, links.

What is stored is what people write: plain text, normalised, with marks a person would use in a
mail (`- `, `1. `, `### `, `> `, `**strong**`, `_emphasis_`, addresses of pages). Everything else
is a reading of it: blocks with ids, HTML, and later Typst and DOCX. docs/adr tells why.
"""

from samrad.documents.richtext.blocks import SCHEMA_VERSION, Block, BlockKind, Span, SpanKind
from samrad.documents.richtext.html import from_html, html_of, sanitised
from samrad.documents.richtext.identity import blocks_with_ids
from samrad.documents.richtext.marks import blocks_of, plain_of, words_of

__all__ = [
    "SCHEMA_VERSION",
    "Block",
    "BlockKind",
    "Span",
    "SpanKind",
    "blocks_of",
    "blocks_with_ids",
    "from_html",
    "html_of",
    "plain_of",
    "sanitised",
    "words_of",
]
