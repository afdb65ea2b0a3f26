"""Which clause of the template each passage belongs to, with a confidence one can rely on.

Three things speak for each passage by itself: the heading above (as firmly as the template says
that clause holds its passages), the words, and signs such as roles or hours. Then the document
speaks as a whole (`sequence`): what stands under one heading belongs together, a new heading begins
something new, and clauses tend to follow each other. Where no clause is likely enough the reader is
unsure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrad.reading.headings import HEADING_TOO_VAGUE, Headings
from samrad.reading.learned import learned
from samrad.reading.lexicon import Text
from samrad.reading.passages import RawPassage
from samrad.reading.sequence import (
    NONE,
    STAYS_IN_RUNNING_TEXT,
    STAYS_UNDER_A_HEADING,
    Step,
    likelihoods,
)
from samrad.reading.signs import is_signed, signs_in, stands_apart
from samrad.reading.templates import USUAL_HOLD, Sign, Template

TELLING, USUAL, SLIGHT = 3.0, 1.5, 0.6
"""What a word is worth, by how much it tells of its clause."""

SIGN = 1.8
SAID_AGAIN = 0.4
MOST_FROM_WORDS = 9.0
NONE_OF_THEM = 0.5
"""What speaks for a passage belonging to no clause at all."""

SIGNED = 6.0
"""What it says of a block of names and roles that it is the last of the document."""

APART = 3.0
"""What a greeting, a list of attachments or a letterhead adds to that."""

IN_ITS_PLACE = 1.0
"""What it is worth to stand where the template has the clause: at the beginning, at the end."""

LAST = 3
"""How far from the end a signature may stand."""

UNDER_UNKNOWN_HEADING = 0.35
UNDER_A_PART_OF_IT = 0.8
"""How much a heading still says under one below it: one of its own, one numbered as a part."""

SURE = 0.5
"""Fitted on the labelled agreements, see `tests/reading/test_confidence.py`."""


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
    steps: list[Step] = []
    under: list[str | None] = []
    known_heading, known_level, current = "", 0, ""
    for passage, text in zip(passages, texts, strict=True):
        announced = headings.announced(passage.heading) if passage.heading else None
        is_new = passage.heading != current
        if is_new:
            current = passage.heading
            if announced and announced.strength >= HEADING_TOO_VAGUE:
                known_heading, known_level = passage.heading, passage.level
            elif passage.level <= known_level:
                known_heading, known_level = "", 0
        scores = _from_words(text, worth, holds)
        shown = signs_in(text, template)
        for one in template.clauses:
            scores[one.key] += SIGN * sum(sign in shown for sign in one.signs)
        is_part = passage.level > known_level == 1
        said = _from_heading(passage.heading, known_heading, headings, is_part=is_part)
        if said:
            clause, strength = said
            scores[clause] += strength * holds[clause]
        for place, one in enumerate(template.clauses):
            apart = abs(len(steps) / len(passages) - place / len(template.clauses))
            scores[one.key] += IN_ITS_PLACE * (1 - apart)
        if len(passages) - len(steps) <= LAST and is_signed(text, template):
            for one in template.clauses:
                scores[one.key] += SIGNED * (Sign.DATELINE in one.signs)
        firm = _firmness(said, holds)
        for key, more in learned(passage.heading, passage.text, tuple(holds), firm).items():
            scores[key] += more
        scores[NONE] = NONE_OF_THEM + APART * stands_apart(text, passage.heading, template)
        steps.append(Step(scores, stays=_stays(passage, said, holds, is_new=is_new)))
        under.append(said[0] if said and said[1] >= HEADING_TOO_VAGUE else None)
    clauses = [clause.key for clause in template.clauses]
    found = likelihoods(steps, clauses)
    return [_decided(one, own) for one, own in zip(found, under, strict=True)]


def _stays(
    passage: RawPassage,
    said: tuple[str, float] | None,
    holds: Mapping[str, float],
    *,
    is_new: bool,
) -> float:
    """How firmly a passage goes on with the one before: an introduction speaks of everything."""
    if is_new:
        return 0.0
    if not passage.heading:
        return STAYS_IN_RUNNING_TEXT
    return STAYS_UNDER_A_HEADING * _firmness(said, holds)


def _firmness(said: tuple[str, float] | None, holds: Mapping[str, float]) -> float:
    """How firmly a heading keeps what stands under it, from 0 to 1."""
    return min(1.0, holds[said[0]] / USUAL_HOLD) ** 2 if said else 1.0


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


def _from_heading(
    heading: str, known_heading: str, headings: Headings, *, is_part: bool
) -> tuple[str, float] | None:
    """The clause the heading speaks for and how clearly; a vague one defers to the one above."""
    if heading:
        announced = headings.announced(heading)
        if announced.clause and announced.strength >= HEADING_TOO_VAGUE:
            return announced.clause, announced.strength
    if known_heading:
        above = headings.announced(known_heading)
        if above.clause:
            holds_on = UNDER_A_PART_OF_IT if is_part else UNDER_UNKNOWN_HEADING
            return above.clause, above.strength * holds_on
    return None


def _decided(likely: Mapping[str, float], under: str | None) -> Placed:
    ranked = sorted((key for key in likely if key != NONE), key=lambda key: -likely[key])
    best = ranked[0]
    confidence = round(likely[best], 3)
    sure = confidence >= SURE
    return Placed(
        clause=best if sure else None,
        confidence=confidence,
        likely=tuple(ranked[1:3] if sure else ranked[:3]),
        heading_fits=sure and best == under,
    )
