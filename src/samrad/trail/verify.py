"""Whether the chains are whole: nothing changed, removed, added between or cut off the end.

A head exported earlier and kept elsewhere is what shows that a chain was cut short or made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from samrad.trail import rules
from samrad.trail.events import VALUES_ERASED
from samrad.trail.models import ChainHead, TrailEntry, TrailValue

BATCH = 2_000


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    chain: str
    sequence: int
    what: str


@dataclass
class Verification:
    """What a check of the chains found."""

    chains: int = 0
    entries: int = 0
    values: int = 0
    erased: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing was tampered with."""
        return not self.breaks

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "whole": self.whole,
            "chains": self.chains,
            "entries": self.entries,
            "values": self.values,
            "erased": self.erased,
            "breaks": [vars(found) for found in self.breaks],
        }


@dataclass
class _Walked:
    """How far each chain was walked, and what is to be judged when all have been."""

    ends: dict[str, tuple[int, str]] = field(default_factory=dict)
    exported: dict[str, dict[int, str]] = field(default_factory=dict)  # not met yet
    gone: list[tuple[str, int, str]] = field(default_factory=list)  # values that are not there
    erased: set[tuple[str, int]] = field(default_factory=set)  # where an erasure was recorded

    def end_of(self, chain: str) -> tuple[int, str]:
        """Sequence and hash of the last entry that was seen."""
        return self.ends.get(chain, (0, ""))

    @property
    def unexplained(self) -> list[tuple[str, int, str]]:
        """Values that went without a word."""
        return [hole for hole in self.gone if hole[:2] not in self.erased]


def heads() -> list[dict[str, Any]]:
    """Where every chain ends, to be kept somewhere else."""
    rows = ChainHead.objects.order_by("chain").values("chain", "sequence", "hash")
    return [dict(row) for row in rows]


def verify(exported: Iterable[dict[str, Any]] = ()) -> Verification:
    """Walk all chains from their beginnings and report every break, while people work.

    `exported` are heads kept elsewhere, as `heads()` gave them: each must still be in its chain.
    """
    result, walked = Verification(), _Walked()
    for head in exported:
        walked.exported.setdefault(head["chain"], {})[head["sequence"]] = head["hash"]
    _walk_all(TrailEntry.objects.order_by("chain", "sequence"), walked, result)
    ends = _walk_what_came_meanwhile(walked, result)
    for chain in sorted(set(ends) | set(walked.ends) | set(walked.exported)):
        result.breaks += _wrong_ends(chain, ends.get(chain), walked)
    for chain, sequence, name in walked.unexplained:
        result.breaks.append(Break(chain, sequence, f"the value {name} is gone"))
    result.chains = len(walked.ends)
    result.erased = len(walked.gone) - len(walked.unexplained)
    return result


def _walk_what_came_meanwhile(walked: _Walked, result: Verification) -> dict[str, tuple[int, str]]:
    """Follow chains that have grown since they were walked; where each ends.

    The heads are read after the entries, and entries only as far as the heads: a head is written
    with its entry, so a chain that does not reach its head now is broken and not merely in use. A
    value may have been erased after its entry was read and before it was itself; what records the
    erasure then stands further on, so chains are followed until no new hole appears.
    """
    while True:
        rows = ChainHead.objects.filter(sequence__gt=0).order_by("chain")
        ends = {head.chain: (head.sequence, head.hash) for head in rows}
        holes = len(walked.gone)
        for chain, (sequence, _hash) in ends.items():
            reached = walked.end_of(chain)[0]
            if reached < sequence:
                rest = TrailEntry.objects.filter(
                    chain=chain, sequence__gt=reached, sequence__lte=sequence
                )
                _walk_all(rest.order_by("sequence"), walked, result)
        if len(walked.gone) == holes:
            return ends


def _wrong_ends(chain: str, head: tuple[int, str] | None, walked: _Walked) -> Iterator[Break]:
    reached = walked.end_of(chain)
    if chain not in walked.ends:
        yield Break(chain, 0, "the whole chain is gone")
        return
    if reached != head:
        yield Break(chain, reached[0], "the chain does not end at its head")
    for sequence in walked.exported.get(chain, ()):
        yield Break(chain, sequence, "an exported head is not in the chain")


def _walk_all(queryset: QuerySet[TrailEntry], walked: _Walked, result: Verification) -> None:
    for chain, entries in groupby(_entries(queryset), key=lambda pair: pair[0].chain):
        _walk(chain, entries, walked, result)


def _entries(
    queryset: QuerySet[TrailEntry],
) -> Iterator[tuple[TrailEntry, list[TrailValue]]]:
    """Entries in order, each with its values, in batches."""
    batch: list[TrailEntry] = []
    for entry in queryset.iterator(chunk_size=BATCH):
        batch.append(entry)
        if len(batch) == BATCH:
            yield from _with_values(batch)
            batch = []
    yield from _with_values(batch)


def _with_values(batch: list[TrailEntry]) -> Iterator[tuple[TrailEntry, list[TrailValue]]]:
    values: dict[int, list[TrailValue]] = defaultdict(list)
    for value in TrailValue.objects.filter(entry__in=[entry.pk for entry in batch]):
        values[value.entry_id].append(value)
    for entry in batch:
        yield entry, values[entry.pk]


def _walk(
    chain: str,
    entries: Iterable[tuple[TrailEntry, list[TrailValue]]],
    walked: _Walked,
    result: Verification,
) -> None:
    """Check a chain from where it was left; exported heads that are met are no longer awaited."""
    sequence, previous = walked.end_of(chain)
    exported = walked.exported.get(chain, {})
    for entry, values in entries:
        result.entries += 1
        result.values += len(values)
        mark = entry.hash
        here = [
            what
            for what, holds in (
                ("an entry is missing before this one", entry.sequence == sequence + 1),
                ("the entry does not follow the one before", entry.previous == previous),
                ("the entry was changed", entry.hash == rules.seal(entry.sealed())),
                ("an exported head differs", exported.pop(entry.sequence, mark) == mark),
            )
            if not holds
        ]
        here += _broken_values(entry, values)
        result.breaks += [Break(chain, entry.sequence, what) for what in here]
        missing = set(entry.digests) - {value.name for value in values}
        walked.gone += [(chain, entry.sequence, name) for name in sorted(missing)]
        if entry.event == VALUES_ERASED.code:
            place = next((value.value for value in values if value.name == "erased"), None)
            if place:
                walked.erased.add((place[0], place[1]))
        sequence, previous = walked.ends[chain] = entry.sequence, entry.hash


def _broken_values(entry: TrailEntry, values: list[TrailValue]) -> Iterator[str]:
    for value in values:
        if entry.digests.get(value.name) != rules.digest(value.salt, value.value):
            yield f"the value {value.name} was changed"
