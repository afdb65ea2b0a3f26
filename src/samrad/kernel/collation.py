"""Names in the order a reader looks for them.

Norwegian and Danish end with æ, ø, å; Swedish with å, ä, ö. A letter of a neighbour stands with
one's own: ä with æ, ö with ø. In Norwegian and Danish, aa is an old å: Aabenraa comes last. Other
marks do not count: Kárášjohka stands with k, a, r. An English reader finds Ås with a. Databases
order by the same letters (`ui.sorting`).
"""

from __future__ import annotations

import unicodedata

# The letters after z, in order, each as a character that comes after z in ASCII.
_LAST = {
    "nb": ("æä", "øö", "å"),
    "nn": ("æä", "øö", "å"),
    "da": ("æä", "øö", "å"),
    "sv": ("å", "äæ", "öø"),
}
_AFTER_Z = "{|}"
_LONG_A = frozenset({"nb", "nn", "da"})
_UNLIKE_THEIR_BASE = {"æ": "a", "ø": "o", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l"}
_WRITTEN = [chr(code) for code in range(0xC0, 0x180)]  # letters of Latin script with marks


def letters(language: str) -> dict[str, str]:
    """What each letter with a mark counts as: a small letter of ASCII, or one after z."""
    last = {
        one: _AFTER_Z[place] for place, group in enumerate(_LAST.get(language, ())) for one in group
    }
    if last:
        last["ü"] = "y"
    found = {}
    for letter in _WRITTEN:
        small = letter.lower()[:1]
        found[letter] = last.get(small) or _UNLIKE_THEIR_BASE.get(small) or _base(small)
    return {letter: counts_as for letter, counts_as in found.items() if counts_as != letter}


def _base(letter: str) -> str:
    """The letter without its marks."""
    return unicodedata.normalize("NFKD", letter)[0]


def long_a(language: str) -> str:
    """What aa counts as; empty where it is two letters."""
    return _AFTER_Z[2] if language in _LONG_A else ""


_TABLES = {
    language: str.maketrans(letters(language)) for language in ("en", "nb", "nn", "da", "sv")
}


def alphabet_key(text: str, language: str) -> str:
    """What to compare names by, for a reader of the language."""
    table = _TABLES.get(language, _TABLES["en"])
    plain = unicodedata.normalize("NFC", text).translate(table).lower()
    as_one = long_a(language)
    return plain.replace("aa", as_one) if as_one else plain
