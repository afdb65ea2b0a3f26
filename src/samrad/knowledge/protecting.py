"""Which figures readers who are not signed in do not see, so that small numbers stay untold.

By the rule of the data set's series (docs/adr/0024, 0028): counts below its smallest are held back
together with as many others as their sums would give away, and what was really shown of an earlier
release is reckoned with. What was held back once stays held back. Brings what computes; only the
worker imports it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from scipy import sparse

from samrad.analysis.disclosure import (
    CannotBeProtected,
    Method,
    Rule,
    Table,
    as_it_was,
    publish_again,
    suppress,
)

Values = Sequence[float | None]
Mask = NDArray[np.bool_]


class NotCounts(ValueError):
    """Figures that are no whole counts: what is small among them cannot be told."""


@dataclass(frozen=True)
class Seen:
    """What an earlier release said of a part, and the positions that readers did not see."""

    values: Values
    held: Collection[int] = ()


@dataclass(frozen=True)
class Held:
    """The positions that are held back: of each part, and of the whole they add up to."""

    parts: Mapping[str, list[int]]
    whole: list[int]


def protected(
    rows: Mapping[str, Values], earlier: Mapping[str, Seen] | None = None,
    *, smallest: int, code: str, whole_held: Collection[int] = (),
) -> Held:  # fmt: skip
    """What is held back of the parts, a value for each period, and of the whole beside them.

    `earlier` are the parts as readers saw them before, under the names they have now; a part that
    is no more keeps the name it had. `whole_held`: where the whole was held back then. A part
    without a figure, be it that the publisher holds it back, is taken for known to the attacker.
    Raises NotCounts.
    """
    held: dict[str, list[int]] = {name: [] for name in rows}
    whole: list[int] = []
    if smallest <= 1 or not rows:
        return Held(held, whole)
    rule = Rule(Method.SUPPRESS, smallest, seed_of(code))
    for at in range(len(next(iter(rows.values())))):
        now = _counts({name: row[at] for name, row in rows.items()})
        then = _counts({name: one.values[at] for name, one in (earlier or {}).items()})
        kept = {name for name, one in (earlier or {}).items() if at in one.held}
        hidden, is_whole_hidden = _Period(now, then, kept, at in whole_held, rule).hidden()
        without_figure = kept & (rows.keys() - now.keys())  # should it have one again
        for name in hidden | without_figure:
            held[name].append(at)
        if is_whole_hidden:
            whole.append(at)
    return Held(held, whole)


def seed_of(code: str) -> int:
    """A number that nobody outside the installation knows, the same every time."""
    digest = hashlib.sha256(f"protecting\0{settings.SECRET_KEY}\0{code}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _counts(column: Mapping[str, float | None]) -> dict[str, int]:
    """What is known of a period, as whole numbers."""
    known = {name: value for name, value in column.items() if value is not None}
    if any(value != int(value) for value in known.values()):
        raise NotCounts
    return {name: int(value) for name, value in known.items()}


@dataclass(frozen=True)
class _Period:
    """The parts of one period: what is known of them now, what was then, and what readers saw."""

    now: Mapping[str, int]
    then: Mapping[str, int]
    held: Collection[str]  # whatever readers did not see then
    is_whole_held: bool
    rule: Rule

    def hidden(self) -> tuple[set[str], bool]:
        """The parts that are held back, and whether the whole is."""
        if not self.now:
            return set(), self.is_whole_held
        if self.now == self.then and not self._small_and_seen(self._kept()).any():
            return self._named(self._kept())
        try:
            made = self._without_the_whole() if self.is_whole_held else self._made()
        except CannotBeProtected:
            made = self._without_the_whole()
        return self._named(made)

    def _made(self) -> Mask:
        """Hidden cells, the whole the last of them."""
        kept = self._kept()
        if self.then and self.now != self.then:
            if self._would_whole_tell(kept):
                return self._without_the_whole()
            if self._tells_nothing_more(kept):
                return kept
            kept = kept | self._beside_what_was_shown()
            if not self._small_and_seen(kept).any():
                return kept
        return suppress(
            _table(len(self.now)), self._amounts(), threshold=self.rule.small, hidden=kept,
            seed=self.rule.seed,
        ).hidden  # fmt: skip

    def _without_the_whole(self) -> Mask:
        """Where nothing is told of any sum, what is hidden is in nothing that is shown."""
        small = self._small_and_seen(self._kept())
        hidden: Mask = self._kept() | small
        hidden[-1] = True
        return hidden

    def _would_whole_tell(self, kept: Mask) -> bool:
        """Whether a hidden part went, or one alone was revised and is small: by how much is told.

        Somebody who was alone in it before any of the releases would know what it is now.
        """
        if not set(self.held) <= set(self.now):
            return True
        revised = self._revised()
        is_small = len(revised) == 1 and self.now[revised[0]] < self.rule.small
        return is_small and not self._small_and_seen(kept).any()

    def _tells_nothing_more(self, kept: Mask) -> bool:
        """Whether hiding the same parts as before does, through all releases there were.

        Whatever else the hidden parts could have been by the first of them, they could have been
        by each: the same differences fit, as those that were revised leave room for them.
        """
        roomy = all(self.now[name] >= self.rule.small for name in self._revised())
        return bool(self.held) and roomy and not self._small_and_seen(kept).any()

    def _beside_what_was_shown(self) -> Mask:
        """What must be hidden so that both releases side by side give nothing away."""
        then = {**self.then, **self._perhaps_known()}
        places = {name: at for at, name in enumerate(then)}
        away = [name in self.held for name in then]
        counts, is_away = list(then.values()), np.array([*away, self.is_whole_held])
        earlier = as_it_was(_table(len(counts)), counts, self.rule, is_away)
        same = [places.get(name, -1) for name in self.now]
        return publish_again(earlier, counts, _table(len(self.now)), self._amounts(), same).hidden

    def _perhaps_known(self) -> dict[str, int]:
        """Parts that are new, or are back: readers may have seen them before the last release."""
        new = self.now.keys() - self.then.keys() - set(self.held)
        return {
            name: value for name, value in self.now.items()
            if name in new and not 0 < value < self.rule.small
        }  # fmt: skip

    def _revised(self) -> list[str]:
        return [name for name in self.held if self.now[name] != self.then.get(name)]

    def _kept(self) -> Mask:
        return np.array([*(name in self.held for name in self.now), self.is_whole_held])

    def _small_and_seen(self, hidden: Mask) -> Mask:
        """The cells that are too small to be shown, and are."""
        amounts = self._amounts()
        cells = np.array([*amounts, sum(amounts)])
        return np.asarray((cells > 0) & (cells < self.rule.small) & ~hidden)

    def _amounts(self) -> list[int]:
        return list(self.now.values())

    def _named(self, hidden: Mask) -> tuple[set[str], bool]:
        parts = zip(self.now, hidden.tolist(), strict=False)
        return {name for name, is_hidden in parts if is_hidden}, bool(hidden[-1])


def _table(parts: int) -> Table:
    """The parts, and the whole beside them."""
    own = sparse.identity(parts, format="csr")
    return Table(sparse.vstack([own, sparse.csr_matrix(np.ones((1, parts)))]).tocsr())
