"""A document as a sequence: what each passage says by itself, weighed with what its neighbours say.

A chain of passages, each in one clause or in none. The probabilities are exact sums over all ways
to read the chain (forward and backward); what a step is worth comes from `learned`.
"""

from collections.abc import Sequence

from samrad.reading.evidence import Evidence
from samrad.reading.learned import NONE, Matrix, learned


def likelihoods(steps: Sequence[Evidence], clauses: tuple[str, ...]) -> list[dict[str, float]]:
    """For each passage the probability of every clause, and of none."""
    weights = learned()
    states = (*clauses, NONE)
    own = [weights.powers(step, clauses) for step in steps]
    moves = [weights.move(step, clauses) for step in steps]
    found = []
    for ahead, behind in zip(_forward(own, moves), _backward(own, moves), strict=True):
        both = _scaled([one * other for one, other in zip(ahead, behind, strict=True)])
        found.append(dict(zip(states, weights.likely(both), strict=True)))
    return found


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
