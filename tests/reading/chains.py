"""A chain over the passages of many documents, fitted by the likelihood of their labels.

Documents of one kind are one batch, with only the clauses of its template. What belongs here:
numbers. What does not: where the documents come from (`learning`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from samrad.reading.evidence import LINKS, STAYS, Evidence
from samrad.reading.features import BUCKETS
from samrad.reading.learned import NONE
from samrad.reading.templates import agreement_template

FEWEST_DOCUMENTS = 2
ROUNDS = 45
DRAWN = {"features": 1.5, "named": 0.5, "moves": 2.0, "pairs": 5.0}
"""How firmly each kind of weight is drawn towards nothing, or for what is named to its start."""

START = 0.3

ALIKE = (
    ("expectations", "commitments", "roles"),
    ("background", "picture", "causes"),
    ("council", "organisation"),
    ("contacts", "police_contact", "services"),
    ("sharing", "administration"),
    ("ssp", "slt"),
    ("commitments", "citizen_promises"),
    ("purpose", "background"),
    ("contacts", "parties", NONE),
)
"""Clauses of different templates that say much the same: what is learned of one helps others."""

_MOVES = 5
_EXACT = np.float32
_GROUPS = [0 if link in ("first", "under", "running") else 1 for link in LINKS]


@dataclass(frozen=True)
class Read:
    """A document in one form, as the reader sees it, with the labels of its passages."""

    name: str
    country: str
    kind: str
    strength: int
    steps: Sequence[Evidence]
    labels: Sequence[str | None]
    guidance: Sequence[bool]


class Batch:
    """The documents of one kind as arrays, the longest first."""

    def __init__(self, reads: Sequence[Read], names: Sequence[str]) -> None:
        self.reads = sorted(reads, key=lambda read: -len(read.steps))
        one = self.reads[0]
        self.keys = [clause.key for clause in agreement_template(one.country, one.kind).clauses]
        self.columns = np.array([names.index(key) for key in (*self.keys, NONE)])
        lengths = np.array([len(read.steps) for read in self.reads])
        self.size, self.longest, self.width = len(reads), int(max(lengths)), len(self.columns)
        self.active = [int((lengths > at).sum()) for at in range(self.longest)]
        self.there = np.arange(self.longest)[None] < lengths[:, None]
        self.filled = np.nonzero(self.there.ravel())[0]
        self._fill()
        known = np.eye(self.width, dtype=bool)[np.maximum(self.gold, 0)]
        self.may = np.where((self.gold >= 0)[:, :, None], known, True)
        self.basic = self._basic()

    def _fill(self) -> None:
        """Fill the arrays, passage by passage."""
        shape = (self.size, self.longest)
        said = len(self.reads[0].steps[0].speaks[self.keys[0]])
        places = {key: place for place, key in enumerate((*self.keys, NONE))}
        self.gold, self.link = np.full(shape, -1), np.zeros(shape, int)
        self.stays = np.zeros((*shape, STAYS), _EXACT)
        self.named = np.zeros((*shape, self.width, said + 1), _EXACT)
        rows, columns, values = [], [], []
        for number, read in enumerate(self.reads):
            for at, (step, label) in enumerate(zip(read.steps, read.labels, strict=True)):
                self.gold[number, at] = places.get(label, -1) if label is not None else -1
                self.link[number, at] = LINKS.index(step.link)
                self.stays[number, at] = step.stays
                self.named[number, at, :-1, :-1] = [step.speaks[key] for key in self.keys]
                self.named[number, at, -1, -1] = step.apart
                rows += [number * self.longest + at] * len(step.buckets)
                columns += step.buckets.keys()
                values += step.buckets.values()
        every = csr_matrix(
            (np.array(values, _EXACT), (rows, columns)), shape=(self.size * self.longest, BUCKETS)
        )
        self.buckets = every[self.filled]

    def _basic(self) -> Any:
        """Which moves stay in a clause, stay outside, leave them all, go on, go back."""
        here, there = np.indices((self.width, self.width))
        none = self.width - 1
        inside = (here < none) & (there < none)
        return np.stack(
            [
                (here == there) & inside,
                (here == none) & (there == none),
                there == none,
                inside & (there - here > 0) & (there - here <= 2),
                inside & (there < here),
            ]
        ).astype(_EXACT)


class Learner:
    """A chain over the passages, fitted by the likelihood of the labels."""

    def __init__(self, reads: Sequence[Read], names: Sequence[str]) -> None:
        self.names = list(names)
        kinds: dict[tuple[str, str], list[Read]] = {}
        for read in reads:
            kinds.setdefault((read.country, read.kind), []).append(read)
        self._batches = [Batch(many, self.names) for many in kinds.values()]
        self.kept = kept(reads)
        self.mix = np.vstack(
            [np.eye(len(self.names)), *([[n in alike for n in self.names]] for alike in ALIKE)]
        ).astype(_EXACT)
        self._features = [batch.buckets[:, self.kept] for batch in self._batches]
        self._turned = [features.T.tocsr() for features in self._features]
        self.shapes = {
            "features": (len(self.kept), len(self.mix)),
            "named": (self._batches[0].named.shape[-1],),
            "moves": (len(LINKS), _MOVES),
            "pairs": (2, len(self.names), len(self.names)),
            "stays": (STAYS,),
        }

    def parts(self, flat: Any) -> dict[str, Any]:
        """The flat row of weights by name."""
        found, at = {}, 0
        for name, shape in self.shapes.items():
            size = int(np.prod(shape))
            found[name] = flat[at : at + size].reshape(shape)
            at += size
        return found

    def learn(self, rounds: int = ROUNDS) -> dict[str, Any]:
        """The weights that make the labels likeliest."""
        sizes = {name: int(np.prod(shape)) for name, shape in self.shapes.items()}
        drawn = {**DRAWN, "stays": DRAWN["named"]}
        firm = np.concatenate([np.full(size, drawn[name]) for name, size in sizes.items()])
        start = np.concatenate(
            [np.full(size, START if name == "named" else 0.0) for name, size in sizes.items()]
        )

        def cost(flat: Any) -> tuple[float, Any]:
            worth, slope = self._cost(self.parts(flat.astype(_EXACT)))
            away = flat - start
            return worth + 0.5 * float((firm * away**2).sum()), slope + firm * away

        options = {"maxiter": rounds, "maxcor": 8}
        found = minimize(cost, start, jac=True, method="L-BFGS-B", options=options)
        return self.parts(found.x)

    def _cost(self, parts: Mapping[str, Any]) -> tuple[float, Any]:
        slopes = {name: np.zeros(shape, _EXACT) for name, shape in self.shapes.items()}
        worth = 0.0
        for batch, features, turned in zip(
            self._batches, self._features, self._turned, strict=True
        ):
            mix = self.mix[:, batch.columns]
            own = np.zeros((batch.size * batch.longest, batch.width), _EXACT)
            own[batch.filled] = features @ (parts["features"] @ mix)
            own = own.reshape(batch.size, batch.longest, -1) + batch.named @ parts["named"]
            moves, stays = tables(batch, parts), batch.stays @ parts["stays"]
            free, bound = (
                chain(batch, own, moves, stays),
                chain(batch, own, moves, stays, batch.may),
            )
            passages, pairs = free.passages - bound.passages, free.pairs - bound.pairs
            worth += free.worth - bound.worth
            told = passages.reshape(-1, batch.width)[batch.filled]
            slopes["features"] += (turned @ told) @ mix.T
            slopes["named"] += np.tensordot(passages, batch.named, 3)
            slopes["moves"] += np.einsum("lab,rab->lr", pairs, batch.basic)
            for group, own_pairs in zip(_GROUPS, pairs, strict=True):
                slopes["pairs"][group][np.ix_(batch.columns, batch.columns)] += own_pairs
            slopes["stays"] += np.tensordot(free.stayed - bound.stayed, batch.stays, 2)
        return worth, np.concatenate([slope.ravel() for slope in slopes.values()])


def kept(reads: Sequence[Read]) -> Any:
    """The buckets that more than one document has."""
    seen: dict[int, set[str]] = {}
    for read in reads:
        for step in read.steps:
            for bucket in step.buckets:
                seen.setdefault(bucket, set()).add(read.name)
    return np.array(sorted(b for b, names in seen.items() if len(names) >= FEWEST_DOCUMENTS))


@dataclass
class Chain:
    """What a chain expects: of passages, of pairs by link, of staying, and its worth."""

    passages: Any
    pairs: Any
    stayed: Any
    worth: float


def tables(batch: Batch, parts: Mapping[str, Any]) -> Any:
    """What a move is worth, by link."""
    moves = np.einsum("lr,rab->lab", parts["moves"], batch.basic)
    return moves + parts["pairs"][_GROUPS][:, batch.columns[:, None], batch.columns[None]]


def chain(batch: Batch, own: Any, moves: Any, stays: Any, may: Any = None) -> Chain:
    """Forward and backward through all documents at once, the longest first."""
    most = own.max(2, keepdims=True)
    powers = np.exp(own - most) if may is None else np.exp(own - most) * may
    worth, stay = np.exp(moves), np.exp(stays)
    ahead, sums = np.zeros_like(own), np.ones(own.shape[:2], _EXACT)
    at_step, diagonal = [], np.arange(batch.width)
    for at, n in enumerate(batch.active):
        move = worth[batch.link[:n, at]]
        move[:, diagonal, diagonal] *= stay[:n, at, None]
        at_step.append(move)
        reached = powers[:n, at]
        if at:
            reached = reached * np.matmul(ahead[:n, at - 1][:, None, :], move)[:, 0]
        sums[:n, at] = reached.sum(1)
        ahead[:n, at] = reached / sums[:n, at, None]
    found = Chain(np.zeros_like(own), np.zeros_like(moves), np.zeros(own.shape[:2], _EXACT), 0.0)
    found.worth = float((np.log(sums) + most[:, :, 0])[batch.there].sum())
    behind = np.ones((batch.size, batch.width), _EXACT)
    for at in range(batch.longest - 1, -1, -1):
        n, move = batch.active[at], at_step[at]
        both = ahead[:n, at] * behind[:n]
        found.passages[:n, at] = both / both.sum(1, keepdims=True)
        if not at:
            break
        coming = powers[:n, at] * behind[:n]
        pair = ahead[:n, at - 1][:, :, None] * move * coming[:, None, :]
        pair /= pair.sum((1, 2), keepdims=True)
        found.stayed[:n, at] = pair[:, diagonal, diagonal].sum(1)
        which = np.zeros((len(LINKS), n), _EXACT)
        which[batch.link[:n, at], np.arange(n)] = 1
        found.pairs += (which @ pair.reshape(n, -1)).reshape(found.pairs.shape)
        back = np.matmul(move, coming[:, :, None])[:, :, 0]
        behind[:n] = back / back.sum(1, keepdims=True)
    return found
