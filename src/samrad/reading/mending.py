"""Words a scanner misread, as the words that agreements are known to use.

`data/words.bin` has the words of the labelled agreements, and of the ways to say each clause. A
word that is none of them, and is one of them as scanners misread it, is taken for that one. What a
passage says is told by the mended words; what is shown and what facts quote stays as it was read.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import ne

from samrad.reading.ocr import ROUND, UPRIGHT, reading_cost, tolerance
from samrad.reading.vocabulary import DATA

WORDS_FILE = "words.bin"

_WORD = re.compile(r"[@&]?[^\W_]+")
_SHORTEST, _LONGEST = 2, 40
_TELLING, _MOST_APART, _MOST_MISREAD = 5, 2, 4
"""Of a shorter word one letter may be misread, of longer ones four, and some become two. What
features and terms are told by, a shorter one is not mended for: it would too often be another."""

_LONG = 9
_MOST_BELIEVED, _MOST_OF_A_LONG_ONE = 0.9, 1.2
"""What the misread letters of a word may cost together: less than one nobody misreads so."""

_LEGGED = "mnurtf"
_COARSE = str.maketrans(
    {
        **dict.fromkeys(f"{ROUND}sx5", "o"),
        **dict.fromkeys(UPRIGHT, "i"),
        **dict.fromkeys(_LEGGED, "n"),
        "h": "k",
    }
)
_RUNS = re.compile(r"(.)\1+")


def mended(text: str) -> str:
    """The text with its misread words put right."""
    return _WORD.sub(lambda found: _as_written(found[0], mended_word(found[0].lower())), text)


def wholly_mended(text: str) -> str:
    """The same with its short words put right too: `8r` is `år`. What is rare may be lost so."""
    return _WORD.sub(lambda found: _as_written(found[0], _known_for(found[0].lower())), text)


def _as_written(word: str, other: str) -> str:
    if other == word.lower():
        return word
    return other.capitalize() if word[0].isupper() else other


def mended_word(word: str) -> str:
    """A known word as it is; another as the known one it may be misread from, if there is one."""
    return _known_for(word) if len(word) >= _TELLING else word


@lru_cache(maxsize=65536)
def _known_for(word: str) -> str:
    if not _SHORTEST <= len(word) <= _LONGEST or word.isdigit() or word in known().words:
        return word
    most = _MOST_BELIEVED if len(word) < _LONG else _MOST_OF_A_LONG_ONE
    limit = min(most, tolerance(len(word)))
    best, least = word, limit
    for other in known().alike.get(coarse(word), ()):
        if not _near(word, other):
            continue
        cost = reading_cost(other, word, whole=True, limit=least)
        if cost < least or (cost == least and best == word):
            best, least = other, cost
    return best


def _near(word: str, other: str) -> bool:
    """Whether two words differ by so little that a closer look is worth it."""
    if len(word) == len(other):
        misread: int = sum(map(ne, word, other))
        return misread <= (_MOST_MISREAD if len(word) >= _TELLING else 1)
    return len(word) >= _TELLING and abs(len(word) - len(other)) <= _MOST_APART


def coarse(word: str) -> str:
    """A word with all that a scanner has ever confused taken for the same."""
    return _RUNS.sub(r"\1", word.lower().translate(_COARSE))


def forget() -> None:
    """Forget what was mended with other words."""
    _known_for.cache_clear()


def packed(words: Iterable[str]) -> bytes:
    """Words as they are kept, the most usual first."""
    return zlib.compress("\n".join(words).encode(), 9)


def words_in(text: str) -> list[str]:
    """The words of a text that could be mended to."""
    found = (word.lower() for word in _WORD.findall(text))
    return [word for word in found if len(word) >= _SHORTEST and word.isalpha()]


@dataclass(frozen=True, slots=True)
class Known:
    """The words there are, and by what a scanner leaves of them those that look alike."""

    words: frozenset[str]
    alike: Mapping[str, tuple[str, ...]]


def sorted_out(words: Iterable[str]) -> Known:
    """Words as they are looked up; of those that look alike the most usual first."""
    alike: dict[str, list[str]] = {}
    known = dict.fromkeys(words)
    for word in known:
        alike.setdefault(coarse(word), []).append(word)
    return Known(frozenset(known), {key: tuple(many) for key, many in alike.items()})


@cache
def known() -> Known:
    """The words that were learned, read once."""
    words = zlib.decompress((DATA / WORDS_FILE).read_bytes()).decode().split("\n")
    return sorted_out(words)
