"""Which clause of the template a heading announces, and how clearly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from samrad.reading.lexicon import Text
from samrad.reading.templates import Template

_IN_BRACKETS = re.compile(r"\([^)]*\)?")
_FIRST_WORD_WEIGHT = 1.5
HEADING_TOO_VAGUE = 0.45
"""A heading that speaks less clearly than this announces nothing."""

_INLINE = re.compile(r"^([^:.–—]{3,60}?)\s*(?::|\s[–—]\s)\s*(?=\S)")
_MOST_INLINE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Announced:
    """A clause and how much of a heading speaks for it, from 0 to 1."""

    clause: str | None
    strength: float


class Headings:
    """The headings of a template, ready to be recognised."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._known: dict[str, Announced] = {}

    @cached_property
    def _terms_by_clause(self) -> Mapping[str, tuple[str, ...]]:
        clauses: dict[str, list[str]] = {}
        for clause in self._template.clauses:
            for term in clause.headings:
                clauses.setdefault(term, []).append(clause.key)
        return {term: tuple(many) for term, many in clauses.items()}

    def strength(self, text: str) -> float:
        """How much a line sounds like some heading of the template."""
        return self.announced(text).strength

    def announced(self, text: str) -> Announced:
        """The clause a heading announces; none when it announces nothing of the template's."""
        if text not in self._known:
            if len(self._known) > 5_000:  # noqa: PLR2004
                self._known.clear()
            self._known[text] = self._find(text)
        return self._known[text]

    def inline(self, text: str) -> tuple[str, str] | None:
        """A heading run into its paragraph (`Formål: Avtalen …`) and the rest of it."""
        found = _INLINE.match(text)
        if not found or len(found[1].split()) > _MOST_INLINE_WORDS:
            return None
        return (found[1], text[found.end() :]) if self.strength(found[1]) >= 1 else None

    def _mere_possessors(self, text: Text, spoken: Mapping[str, set[int]]) -> set[int]:
        """In `Politirådets formål` the council only says whose purpose it is."""
        names = {
            place
            for hit in text.having(self._template.words["levels.council"])
            for place in range(hit.first, hit.last + 1)
        }
        others = {place for places in spoken.values() for place in places} - names
        return names if others else set()

    def _find(self, heading: str) -> Announced:
        text = self._template.lexicon.read(_IN_BRACKETS.sub(" ", heading) or heading)
        words = self._template.words
        weights = [1.0] * len(text.words)
        for place, word in enumerate(text.words):
            if word.text.isdigit():
                weights[place] = 0.0
        for hit in text.having((*words.small, *words.generic)):
            for place in range(hit.first, hit.last + 1):
                weights[place] = 0.0
        spoken: dict[str, set[int]] = {}
        for hit in text.hits:
            for clause in self._terms_by_clause.get(hit.term, ()):
                spoken.setdefault(clause, set()).update(range(hit.first, hit.last + 1))
        for places in spoken.values():
            for place in places:
                weights[place] = 1.0
        for place in self._mere_possessors(text, spoken):
            weights[place] = 0.0
        content = [place for place, weight in enumerate(weights) if weight]
        if not content or not spoken:
            return Announced(None, 0.0)
        if any(content[0] in places for places in spoken.values()):
            weights[content[0]] = _FIRST_WORD_WEIGHT
        total = sum(weights[place] for place in content)
        share = {
            clause: sum(weights[place] for place in places) / total
            for clause, places in spoken.items()
        }
        alike = [clause.key for clause in self._template.clauses if clause.key in share]
        best = max(alike, key=lambda clause: share[clause])
        return Announced(best, share[best])
