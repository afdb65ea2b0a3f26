"""The one normalisation that every text a person writes goes through before it is stored.

1. Unicode NFC. 2. Line endings become `\\n`. 3. Control characters other than newline and tab,
lone surrogates, non-characters, byte-order marks and bidirectional overrides are removed.
4. White space at the end of lines and around the whole is dropped; a single line has every run
of white space folded to one space. Applying it twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

_REMOVED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
_MANY_BLANK = re.compile(r"\n{4,}")
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """`text` as several lines, normalised."""
    text = _REMOVED.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    text = _MANY_BLANK.sub("\n\n\n", _TRAILING.sub("", text))
    return text.strip()


def normalise_line(text: str) -> str:
    """`text` as one line, normalised."""
    return _SPACES.sub(" ", normalise(text)).strip()


def shortened(text: str, *, at_most: int) -> str:
    """`text` in no more characters than a column holds; marks that join a letter count as well."""
    if len(text) <= at_most:
        return text
    cut = text[: at_most - 1]
    between_words, _space, _rest = text[:at_most].rpartition(" ")
    if len(between_words) > at_most // 3:  # a word as long as that is cut all the same
        cut = between_words
    return f"{cut.rstrip()}…"


def whole_number(text: str, *, most_digits: int = 9) -> int:
    """The number somebody's text says; 0 when it says none, or one that nothing here counts to."""
    return int(text) if text.isdecimal() and len(text) <= most_digits else 0
