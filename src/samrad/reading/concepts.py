"""What the words of a text are about, whichever word a writer chose.

`data/concepts.toml` has for each concept the words that speak of it, in all three countries'
languages. What belongs here: recognising them. What a concept says for a clause is learned.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from samrad.reading.ocr import skeleton
from samrad.reading.spelling import folded
from samrad.reading.vocabulary import DATA

FILE = "concepts.toml"
_WORD = re.compile(r"[^\W_]+|§")
_SHORTEST, _LONGEST = 3, 14
_WITHIN = 5
"""From this many letters on a word is also found inside a compound."""

_TELLING = 6
"""From this many letters on the skeleton of a misread word tells what it was."""

Concepts = frozenset[str]
_NONE: Concepts = frozenset()


def concepts_in(text: str) -> list[Concepts]:
    """The concepts of every word, in order; what spans two words stands with the first."""
    words = _WORD.findall(text.lower())
    found = [concepts_of(word) for word in words]
    phrases = _phrases()
    for place, word in enumerate(words):
        for rest, concept in phrases.get(folded(word), ()):
            following = words[place + 1 : place + 1 + len(rest)]
            if len(following) == len(rest) and all(
                folded(one).startswith(other) for one, other in zip(following, rest, strict=True)
            ):
                found[place] |= {concept}
    return found


@lru_cache(maxsize=32768)
def concepts_of(word: str) -> Concepts:
    """The concepts one word speaks of."""
    form = folded(word)
    whole, beginnings, skeletons = _words()
    found = {*whole.get(form, _NONE)}
    for piece in _pieces(form):
        found |= beginnings.get(piece, _NONE)
    if not found:
        bare = skeleton(word)
        for length in range(_TELLING, min(len(bare), _LONGEST) + 1):
            found |= skeletons.get(bare[:length], _NONE)
    return frozenset(found)


def _pieces(form: str) -> Iterator[str]:
    """Its beginnings, and what a compound may have further on."""
    for end in range(2, min(len(form), _LONGEST) + 1):
        yield form[:end]
    for start in range(_SHORTEST, len(form) - _WITHIN + 1):
        for end in range(start + _WITHIN, min(len(form), start + _LONGEST) + 1):
            yield form[start:end]


@cache
def _listed() -> Mapping[str, Sequence[str]]:
    with (DATA / FILE).open("rb") as file:
        return tomllib.load(file)


@cache
def _words() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Whole words, beginnings of words and their skeletons, each with its concepts."""
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    skeletons: dict[str, set[str]] = {}
    for concept, words in _listed().items():
        for word in words:
            if " " in word:
                continue
            if word.startswith("="):
                whole.setdefault(folded(word[1:]), set()).add(concept)
                continue
            beginnings.setdefault(folded(word)[:_LONGEST], set()).add(concept)
            bare = skeleton(word)
            if len(bare) >= _TELLING:
                skeletons.setdefault(bare[:_LONGEST], set()).add(concept)
    return whole, beginnings, skeletons


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What takes two words or more: the first, the beginnings of the others, the concept."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept, words in _listed().items():
        for word in words:
            first, *rest = (folded(part) for part in word.split())
            if rest:
                found.setdefault(first, []).append((tuple(rest), concept))
    return found
