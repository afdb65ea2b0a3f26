"""A document as a sequence: what each passage says by itself, weighed with what its neighbours say.

A chain of passages, each in one clause or in none. What stands under one heading tends to stay in
one clause; a new heading tends to begin another, and rather one that comes later in the template.
The probabilities are exact sums over all ways to read the chain (forward and backward).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

NONE = ""
"""The state of a passage that belongs to no clause."""

TEMPERATURE = 1.35
STAYS_UNDER_A_HEADING = 2.6
STAYS_IN_RUNNING_TEXT = 0.9
BEGINS_ANEW = 0.7
COMES_NEXT = 0.5
"""Fitted on the labelled agreements, see `tests/reading/test_confidence.py`."""

_SOON = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What a passage says by itself for each clause, and how firmly it goes on with the last one.

    `stays` is 0 where a new heading begins.
    """

    scores: Mapping[str, float]
    stays: float


Matrix = list[list[float]]


def likelihoods(steps: Sequence[Step], clauses: Sequence[str]) -> list[dict[str, float]]:
    """For each passage the probability of every clause, and of none."""
    states = [*clauses, NONE]
    own = [_powers(step, states) for step in steps]
    moves = [_move(step, len(clauses)) for step in steps]
    before = _forward(own, moves)
    after = _backward(own, moves)
    found = []
    for ahead, behind in zip(before, after, strict=True):
        both = [one * other for one, other in zip(ahead, behind, strict=True)]
        total = sum(both)
        found.append({state: one / total for state, one in zip(states, both, strict=True)})
    return found


def _powers(step: Step, states: Sequence[str]) -> list[float]:
    """Scores as weights, the largest 1 so that nothing grows beyond bounds."""
    most = max(step.scores.values())
    return [math.exp((step.scores[state] - most) / TEMPERATURE) for state in states]


def _move(step: Step, clauses: int) -> Matrix:
    return _staying(clauses, step.stays) if step.stays else _anew(clauses)


@cache
def _staying(clauses: int, firmly: float) -> Matrix:
    stays, size = math.exp(firmly), clauses + 1
    return _shares([[stays if to == here else 1.0 for to in range(size)] for here in range(size)])


@cache
def _anew(clauses: int) -> Matrix:
    """From each clause: rather to another than to itself, rather to one of the next few."""

    def weight(here: int, to: int) -> float:
        if clauses in (here, to):
            return 1.0
        soon = COMES_NEXT if 0 < to - here <= _SOON else 0.0
        return math.exp((BEGINS_ANEW if to != here else 0.0) + soon)

    size = clauses + 1
    return _shares([[weight(here, to) for to in range(size)] for here in range(size)])


def _shares(weights: Matrix) -> Matrix:
    return [[one / sum(row) for one in row] for row in weights]


def _forward(own: Sequence[list[float]], moves: Sequence[Matrix]) -> list[list[float]]:
    reached: list[list[float]] = []
    for weights, move in zip(own, moves, strict=True):
        if not reached:
            arriving = [1.0] * len(weights)
        else:
            last = reached[-1]
            arriving = [
                sum(share * row[to] for share, row in zip(last, move, strict=True))
                for to in range(len(weights))
            ]
        reached.append(_scaled([a * w for a, w in zip(arriving, weights, strict=True)]))
    return reached


def _backward(own: Sequence[list[float]], moves: Sequence[Matrix]) -> list[list[float]]:
    ahead = [1.0] * len(own[0]) if own else []
    found = []
    for weights, move in zip(reversed(own), reversed(moves), strict=True):
        found.append(ahead)
        coming = [w * a for w, a in zip(weights, ahead, strict=True)]
        ahead = _scaled([sum(c * m for c, m in zip(coming, row, strict=True)) for row in move])
    return list(reversed(found))


def _scaled(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
