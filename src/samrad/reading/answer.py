"""The answer of `samrad agreement read --json`: a reading as other programs want it."""

from typing import Any

from samrad.reading.model import Fact, Reading

SEVERAL = frozenset(
    {"municipality", "police_unit", "police_district", "participants", "focus_areas", "commitments"}
)
"""Facts there may be several of; the others there is one of."""


def answer(reading: Reading) -> dict[str, Any]:
    """Clauses, facts, what is missing and what was folded.

    A fact's `passage` is its place in `clauses`, counted from 0.
    """
    return {
        "clauses": [
            {
                "key": passage.clause,
                "heading": passage.heading,
                "origin": str(passage.origin),
                "text": passage.text,
                "confidence": passage.confidence,
            }
            for passage in reading.passages
        ],
        "facts": _facts(reading),
        "missing": [
            {"key": one.key, "strength": str(one.strength), "citation": one.citation}
            for one in reading.missing
        ],
        "folded": [
            {"text": one.text, "repeats": one.repeats, "similarity": one.similarity}
            for one in reading.folded
        ],
    }


def _facts(reading: Reading) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact in reading.facts:
        if fact.key in SEVERAL:
            facts.setdefault(fact.key, []).append(_fact(fact))
        else:
            facts.setdefault(fact.key, _fact(fact))
    return facts


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        **fact.value,
        "passage": fact.passage,
        "quote": fact.quote,
        "confidence": fact.confidence,
    }
