"""Names as people type them: without case, diacritics or the doubled vowels that stand for them."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "æ": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss", "þ": "th", "ð": "d"}
)
_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")
_LONG_A = re.compile(r"a[ae]+")
_LONG_O = re.compile(r"oe+")
_BILINGUAL = re.compile(r"\s+[-–/]\s+")


def fold(text: str) -> str:
    """The words of `text` in one plain form: "Ås", "as" and "aas" fold alike; so do ø and oe."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _LONG_O.sub("o", _LONG_A.sub("a", plain))
    return _NOT_IN_WORDS.sub(" ", plain).strip()


def searchable(name: str) -> str:
    """The folded name as stored: a space before each word, so that a word is found by its start."""
    return f" {fold(name)}"


def names_within(official: str) -> list[str]:
    """The names that a bilingual official name holds: "Kárášjohka - Karasjok" holds two."""
    return [part for part in _BILINGUAL.split(official.strip()) if part]
