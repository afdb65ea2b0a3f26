"""A chain over the passages of many documents, fitted by the likelihood of their labels.

What belongs here: numbers. What does not: where the documents come from (`learning`).
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
DRAWN = {"features": 0.7, "named": 0.5, "moves": 2.0, "pairs": 5.0}
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
    """Documents as arrays, the longest first."""

    def __init__(self, reads: Sequence[Read], names: Sequence[str]) -> None:
        self.reads = sorted(reads, key=lambda read: -len(read.steps))
        self.names = list(names)
        lengths = [len(read.steps) for read in self.reads]
        self.size, self.longest = len(self.reads), max(lengths)
        self.active = [sum(length > at for length in lengths) for at in range(self.longest)]
        self._kinds = list(dict.fromkeys((read.country, read.kind) for read in self.reads))
        self.kind = np.array([self._kinds.index((r.country, r.kind)) for r in self.reads])
        self.allowed = np.zeros((self.size, len(names)), bool)
        self.steps()
        self.basic = np.stack([self._basic(*kind) for kind in self._kinds])

    def steps(self) -> None:
        """Fill the arrays, passage by passage."""
        named = len(next(iter(self.reads[0].steps[0].speaks.values())))
        shape = (self.size, self.longest)
        self.gold = np.full(shape, -1)
        self.link = np.zeros(shape, int)
        self.stays = np.zeros((*shape, STAYS))
        self.named = np.zeros((*shape, len(self.names), named + 1))
        rows, columns, values = [], [], []
        for number, read in enumerate(self.reads):
            for at, (step, label) in enumerate(zip(read.steps, read.labels, strict=True)):
                if label in self.names:
                    self.gold[number, at] = self.names.index(label)
                self.link[number, at] = LINKS.index(step.link)
                self.stays[number, at] = step.stays
                for clause, said in step.speaks.items():
                    self.named[number, at, self.names.index(clause), :named] = said
                    self.allowed[number, self.names.index(clause)] = True
                self.named[number, at, -1, named] = step.apart
                self.allowed[number, -1] = True
                rows += [number * self.longest + at] * len(step.buckets)
                columns += step.buckets.keys()
                values += step.buckets.values()
        size = (self.size * self.longest, BUCKETS)
        self.buckets = csr_matrix((values, (rows, columns)), shape=size)

    def _basic(self, country: str, kind: str) -> Any:
        """Which moves stay in a clause, stay outside, leave them all, go on, go back."""
        keys = [clause.key for clause in agreement_template(country, kind).clauses]
        order = [self.names.index(key) for key in keys]
        found = np.zeros((_MOVES, len(self.names), len(self.names)))
        found[0] = np.eye(len(self.names))
        found[0, -1, -1], found[1, -1, -1] = 0, 1
        found[2, :, -1] = 1
        for place, one in enumerate(order):
            for later, other in enumerate(order):
                found[3, one, other] = 0 < later - place <= 2
                found[4, one, other] = later < place
        return found

    def kept(self) -> Any:
        """The buckets that more than one document has."""
        seen: dict[int, set[str]] = {}
        for read in self.reads:
            for step in read.steps:
                for bucket in step.buckets:
                    seen.setdefault(bucket, set()).add(read.name)
        return np.array(sorted(b for b, names in seen.items() if len(names) >= FEWEST_DOCUMENTS))


class Learner:
    """A chain over the passages, fitted by the likelihood of the labels."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.names = batch, batch.names
        self.kept = batch.kept()
        self.mix = np.vstack(
            [np.eye(len(self.names)), *([[n in alike for n in self.names]] for alike in ALIKE)]
        )
        self._features = batch.buckets[:, self.kept]
        self._turned = self._features.T.tocsr()
        self.shapes = {
            "features": (len(self.kept), len(self.mix)),
            "named": (batch.named.shape[-1],),
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
            worth, slope = self._cost(self.parts(flat))
            away = flat - start
            return worth + 0.5 * float((firm * away**2).sum()), slope + firm * away

        options = {"maxiter": rounds, "maxcor": 8}
        found = minimize(cost, start, jac=True, method="L-BFGS-B", options=options)
        return self.parts(found.x)

    def _cost(self, parts: Mapping[str, Any]) -> tuple[float, Any]:
        batch, own = self.batch, self._scores(parts)
        moves = tables(batch, parts)
        stays = batch.stays @ parts["stays"]
        free = chain(batch, own, moves, stays, batch.allowed[:, None, :])
        bound = chain(batch, own, moves, stays, self._bound())
        passages, pairs = free.passages - bound.passages, free.pairs - bound.pairs
        links = pairs.sum(0)
        slopes = (
            (self._turned @ passages.reshape(-1, len(self.names))) @ self.mix.T,
            np.einsum("dtl,dtlk->k", passages, batch.named),
            np.einsum("klab,krab->lr", pairs, batch.basic),
            np.stack([links[:3].sum(0), links[3:].sum(0)]),
            np.einsum("dt,dts->s", free.stayed - bound.stayed, batch.stays),
        )
        return free.worth - bound.worth, np.concatenate([slope.ravel() for slope in slopes])

    def _scores(self, parts: Mapping[str, Any]) -> Any:
        batch = self.batch
        said = self._features @ (parts["features"] @ self.mix)
        return said.reshape(batch.size, batch.longest, -1) + batch.named @ parts["named"]

    def _bound(self) -> Any:
        """What each passage may be once its label is known."""
        gold = self.batch.gold
        one = np.eye(len(self.names), dtype=bool)[np.maximum(gold, 0)]
        allowed = np.broadcast_to(self.batch.allowed[:, None, :], one.shape)
        bound = np.where((gold >= 0)[:, :, None], one & allowed, allowed)
        return np.where(bound.any(2, keepdims=True), bound, allowed)


@dataclass
class Chain:
    """What a chain expects: of passages, of pairs by kind and link, of staying, and its worth."""

    passages: Any
    pairs: Any
    stayed: Any
    worth: float


def tables(batch: Batch, parts: Mapping[str, Any]) -> Any:
    """What a move is worth, by kind and link."""
    moves = np.einsum("lr,krab->klab", parts["moves"], batch.basic)
    group = [0 if link in ("first", "under", "running") else 1 for link in LINKS]
    return moves + parts["pairs"][group][None]


def chain(batch: Batch, own: Any, moves: Any, stays: Any, may: Any) -> Chain:
    """Forward and backward through all documents at once, the longest first."""
    most = own.max(2, keepdims=True)
    powers = np.where(may, np.exp(own - most), 0.0)
    worth, stay = np.exp(moves), np.exp(stays)
    ahead = np.zeros_like(own)
    sums = np.ones(own.shape[:2])
    at_step = []
    diagonal = np.arange(own.shape[2])
    for at in range(batch.longest):
        n = batch.active[at]
        arriving = np.ones((n, own.shape[2]))
        move = None
        if at:
            move = worth[batch.kind[:n], batch.link[:n, at]]
            move[:, diagonal, diagonal] *= stay[:n, at, None]
            arriving = np.matmul(ahead[:n, at - 1][:, None, :], move)[:, 0]
        reached = arriving * powers[:n, at]
        sums[:n, at] = reached.sum(1)
        ahead[:n, at] = reached / sums[:n, at, None]
        at_step.append(move)
    found = Chain(np.zeros_like(own), np.zeros_like(moves), np.zeros(own.shape[:2]), 0.0)
    behind = np.ones((batch.size, own.shape[2]))
    for at in range(batch.longest - 1, -1, -1):
        n, move = batch.active[at], at_step[at]
        both = ahead[:n, at] * behind[:n]
        found.passages[:n, at] = both / both.sum(1, keepdims=True)
        found.worth += float((np.log(sums[:n, at]) + most[:n, at, 0]).sum())
        if move is None:
            continue
        coming = powers[:n, at] * behind[:n]
        pair = ahead[:n, at - 1][:, :, None] * move * coming[:, None, :]
        pair /= pair.sum((1, 2), keepdims=True)
        found.stayed[:n, at] = np.einsum("daa->d", pair)
        found.pairs += _gathered(pair, batch.kind[:n], batch.link[:n, at], moves.shape)
        back = np.matmul(move, coming[:, :, None])[:, :, 0]
        behind[:n] = back / back.sum(1, keepdims=True)
    return found


def _gathered(pair: Any, kind: Any, link: Any, shape: tuple[int, ...]) -> Any:
    """The pairs summed by the kind of the document and the link."""
    which = np.zeros((shape[0] * shape[1], len(pair)))
    which[kind * shape[1] + link, np.arange(len(pair))] = 1
    return (which @ pair.reshape(len(pair), -1)).reshape(shape)
