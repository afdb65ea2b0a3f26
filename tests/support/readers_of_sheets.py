"""Readers of published sheets who keep every version they ever saw, and lay them side by side.

A small world is published, drawn again, revised, taken back and published again, with areas that
get new codes, go, come back, become one and part again, and figures that the publisher leaves out.
In every other world there are several kinds with their total beside them: of all there is, of a
part of it, or of all but rounded. The attacker knows the wholes as well as the parts, which counts
were revised, which areas are sums of which, and by how much a total was rounded.

What must not be told is what the publisher's figures say, and what they add up to. Of a rounded
total with a part that is left out they do not say what it was before: where the publisher writes 0
for 1, no figure there is could be held back, so that there the figure counts as it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from samrad.analysis.disclosure import Table

if TYPE_CHECKING:
    from samrad.knowledge.models import SheetRow
    from samrad.knowledge.seen_before import SeenRows

NATION = 1
VERSIONS = 4
TOTAL, REST = "all", "what is not listed"
Grain = tuple[int, str]  # a piece of ground that is never parted, and a kind


@dataclass
class World:
    """Areas by key with their code and their ground; `version` grows with each revised count."""

    chance: Any
    kinds: Sequence[str] = ("x",)
    has_rest: bool = False
    is_rounded: bool = False
    changes: bool = True  # whether areas become one
    stricter: Mapping[str, int] = field(default_factory=dict)  # of some kinds more is small
    code: dict[int, str] = field(default_factory=dict)
    ground: dict[int, tuple[int, ...]] = field(default_factory=dict)
    away: dict[int, str] = field(default_factory=dict)  # areas that are left out altogether
    count: dict[Grain, int] = field(default_factory=dict)
    version: dict[Grain, int] = field(default_factory=dict)
    left_out: set[Grain] = field(default_factory=set)  # by area
    rounding: dict[int, int] = field(default_factory=dict)
    ever: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)  # sums of areas there were
    largest: int = 1

    @classmethod
    def drawn(cls, chance: Any, *, side_by_side: bool) -> World:
        """A few areas, most of them small, some empty."""
        found = cls(chance)
        if side_by_side:
            found.kinds = ("a", "b", "c")[: int(chance.integers(2, 4))]
            found.stricter = {"a": 5}
            found.has_rest, found.is_rounded = ((True, False), (False, False), (False, True))[
                int(chance.integers(3))
            ]
        for _ in range(int(chance.integers(3, 9))):
            found.comes(chance.gamma(0.6, chance.uniform(2, 30)))
        return found

    @property
    def has_total(self) -> bool:
        """Whether kinds stand beside what they add up to."""
        return len(self.kinds) > 1

    @property
    def counted(self) -> list[str]:
        """Kinds, and what there is besides."""
        return [*self.kinds, *([REST] if self.has_rest else [])]

    def comes(self, mean: float) -> None:
        """An area more."""
        self.largest += 1
        key = self.largest
        self.code[key], self.ground[key] = f"a{key}", (key,)
        self.rounding[key] = int(self.chance.integers(-1, 2)) if self.is_rounded else 0
        for kind in self.counted:
            self.count[key, kind], self.version[key, kind] = int(self.chance.poisson(mean)), 0

    def goes_on(self) -> None:
        """What the next release says otherwise."""
        settled = set(self.code)
        for key in [one for one in self.away if self.chance.random() < 0.5]:
            self.code[key] = self.away.pop(key)
        revised: set[Grain] = set()
        for grain in list(self.count):
            if self.chance.random() < (0.15 if not self.has_total else 0.08):
                before = self.count[grain]
                self.count[grain] = max(0, before + int(self.chance.integers(-4, 5)))
                if self.count[grain] != before:
                    self.is_revised(grain)
                    revised.add(grain)
        for key in list(self.code):
            drawn = self.chance.random()
            if drawn < 0.04:
                self.code[key] += "-renamed"
            elif drawn < 0.08 and len(self.code) > 3:
                self.away[key] = self.code.pop(key)
            elif drawn < 0.10:
                self.comes(4)
            elif drawn < 0.13:
                self.left_out ^= {(key, str(self.chance.choice(self.kinds)))}
        if self.changes and self.chance.random() < 0.2:
            self.become_one(settled)
            for grain in revised:
                self.is_revised(grain)

    def is_revised(self, grain: Grain) -> None:
        """Which of several parts of one area that is, nobody reads."""
        lies_in = [own for key, own in self.ground.items() if key in self.code and grain[0] in own]
        for one in {one for own in lies_in for one in own} | {grain[0]}:
            self.version[one, grain[1]] += 1

    def become_one(self, settled: set[int]) -> None:
        """Two areas are one from now on, or one takes up another; or what was two is two again."""
        there = [key for key in self.code if key in settled]
        joined = [key for key in self.code if len(self.ground[key]) > 1]
        if joined:
            self.part(joined[0])
        elif len(there) > 3:
            one, other = (int(key) for key in self.chance.choice(there, 2, replace=False))
            if self.chance.random() < 0.5:
                self.largest += 1
                self.code[self.largest], self.rounding[self.largest] = f"a{self.largest}", 0
                self.ground[self.largest] = (one, other)
                del self.code[one]
            else:
                self.ground[one] = (one, other)
            del self.code[other]

    def part(self, key: int) -> None:
        """An area that was two is two again."""
        ground = self.ground[key]
        if key in ground:
            self.ground[key] = (key,)
        else:
            del self.code[key]
        self.code |= {one: f"a{one}-again" for one in ground if one != key}

    @property
    def sums(self) -> list[tuple[int, tuple[int, ...]]]:
        """The areas that are, or were, two others."""
        found = {key: parts for key, parts in self.ground.items() if len(parts) > 1}
        self.ever |= set(found.items())
        return sorted(self.ever)

    def is_told(self, key: int, kind: str) -> bool:
        """Whether the figures say what a total was before it was rounded: all its parts do."""
        is_rounded = kind == TOTAL and self.rounding[key]
        return not (is_rounded and any((key, one) in self.left_out for one in self.kinds))

    def value(self, key: int, kind: str) -> int | None:
        """What the publisher says of an area."""
        if (key, kind) in self.left_out:
            return None
        kinds = self.counted if kind == TOTAL else [kind]
        found = sum(self.count[one, each] for one in self.ground[key] for each in kinds)
        return max(0, found + self.rounding[key]) if kind == TOTAL else found

    def sheets(self) -> list[list[SheetRow]]:
        """Laid out as they are when a release is taken in, with the whole."""
        from samrad.knowledge.models import Indicator, Sheet, SheetRow

        made = []
        for kind in [*self.kinds, *([TOTAL] if self.has_total else [])]:
            asked = self.stricter.get(kind, 0)
            sheet = Sheet(indicator=Indicator(code=kind), periods=["2025"], smallest_shown=asked)
            rows = [
                SheetRow(sheet=sheet, area_id=key, code=code, values=[self.value(key, kind)])
                for key, code in self.code.items()
            ]
            whole = sum(row.values[0] or 0 for row in rows)
            made.append(
                [*rows, SheetRow(sheet=sheet, area_id=NATION, code="whole", values=[whole])]
            )
        return made


@dataclass
class Reader:
    """Everything that was ever seen: cells as sums of counts, and which of them were hidden.

    `written` is what the publisher wrote, `told` whether figures say what was counted, `asked` how
    many it must be at least to be shown, where its kind asks for more.
    """

    column: dict[tuple[int, str, int], int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    cells: list[list[int]] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def reads(self, world: World, sheets: Sequence[Sequence[SheetRow]]) -> None:
        """A page that shows this release."""
        for rows in sheets:
            *parts, whole = rows
            kind = whole.sheet.indicator.code
            every: list[int] = []
            for row in parts:
                inner = self._columns(world, row.area_id or 0, kind)
                if row.values[0] is None or not inner:
                    continue
                self._sees(row, inner, is_told=world.is_told(row.area_id or 0, kind))
                every += inner
            self._sees(whole, every, is_told=all(
                world.is_told(row.area_id or 0, kind) for row in parts if row.values[0] is not None
            ))  # fmt: skip

    def _columns(self, world: World, area: int, kind: str) -> list[int]:
        kinds = world.counted if kind == TOTAL else [kind]
        found = []
        for grain in ((one, each) for one in world.ground[area] for each in kinds):
            key = (*grain, world.version[grain])
            if key not in self.column:
                self.column[key] = len(self.counts)
                self.counts.append(world.count[grain])
            found.append(self.column[key])
        return found

    def _sees(self, row: SheetRow, inner: list[int], *, is_told: bool) -> None:
        if inner:
            self.cells.append(inner)
            self.hidden.append(bool(row.protected))
            self.written.append(int(row.values[0] or 0))
            self.told.append(is_told)
            self.asked.append(row.sheet.smallest_shown)

    def table(self) -> Table:
        """All of it as one table."""
        at = [(number, one) for number, inner in enumerate(self.cells) for one in inner]
        lines, columns = zip(*at, strict=True)
        shape = (len(self.cells), len(self.counts))
        return Table(sparse.csr_matrix((np.ones(len(at)), (lines, columns)), shape))

    def targets(self, small: int) -> NDArray[np.bool_]:
        """What must not be told: what was too little when counted, or as it is written."""
        counted, written = self.table().totals(np.array(self.counts)), np.array(self.written)
        least = np.maximum(small, np.array(self.asked))
        too_few = (counted > 0) & (counted < least) & np.array(self.told)
        return np.asarray(too_few | ((written > 0) & (written < least)), dtype=np.bool_)


def a_life(chance: Any, small: int, *, side_by_side: bool) -> tuple[Reader, Counter[str]]:
    """A world published and revised, and what its readers have in hand at the end."""
    world, reader = World.drawn(chance, side_by_side=side_by_side), Reader()
    before: SeenRows = {}
    last: list[list[SheetRow]] = []
    found: Counter[str] = Counter()
    for version in range(VERSIONS):
        if version:
            world.goes_on()
        is_public = version == 0 or chance.random() < 0.8
        for draw in range(2):
            sheets, before = laid_out(world, before, small)
            if draw and protected_in(sheets) != protected_in(last):
                found["redraws_that_show_something_else"] += 1
            last = sheets
        found["versions_laid_out"] += 1
        if is_public:
            reader.reads(world, sheets)
            found["versions_read"] += 1
            found["versions_held_back_whole"] += all(map(all, protected_in(sheets)))
    return reader, found


def laid_out(
    world: World, before: SeenRows, small: int
) -> tuple[list[list[SheetRow]], SeenRows]:  # fmt: skip
    """What is laid out, and what was seen when it is laid out next time."""
    from samrad.knowledge.seen_before import seen_in, what_is_gone

    sheets = world.sheets()
    held_back(world, sheets, before, small)
    gone = what_is_gone({rows[0].sheet.indicator.code: rows for rows in sheets}, before)
    return sheets, seen_in([row for rows in sheets for row in rows], gone)


def protected_in(sheets: Sequence[Sequence[SheetRow]]) -> list[list[list[int]]]:
    """What is held back of every row."""
    return [[row.protected for row in rows] for rows in sheets]


def held_back(
    world: World, sheets: Sequence[Sequence[SheetRow]], before: Mapping[str, Any], small: int,
    *, beside: bool = True,
) -> None:  # fmt: skip
    """As the product does it; or, not `beside`, by one that looks at each kind by itself."""
    from samrad.knowledge.holding_back import Together, hold_back

    kinds: Mapping[int, str] = {NATION: "nation"} | dict.fromkeys(range(2, 200), "municipality")
    read = [(rows[0].sheet, rows) for rows in sheets]
    if beside:
        part_of = dict.fromkeys(world.kinds, TOTAL) if world.has_total else {}
        hold_back(Together(read, part_of), before, smallest=small, kinds=kinds, sums=world.sums)
        return
    for one in read:
        hold_back(Together([one]), before, smallest=small, kinds=kinds)
