"""Words of interest, found in running text however they are inflected, compounded or misread.

A term is written as people would say it: `ordfører` matches any word beginning so, `=to` only the
whole word, `*forebygg` also inside a compound, and several words match when they follow each other
with at most one word between (`faste deltak`). What does not belong here: what a term means.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from samrad.reading.mending import mended_word
from samrad.reading.ocr import reading_cost, skeleton, tolerance

_WORD = re.compile(r"[@&]?[^\W_]+|&")
_SHORTEST_FUZZY = 6
_TOO_SHORT_TO_BEGIN = 2
_LONGEST_WORD = 40
_WHOLE_WORD_LIMIT = 0.4
_REMEMBERED_WORDS = 20_000

Terms = tuple[tuple[str, tuple[str, ...]], ...]
"""Terms, each with its atoms."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, where it stands, and the atoms of the lexicon it may be."""

    text: str
    start: int
    end: int
    atoms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: from which word to which (inclusive)."""

    term: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its words and every term in it, found once."""

    text: str
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]

    def having(self, terms: Iterable[str]) -> tuple[Hit, ...]:
        """The hits of any of these terms, in the order of the text."""
        wanted = frozenset(terms)
        return tuple(hit for hit in self.hits if hit.term in wanted)

    def has(self, terms: Iterable[str]) -> bool:
        """Whether any of these terms occurs."""
        wanted = frozenset(terms)
        return any(hit.term in wanted for hit in self.hits)


@lru_cache(maxsize=8192)
def _candidate(atom: str) -> tuple[str, bool, bool]:
    """An atom as its letters, whether it is the whole word, whether it may stand inside one."""
    letters = atom.lstrip("=*")
    whole = atom.startswith("=") or len(letters) <= _TOO_SHORT_TO_BEGIN
    return letters, whole, atom.startswith("*")


def _one_less(folded: str) -> Iterator[str]:
    if len(folded) >= _SHORTEST_FUZZY:
        for place in range(len(folded)):
            yield folded[:place] + folded[place + 1 :]


class Lexicon:
    """A fixed set of terms, ready to be looked for."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms_from: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for term in dict.fromkeys(terms):
            atoms = tuple(term.lower().split())
            self._terms_from.setdefault(atoms[0], []).append((term, atoms))
        self._by_skeleton: dict[str, list[str]] = {}
        self._inside: list[tuple[str, str]] = []
        atoms_in_use = {
            atom for many in self._terms_from.values() for _, term in many for atom in term
        }
        for atom in sorted(atoms_in_use):
            letters, _, inside = _candidate(atom)
            folded = skeleton(letters)
            if inside:
                self._inside.append((folded, atom))
            for key in {folded, *_one_less(folded)}:
                self._by_skeleton.setdefault(key, []).append(atom)
        self._known: dict[str, frozenset[str]] = {}
        self._begun: dict[frozenset[str], Terms] = {}

    def read(self, text: str) -> Text:
        """The text with every word looked up and every term found."""
        words = tuple(
            Word(found[0], found.start(), found.end(), self._atoms(found[0].lower()))
            for found in _WORD.finditer(text)
        )
        return Text(text, words, tuple(self._hits(words)))

    def _atoms(self, word: str) -> frozenset[str]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED_WORDS:
                self._known.clear()
                self._begun.clear()
            known = self._known[word] = self._looked_up(mended_word(word)[:_LONGEST_WORD])
        return known

    def _looked_up(self, word: str) -> frozenset[str]:
        folded = skeleton(word)
        candidates: set[str] = set()
        for length in range(1, len(folded) + 1):
            beginning = folded[:length]
            for key in (beginning, *_one_less(beginning)):
                candidates.update(self._by_skeleton.get(key, ()))
        found = {atom for atom in candidates if self._means(atom, word)}
        found.update(
            atom
            for folded_atom, atom in self._inside
            if atom not in found and folded_atom in folded and self._stands_inside(atom, word)
        )
        return frozenset(found)

    @staticmethod
    def _means(atom: str, word: str) -> bool:
        letters, whole, _ = _candidate(atom)
        limit = tolerance(len(letters))
        if whole:  # an ending more or less is another word here: letters may only be misread
            limit = min(limit, _WHOLE_WORD_LIMIT)
        return reading_cost(letters, word, whole=whole, limit=limit) <= limit

    @staticmethod
    def _stands_inside(atom: str, word: str) -> bool:
        letters = _candidate(atom)[0]
        limit = tolerance(len(letters)) / 2
        starts = range(1, max(1, len(word) - len(letters) + 2))
        return any(
            reading_cost(letters, word[start:], whole=False, limit=limit) <= limit
            for start in starts
        )

    def _hits(self, words: tuple[Word, ...]) -> Iterator[Hit]:
        for place, word in enumerate(words):
            for term, atoms in self._begun_by(word.atoms):
                last = _follow(words, place, atoms) if len(atoms) > 1 else place
                if last is not None:
                    yield Hit(term, place, last)

    def _begun_by(self, atoms: frozenset[str]) -> Terms:
        """The terms that may begin with a word, always in the same order."""
        begun = self._begun.get(atoms)
        if begun is None:
            first = (atom for atom in sorted(atoms) if atom in self._terms_from)
            begun = tuple(term for atom in first for term in self._terms_from[atom])
            self._begun[atoms] = begun
        return begun


def _follow(words: tuple[Word, ...], place: int, atoms: tuple[str, ...]) -> int | None:
    """The last word of a term that begins at `place`, when all of it is there."""
    for atom in atoms[1:]:
        near = range(place + 1, min(place + 3, len(words)))
        found = next((next_ for next_ in near if atom in words[next_].atoms), None)
        if found is None:
            return None
        place = found
    return place
