"""Whether the chains are whole: nothing changed, removed, added between or cut off the end.

A head exported earlier and kept elsewhere is what shows that a chain was cut short or made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

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
class _Holes:
    """Values that are not there, and the places where an erasure was recorded."""

    gone: list[tuple[str, int, str]] = field(default_factory=list)
    erased: set[tuple[str, int]] = field(default_factory=set)


def heads() -> list[dict[str, Any]]:
    """Where every chain ends, to be kept somewhere else."""
    rows = ChainHead.objects.order_by("chain").values("chain", "sequence", "hash")
    return [dict(row) for row in rows]


def verify(
    exported: Iterable[dict[str, Any]] = (), *, chains: Iterable[str] | None = None
) -> Verification:
    """Walk the chains (all, or those named) from their beginnings and report every break.

    `exported` are heads kept elsewhere, as `heads()` gave them: each must still be in its chain.
    """
    result = Verification()
    kept = defaultdict(list)
    for head in exported:
        kept[head["chain"]].append((head["sequence"], head["hash"]))
    ends = dict(ChainHead.objects.values_list("chain", "sequence"))
    marks = dict(ChainHead.objects.values_list("chain", "hash"))
    holes = _Holes()
    seen = set()
    for chain, entries in groupby(_entries(chains), key=lambda pair: pair[0].chain):
        seen.add(chain)
        result.chains += 1
        at_places = dict(kept.get(chain, ()))
        last = _walk(chain, entries, result, at_places, holes)
        if (last.sequence, last.hash) != (ends.get(chain), marks.get(chain)):
            result.breaks.append(Break(chain, last.sequence, "the chain does not end at its head"))
        for sequence in at_places:
            result.breaks.append(Break(chain, sequence, "an exported head is not in the chain"))
    for chain in (set(ends) | set(kept)) - seen:
        if chains is None and (ends.get(chain) or kept.get(chain)):
            result.breaks.append(Break(chain, 0, "the whole chain is gone"))
    for chain, sequence, name in holes.gone:
        if (chain, sequence) not in holes.erased:
            result.breaks.append(Break(chain, sequence, f"the value {name} is gone"))
        else:
            result.erased += 1
    return result


def _entries(
    chains: Iterable[str] | None,
) -> Iterator[tuple[TrailEntry, list[TrailValue]]]:
    """Entries in order, each with its values, in batches."""
    queryset = TrailEntry.objects.order_by("chain", "sequence")
    if chains is not None:
        queryset = queryset.filter(chain__in=list(chains))
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
    result: Verification,
    exported: dict[int, str],
    holes: _Holes,
) -> TrailEntry:
    """Check one chain; `exported` loses the heads that were found in their places."""
    previous, expected = "", 1
    for entry, values in entries:
        result.entries += 1
        result.values += len(values)
        mark = entry.hash
        here = [
            what
            for what, holds in (
                ("an entry is missing before this one", entry.sequence == expected),
                ("the entry does not follow the one before", entry.previous == previous),
                ("the entry was changed", entry.hash == rules.seal(entry.sealed())),
                ("an exported head differs", exported.pop(entry.sequence, mark) == mark),
            )
            if not holds
        ]
        here += _broken_values(entry, values)
        result.breaks += [Break(chain, entry.sequence, what) for what in here]
        missing = set(entry.digests) - {value.name for value in values}
        holes.gone += [(chain, entry.sequence, name) for name in sorted(missing)]
        if entry.event == VALUES_ERASED.code:
            place = next((value.value for value in values if value.name == "erased"), None)
            if place:
                holes.erased.add((place[0], place[1]))
        previous, expected = entry.hash, entry.sequence + 1
    return entry


def _broken_values(entry: TrailEntry, values: list[TrailValue]) -> Iterator[str]:
    for value in values:
        if entry.digests.get(value.name) != rules.digest(value.salt, value.value):
            yield f"the value {value.name} was changed"
