"""What readers knew before and is in no figure of now: areas of other ground, and what is left out.

It stands in one table with the counts there are, because it is read beside them. Brings what
computes; only the worker imports it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from samrad.knowledge.one_table import REST, Cell, Kinds, OneTable, Sums

BEFORE = "\0before"


@dataclass(frozen=True)
class Areas:
    """What holds in all periods: what is part of what, and the areas that are sums of others."""

    kinds: Kinds
    sums: Sums


def of_other_ground(
    counts: Mapping[Cell, int], earlier: Mapping[Cell, int], gone: Collection[Cell], sums: Sums
) -> tuple[dict[str, str], Sums]:
    """Areas that were another area under the same code, with a name for that, and sums of each.

    One that takes up others is the sum of what it was and these; one that others leave was the sum
    of what it is and these.
    """
    now = {area for _kind, area in counts}
    last = {cell[1] for cell in earlier if cell not in gone}
    names: dict[str, str] = {}
    found = {area: [way for way in ways if area not in way] for area, ways in sums.items()}
    for area, way in ((area, way) for area, ways in sums.items() for way in ways if area in way):
        others = set(way) - {area}
        if area not in now & last or area in names:
            continue
        before = area + BEFORE
        if others <= last - now:
            found[area].append((before, *sorted(others)))
            names[area] = before
        elif others <= now - last:
            found[before] = [(area, *sorted(others))]
            names[area] = before
    return names, found


def parts_in(other: Mapping[Cell, int], own: Mapping[Cell, int], sums: Sums) -> dict[Cell, int]:
    """What another release says of the parts of areas that are in this one as their sum."""
    every = {area for _kind, area in own}
    parts = {part for area, ways in sums.items() if area in every for way in ways for part in way}
    return {cell: n for cell, n in other.items() if cell[1] in parts and cell not in own}


@dataclass(frozen=True)
class KnownBefore:
    """The counts there are, and what was counted when readers saw it; they did not see `held`."""

    counts: Mapping[Cell, int]
    earlier: Mapping[Cell, int]
    held: Collection[Cell]
    areas: Areas

    def table(self) -> OneTable:
        """All of it as one table."""
        parts = {**self._parts, **self._parts_of_now.counts}
        unseen = {**parts, **self.left_out}
        return OneTable(
            {**unseen, **self.counts}, self.areas.kinds, self.areas.sums,
            unseen=unseen, told=unseen.keys() - set(self.held) - self._parts_of_now.cells,
            old=self._sums_still_true, others=self._parts_of_now.sums,
            unasked=self._parts_of_now.cells,
        )  # fmt: skip

    @property
    def others(self) -> Collection[Cell]:
        """Parts of what is one now, by inner cell, that are others than readers knew."""
        return self._parts_of_now.cells

    @cached_property
    def left_out(self) -> dict[Cell, int]:
        """Of kinds that their publisher leaves out while their total is told, what they were.

        What was held back of them is not known to anybody for that. They are as they were, unless
        the total says otherwise and there is nothing else in it.
        """
        every = {area for _kind, area in self.counts}
        return {
            (kind, area): self._as_it_may_be(kind, area) for kind, area in self.earlier
            if area in every and area not in self.areas.sums and (kind, area) not in self.counts
            and (self.areas.kinds.part_of.get(kind, ""), area) in self.counts
            and kind in self._listed and not self._kinds_in(kind)
        }  # fmt: skip

    def _as_it_may_be(self, kind: str, area: str) -> int:
        total, before = self.areas.kinds.part_of[kind], self.earlier[kind, area]
        besides = [(one, area) for one in self._kinds_in(total) if one != kind]
        if any(cell not in self.counts for cell in besides):
            return before
        room = self.counts[total, area] - sum(self.counts[cell] for cell in besides)
        if total not in self.areas.kinds.without_rest:
            return max(0, min(before, room))
        if any(cell not in self.earlier for cell in [(total, area), *besides]):
            return before
        known = sum(self.earlier[cell] for cell in [(kind, area), *besides])
        return max(0, room - (self.earlier[total, area] - known))  # less what was rounded

    @cached_property
    def _listed(self) -> list[str]:
        return list(dict.fromkeys(kind for kind, _area in self.counts))

    def _kinds_in(self, total: str) -> list[str]:
        return [one for one in self._listed if self.areas.kinds.part_of.get(one) == total]

    @cached_property
    def _sums_still_true(self) -> dict[Cell, int]:
        """What readers were shown of areas that parted, where their parts still add up to it.

        Parts that were seen before these became one may have been others meanwhile; what was shown
        last speaks of the parts there are.
        """
        own, held = {area for _kind, area in self.counts}, set(self.held)
        found: dict[Cell, int] = {}
        for area in self.areas.sums.keys() - own:
            for way in self.areas.sums[area]:
                if own.issuperset(way):
                    found |= {cell: self.earlier[cell] for cell in self._still_true(area, way)}
        return {cell: count for cell, count in found.items() if cell not in held}

    def _still_true(self, area: str, way: Sequence[str]) -> Iterator[Cell]:
        """The cells of an area that are what those of its parts add up to."""
        listed = [kind for kind in self._listed if (kind, area) in self.earlier
                  and all((kind, one) in self.counts for one in way)]  # fmt: skip
        same = {kind for kind in listed if self.earlier[kind, area]
                == sum(self.counts[kind, one] for one in way)}  # fmt: skip
        for kind in listed:
            is_rounded = kind in self.areas.kinds.without_rest and same.issuperset(
                self._kinds_in(kind)
            )
            if kind in same or is_rounded:  # then its parts say it, and sums of it do not
                yield kind, area

    @cached_property
    def _parts(self) -> dict[Cell, int]:
        return parts_in(self.earlier, self.counts, self.areas.sums)

    @cached_property
    def _parts_of_now(self) -> Parts:
        """The parts of areas that became one, where these are others than readers knew."""
        own = {area for _kind, area in self.counts}
        found = Parts({}, set(), set())
        for area in own & self.areas.sums.keys():
            for way in self.areas.sums[area]:
                if own.isdisjoint(way):
                    self._restate(area, way, found)
        return found

    def _restate(self, area: str, way: Sequence[str], found: Parts) -> None:
        """Nobody knows which of the parts it was, so that any of them may be the one."""
        there = [kind for kind in self._listed if (kind, area) in self.counts
                 and all((kind, one) in self._parts for one in way)]  # fmt: skip
        for kind in sorted(there, key=self._depth):
            inside = self._kinds_in(kind)
            if not set(inside) <= set(there):
                continue
            within = [sum(self._parts[one, part] for one in inside) for part in way]
            rests = [self._parts[kind, part] - less
                     for part, less in zip(way, within, strict=True)]  # fmt: skip
            rest = self.counts[kind, area] - sum(self.counts[one, area] for one in inside)
            if rest != sum(rests) and kind not in self.areas.kinds.without_rest and rest >= 0:
                rests = spread(rests, rest)
                found.sums.add((kind, area))
                found.cells.update((kind + REST if inside else kind, part) for part in way)
            for part, own in zip(way, rests, strict=True):
                count = own + sum(found.counts.get((one, part), self._parts[one, part])
                                  for one in inside)  # fmt: skip
                if count != self._parts[kind, part]:
                    found.counts[kind, part] = max(0, count)
                    found.cells.add((kind, part))

    def _depth(self, kind: str) -> int:
        return 1 + max((self._depth(one) for one in self._kinds_in(kind)), default=0)


@dataclass
class Parts:
    """Parts that are others than before: their counts, the areas they are parts of, and all cells
    in which they are."""

    counts: dict[Cell, int]
    sums: set[Cell]
    cells: set[Cell]


def spread(counts: Sequence[int], total: int) -> list[int]:
    """The same counts, none below nought, with what the total is more or less."""
    found = [max(0, one) for one in counts]
    for at in sorted(range(len(found)), key=lambda at: -found[at]):
        found[at] = max(0, found[at] + total - sum(found))
    return found
