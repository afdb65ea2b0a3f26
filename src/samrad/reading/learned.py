"""What the labelled agreements have taught: how much each piece of evidence says for each clause.

Weights of a chain (a conditional random field) over the passages of a document, shared by all
countries and kinds of agreement: `data/learned.json` has the few with a name, `data/learned.bin`
those of the features, a small whole number for each bucket and clause. Both are written by
`python -m tests.reading.learning`. Of the agreements themselves nothing can be read from them.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp

from samrad.reading.evidence import Evidence
from samrad.reading.lanes import Lanes
from samrad.reading.vocabulary import DATA

NAMED, BUCKETS_FILE = "learned.json", "learned.bin"
NONE = ""
"""The state of a passage that belongs to no clause."""

_SOON = 2

Matrix = list[list[float]]


@dataclass(frozen=True)
class Weights:
    """Everything learned.

    `labels` are the clauses of all templates and, last, none of them. `table` has a row of as many
    bytes for every bucket. `moves` says for each link what it is worth to stay in a clause, to stay
    outside all, to leave them all, to go on to one of the next in the template, to go back; `pairs`
    what it is worth to go from one clause to another, under one heading and from one to the next.
    `temperature` and `open` make probabilities of it that hold for documents by other people.
    """

    labels: Sequence[str]
    speaks: Sequence[float]
    apart: float
    moves: Mapping[str, Sequence[float]]
    pairs: Mapping[str, Mapping[str, Mapping[str, float]]]
    stays: Sequence[float]
    step: float
    temperature: float
    open: float
    table: bytes

    @cached_property
    def lanes(self) -> Lanes:
        """The table as it is added up."""
        return Lanes(self.table, len(self.labels))

    def scores(self, one: Evidence, clauses: Sequence[str]) -> list[float]:
        """How much speaks for each clause, and at the end for none."""
        summed = self.lanes.total(one.buckets)
        found = [summed[self.labels.index(clause)] * self.step for clause in (*clauses, NONE)]
        for place, clause in enumerate(clauses):
            said = zip(one.speaks[clause], self.speaks, strict=True)
            found[place] += sum(value * weight for value, weight in said)
        found[-1] += one.apart * self.apart
        return found

    def powers(self, one: Evidence, clauses: Sequence[str]) -> list[float]:
        """The scores as weights, the largest 1 so that nothing grows beyond bounds."""
        scores = self.scores(one, clauses)
        most = max(scores)
        return [exp(score - most) for score in scores]

    def move(self, one: Evidence, clauses: tuple[str, ...]) -> Matrix:
        """What it is worth to go from each state to each, before this passage."""
        goes_on = sum(
            value * weight for value, weight in zip(one.stays, self.stays, strict=True) if value
        )
        stays = exp(goes_on)
        base = _base(self, one.link, clauses)
        return [
            [value * stays if here == there else value for there, value in enumerate(row)]
            for here, row in enumerate(base)
        ]

    def likely(self, shares: Sequence[float]) -> list[float]:
        """What each state is worth, none last, as likely as it has shown itself to be.

        The reader is surer of documents by people it has not learned from than it should be, and
        thinks too seldom that a passage belongs to no clause.
        """
        evened = [share ** (1 / self.temperature) for share in shares]
        evened[-1] *= exp(self.open)
        total = sum(evened)
        return [share / total for share in evened]


_REMEMBERED: dict[tuple[str, tuple[str, ...]], Matrix] = {}


def forget() -> None:
    """Forget what was worked out with other weights."""
    _REMEMBERED.clear()


def _base(weights: Weights, link: str, clauses: tuple[str, ...]) -> Matrix:
    key = (link, clauses)
    if key not in _REMEMBERED:
        states = (*clauses, NONE)
        _REMEMBERED[key] = [
            [exp(_worth(weights, link, states, one, other)) for other in range(len(states))]
            for one in range(len(states))
        ]
    return _REMEMBERED[key]


def _worth(weights: Weights, link: str, states: Sequence[str], one: int, other: int) -> float:
    same, outside, leaves, soon, back = weights.moves[link]
    none = len(states) - 1
    group = "within" if link in ("first", "under", "running") else "between"
    worth = weights.pairs[group].get(states[one], {}).get(states[other], 0.0)
    if one == other:
        worth += outside if one == none else same
    if other == none:
        worth += leaves
    elif one != none:
        worth += soon if 0 < other - one <= _SOON else back if other < one else 0.0
    return worth


@cache
def learned() -> Weights:
    """The weights, read once."""
    named = json.loads((DATA / NAMED).read_text(encoding="utf-8"))
    named.pop("from")
    table = zlib.decompress((DATA / BUCKETS_FILE).read_bytes())
    return Weights(**named, table=table)
