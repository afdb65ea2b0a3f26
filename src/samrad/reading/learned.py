"""What words have stood under which clause in the labelled agreements, counted and weighed.

The template names the words that tell of a clause; this adds what agreements have been seen to say
there in other words. Words are folded as a scanner may read them. `data/learned.json` is written by
`python -m tests.reading.learning`; what belongs there are counts of single words and nothing else.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache

from samrad.reading.ocr import skeleton
from samrad.reading.vocabulary import DATA

FILE = "learned.json"
TEXT, HEADING = 1.5, 1.0
"""What the text and the heading of a passage count, beside the words of the template."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 8
_SHORTEST = 2
_SMOOTH = 6.0
_MOST = {"text": 2.0, "headings": 2.5}
_LEAST = 1e-9

Weights = Mapping[str, Sequence[float]]


def stems(text: str) -> set[str]:
    """The words of a text, each by its folded beginning."""
    folded = (skeleton(word)[:_STEM] for word in _WORD.findall(text))
    return {stem for stem in folded if len(stem) >= _SHORTEST}


def learned(heading: str, text: str, clauses: tuple[str, ...], firmness: float) -> dict[str, float]:
    """How much more than chance the words of a passage and its heading speak for each clause.

    `firmness` is how much a heading of that clause says about what stands under it.
    """
    said = stems(text)
    total = dict.fromkeys(clauses, 0.0)
    for words, weights, worth in (
        (said, _weights("text", clauses), TEXT / max(1, len(said)) ** 0.5),
        (stems(heading), _weights("headings", clauses), HEADING * firmness),
    ):
        for word in words:
            for clause, weight in zip(clauses, weights.get(word, ()), strict=False):
                total[clause] += worth * weight
    return total


@cache
def _counts() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    counts: Mapping[str, Mapping[str, Mapping[str, int]]] = json.loads(
        (DATA / FILE).read_text(encoding="utf-8")
    )
    return counts


@cache
def _weights(part: str, clauses: tuple[str, ...]) -> Weights:
    """For every word and clause, the logarithm of how much likelier the word is there."""
    per_clause = _counts()[part]
    everywhere: dict[str, int] = {}
    for words in per_clause.values():
        for word, count in words.items():
            everywhere[word] = everywhere.get(word, 0) + count
    all_words = sum(everywhere.values())
    known = {clause: sum(per_clause.get(clause, {}).values()) for clause in clauses}

    def weight(word: str, clause: str) -> float:
        usual = everywhere[word] / all_words
        there = per_clause.get(clause, {}).get(word, 0) + _SMOOTH * usual
        likely = there / (known[clause] + _SMOOTH)
        return max(-_MOST[part], min(_MOST[part], math.log(max(likely, _LEAST) / usual)))

    return {word: [weight(word, clause) for clause in clauses] for word in everywhere}
