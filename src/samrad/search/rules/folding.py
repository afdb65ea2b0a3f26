"""Words in the one form in which they are compared.

Case does not count, nor do accents: `idé` is `ide`, `Kárášjohka` is `karasjohka`. å, ä and ö are
letters of their own, so `Ås` is not `As`. The neighbours' letters are the same ones written
otherwise: æ is ä, ø is ö. Everything that is neither letter nor digit parts words.

Only for searching. Names of areas have a coarser form of their own, `areas.rules.names`.
"""

from __future__ import annotations

import re
import unicodedata

FOLDING = 1  # raise it when the rules change: the index is then written anew
LONGEST_WORD = 100  # what is longer was not written by a person, and no database wants it as a word

OWN_LETTERS = frozenset("åäö")
THE_SAME = {"æ": "ä", "ø": "ö", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ı": "i"}
LETTERS_WITH_MARKS = [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]
ACCENTS = "\u0300-\u036f"

_ACCENTS = re.compile(f"[{ACCENTS}]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LONG_WORD = re.compile(rf"(\w{{{LONGEST_WORD}}})\w+")


def _plain(letter: str) -> str:
    """A small letter without its marks, unless it is a letter of its own."""
    if letter in OWN_LETTERS:
        return letter
    bare = unicodedata.normalize("NFD", letter)[0]
    return THE_SAME.get(bare, bare)


def _small(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


_TABLE = str.maketrans(
    {chr(code): _plain(chr(code)) for code in LETTERS_WITH_MARKS if chr(code).islower()}
)


def folded(text: str) -> str:
    """The words of `text`, folded, with one space between."""
    small = unicodedata.normalize("NFC", _small(text)).translate(_TABLE)
    words = _BETWEEN_WORDS.sub(" ", _ACCENTS.sub("", small)).strip()
    return _LONG_WORD.sub(r"\1", words)


def written_as(letter: str) -> str:
    """Every letter that folds to this one."""
    return _WRITTEN_AS.get(letter, letter)


def _ways_of_writing() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in LETTERS_WITH_MARKS:
        plain = folded(chr(code))
        if len(plain) == 1:
            found[plain] = found.get(plain, plain + plain.upper()) + chr(code)
    return found


_WRITTEN_AS = _ways_of_writing()
