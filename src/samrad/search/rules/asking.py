"""What somebody asks for: words and phrases, all of which must be found.

A word is found wherever it stands in another, so that `kriminalitet` finds
`ungdomskriminalitet`; one of two letters only where a word begins (`Ås`, `Åsgårdstrand`), one
letter only as a word. In quotation marks stand phrases. aa is sought as å too, and å as aa.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samrad.kernel.text import normalise_line
from samrad.search.rules.folding import folded

MOST_LETTERS = 200
MOST_TERMS = 12
WITHIN_WORDS = 3  # letters from which on a word is found within another

_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]')


@dataclass(frozen=True)
class Term:
    """A word or a phrase, folded, with the other ways of writing it."""

    text: str

    @property
    def ways(self) -> tuple[str, ...]:
        """Itself, and with aa for å and å for aa."""
        others = (self.text.replace("å", "aa"), self.text.replace("aa", "å"))
        return tuple(dict.fromkeys((self.text, *others)))

    @property
    def longer_ways(self) -> tuple[str, ...]:
        """Those found anywhere in a text."""
        return tuple(way for way in self.ways if len(way) >= WITHIN_WORDS)

    @property
    def short_ways(self) -> tuple[str, ...]:
        """Those found only where a word begins."""
        return tuple(way for way in self.ways if len(way) < WITHIN_WORDS)


@dataclass(frozen=True)
class Asked:
    """What was typed, and the terms in it; some may be left out when there are very many."""

    said: str = ""
    terms: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not self.said


def asked_for(typed: str) -> Asked:
    """Read what somebody typed, whatever it is."""
    said = normalise_line(typed)
    phrases = [folded(phrase) for phrase in _QUOTED.findall(said)]
    words = [folded(word) for word in _QUOTED.sub(" ", said).split()]
    found = [text for text in dict.fromkeys((*phrases, *words)) if text]
    terms = tuple(map(Term, found[:MOST_TERMS]))
    return Asked(said, terms, is_cut=len(found) > MOST_TERMS)
