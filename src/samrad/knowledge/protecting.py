"""Which figures readers who are not signed in do not see, so that small numbers stay untold.

By the rule of the data set's series (docs/adr/0024, 0028): counts below its smallest are held back
together with as many others as their sums would give away, and what was shown of an earlier
release is reckoned with. Brings what computes; only the worker imports it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from scipy import sparse

from samrad.analysis.disclosure import (
    CannotBeProtected,
    Method,
    Published,
    Rule,
    Table,
    publish,
    publish_again,
)

Values = Sequence[float | None]
Whole = NDArray[np.int64]


class NotCounts(ValueError):
    """Figures that are no whole counts: what is small among them cannot be told."""


def protected(
    rows: Sequence[Values], earlier: Sequence[Values] | None, *, smallest: int, code: str
) -> list[list[int]]:
    """For each row the positions that are held back.

    `rows` are the parts whose sum is published beside them, a value for each period; `earlier` the
    same parts as readers saw them before, None where nothing was shown. Raises NotCounts.
    """
    held: list[list[int]] = [[] for _row in rows]
    if smallest <= 1 or not rows:
        return held
    rule = Rule(Method.SUPPRESS, smallest, seed_of(code))
    for at in range(len(rows[0])):
        column = [row[at] for row in rows]
        before = [row[at] for row in earlier] if earlier is not None else None
        for number in np.flatnonzero(_hidden(column, before, rule)).tolist():
            held[number].append(at)
    return held


def seed_of(code: str) -> int:
    """A number that nobody outside the installation knows, the same every time."""
    digest = hashlib.sha256(f"protecting\0{settings.SECRET_KEY}\0{code}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _hidden(column: Values, before: Values | None, rule: Rule) -> NDArray[np.bool_]:
    """Which parts of one period are held back; what the publisher holds back is none of ours."""
    known = np.array([value is not None for value in column])
    if any(value is not None and value != int(value) for value in column):
        raise NotCounts
    counts = np.array([int(value or 0) for value in column], dtype=np.int64)
    hidden = np.zeros(counts.size, dtype=np.bool_)
    if not known.any():
        return hidden
    try:
        shown = _shown(counts[known], _same(before, known), rule, with_sum=bool(known.all()))
        hidden[known] = shown.hidden[: int(known.sum())]
    except CannotBeProtected:
        hidden[known] = True
    return hidden


def _shown(counts: Whole, before: Whole | None, rule: Rule, *, with_sum: bool) -> Published:
    table = Table(_design(counts.size, with_sum=with_sum))
    if before is None or (before == counts).all():
        return publish(table, counts, rule)
    return publish_again(publish(table, before, rule), before, table, counts)


def _same(before: Values | None, known: NDArray[np.bool_]) -> Whole | None:
    """What was shown of the same parts, if all of them were known."""
    if before is None:
        return None
    there = [value for value, is_known in zip(before, known, strict=True) if is_known]
    if any(value is None for value in there):
        return None
    return np.array([int(value or 0) for value in there], dtype=np.int64)


def _design(parts: int, *, with_sum: bool) -> sparse.csr_matrix:
    own = sparse.identity(parts, format="csr")
    return sparse.vstack([own, sparse.csr_matrix(np.ones((1, parts)))]).tocsr() if with_sum else own
