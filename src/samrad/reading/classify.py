"""Which clause of the template each passage belongs to, with a confidence one can rely on.

Three things speak: the heading above (as firmly as the template says that clause holds its
passages), the words of the passage, and the passage before. What they say is turned into
probabilities; where none is high enough the reader says that it is unsure.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrad.reading.headings import HEADING_TOO_VAGUE, Headings
from samrad.reading.lexicon import Text
from samrad.reading.passages import RawPassage
from samrad.reading.signs import signs_in
from samrad.reading.templates import Template

TELLING, USUAL, SLIGHT = 3.0, 1.5, 0.6
"""What a word is worth, by how much it tells of its clause."""

SIGN = 1.8
SAID_AGAIN = 0.4
MOST_FROM_WORDS = 9.0
FOLLOWS_ON = 1.2
NONE_OF_THEM = 2.0
"""What speaks for a passage belonging to no clause at all."""

UNDER_UNKNOWN_HEADING = 0.35

TEMPERATURE = 1.2
SURE = 0.5
"""Both fitted on the labelled agreements, see `tests/reading/test_confidence.py`."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The clause of a passage, or None, with the probability and the next best clauses."""

    clause: str | None
    confidence: float
    likely: tuple[str, ...]
    heading_fits: bool


def place(
    passages: Sequence[RawPassage], texts: Sequence[Text], template: Template, headings: Headings
) -> list[Placed]:
    """The clause of every passage."""
    worth = _worth_of_terms(template)
    holds = {clause.key: float(clause.holds) for clause in template.clauses}
    placed: list[Placed] = []
    known_heading, known_level, current = "", 0, ""
    before: str | None = None
    for passage, text in zip(passages, texts, strict=True):
        announced = headings.announced(passage.heading) if passage.heading else None
        if passage.heading != current:
            current, before = passage.heading, None
            if announced and announced.strength >= HEADING_TOO_VAGUE:
                known_heading, known_level = passage.heading, passage.level
            elif passage.level <= known_level:
                known_heading, known_level = "", 0
        scores = _from_words(text, worth, holds)
        shown = signs_in(text, template)
        for one in template.clauses:
            scores[one.key] += SIGN * sum(sign in shown for sign in one.signs)
        said = _from_heading(passage.heading, known_heading, headings)
        if said:
            clause, strength = said
            scores[clause] += strength * holds[clause]
        if before:
            scores[before] += FOLLOWS_ON
        decided = _decided(scores, said[0] if said and said[1] >= HEADING_TOO_VAGUE else None)
        before = decided.clause
        placed.append(decided)
    return placed


def _worth_of_terms(template: Template) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For each term the clauses it speaks for, and how loudly."""
    worth: dict[str, list[tuple[str, float]]] = {}
    for clause in template.clauses:
        for value, terms in (
            (TELLING, clause.telling),
            (USUAL, clause.usual),
            (SLIGHT, clause.slight),
        ):
            for term in terms:
                worth.setdefault(term, []).append((clause.key, value))
    return {term: tuple(many) for term, many in worth.items()}


def _from_words(
    text: Text, worth: Mapping[str, tuple[tuple[str, float], ...]], clauses: Mapping[str, float]
) -> dict[str, float]:
    """What the words say for each clause; a word speaks once, in its most telling term."""
    spoken = sorted(
        (
            (value, clause, hit.term, hit.first, hit.last)
            for hit in text.hits
            for clause, value in worth.get(hit.term, ())
        ),
        reverse=True,
    )
    scores = dict.fromkeys(clauses, 0.0)
    used: set[tuple[str, int]] = set()
    again: set[tuple[str, str]] = set()
    for value, clause, term, first, last in spoken:
        words = {(clause, place) for place in range(first, last + 1)}
        if words & used:
            continue
        used |= words
        scores[clause] += value * SAID_AGAIN if (clause, term) in again else value
        again.add((clause, term))
    return {clause: min(MOST_FROM_WORDS, score) for clause, score in scores.items()}


def _from_heading(heading: str, known_heading: str, headings: Headings) -> tuple[str, float] | None:
    """The clause the heading speaks for and how clearly; a vague one defers to the one above."""
    if heading:
        announced = headings.announced(heading)
        if announced.clause and announced.strength >= HEADING_TOO_VAGUE:
            return announced.clause, announced.strength
    if known_heading:
        above = headings.announced(known_heading)
        if above.clause:
            return above.clause, above.strength * UNDER_UNKNOWN_HEADING
    return None


def _decided(scores: Mapping[str, float], under: str | None) -> Placed:
    powers = {clause: math.exp(score / TEMPERATURE) for clause, score in scores.items()}
    total = sum(powers.values()) + math.exp(NONE_OF_THEM / TEMPERATURE)
    ranked = sorted(powers, key=lambda clause: powers[clause], reverse=True)
    best = ranked[0]
    confidence = round(powers[best] / total, 3)
    sure = confidence >= SURE
    return Placed(
        clause=best if sure else None,
        confidence=confidence,
        likely=tuple(ranked[1:3] if sure else ranked[:3]),
        heading_fits=sure and best == under,
    )
