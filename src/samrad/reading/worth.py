"""What the words of a template's clauses are worth in a passage."""

from collections.abc import Iterable, Mapping

from samrad.reading.lexicon import Text
from samrad.reading.templates import Template

TELLING, USUAL, SLIGHT = 3.0, 1.5, 0.6
"""What a word is worth, by how much it tells of its clause."""

SAID_AGAIN = 0.4
MOST_FROM_WORDS = 9.0

Worth = Mapping[str, tuple[tuple[str, float], ...]]


def worth_of_terms(template: Template) -> Worth:
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


def from_words(text: Text, worth: Worth, clauses: Iterable[str]) -> dict[str, float]:
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
