"""Readers of published sheets who keep every version they ever saw, and lay them side by side.

A small world is published, drawn again, revised, taken back and published again, with areas that
get new codes, go, and are left out by the publisher. The attacker knows the whole as well as the
parts, which counts were revised, and every figure that the publisher gave no number for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from samrad.analysis.disclosure import Table

if TYPE_CHECKING:
    from samrad.knowledge.models import SheetRow

NATION = 1
VERSIONS = 4


@dataclass
class World:
    """Areas by key with their code and count; `version` grows with each revision of a count."""

    chance: Any
    code: dict[int, str] = field(default_factory=dict)
    count: dict[int, int | None] = field(default_factory=dict)
    version: dict[int, int] = field(default_factory=dict)
    left_out: dict[int, int | None] = field(default_factory=dict)  # with the figure it had

    @classmethod
    def drawn(cls, chance: Any) -> World:
        """A few areas, most of them small, some empty."""
        found = cls(chance)
        for _ in range(int(chance.integers(3, 9))):
            found.comes(int(chance.poisson(chance.gamma(0.6, chance.uniform(2, 30)))))
        return found

    def comes(self, count: int | None) -> None:
        """An area more."""
        key = 2 + max(self.code, default=0)
        self.code[key], self.count[key], self.version[key] = f"a{key}", count, 0

    def goes_on(self) -> None:
        """What the next release says otherwise."""
        for key in list(self.code):
            drawn = self.chance.random()
            count = self.count[key]
            if drawn < 0.15:
                self.count[key] = max(0, (count or 0) + int(self.chance.integers(-4, 5)))
                self.version[key] += self.count[key] != count
            elif drawn < 0.19:
                self.code[key] += "-renamed"
            elif drawn < 0.21 and len(self.code) > 3:
                del self.code[key], self.count[key], self.version[key]
            elif drawn < 0.23:
                self.comes(int(self.chance.poisson(4)))
            elif drawn < 0.25 or count is None:
                self.left_out[key], self.count[key] = count, self.left_out.get(key)

    def rows(self) -> list[SheetRow]:
        """Laid out as they are when a release is taken in, with the whole."""
        from samrad.knowledge.models import Indicator, Sheet, SheetRow

        sheet = Sheet(indicator=Indicator(code="x"), periods=["2025"])
        parts = [
            SheetRow(sheet=sheet, area_id=key, code=code, values=[self.count[key]])
            for key, code in self.code.items()
        ]
        whole = sum(value or 0 for value in self.count.values())
        return [*parts, SheetRow(sheet=sheet, area_id=NATION, code="whole", values=[whole])]


@dataclass
class Reader:
    """Everything that was ever seen: cells as sums of counts, and which of them were hidden."""

    column: dict[tuple[int, int], int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    cells: list[list[int]] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)

    def reads(self, world: World, rows: Sequence[SheetRow]) -> None:
        """A page that shows this release."""
        inner = []
        for row in rows:
            if row.area_id == NATION:
                continue
            value = row.values[0]
            key = (row.area_id or 0, world.version[row.area_id or 0])
            if value is None:
                continue
            if key not in self.column:
                self.column[key] = len(self.counts)
                self.counts.append(int(value))
            inner.append(self.column[key])
            self.cells.append([self.column[key]])
            self.hidden.append(bool(row.protected))
        self.cells.append(inner)
        self.hidden.append(bool(rows[-1].protected))

    def table(self) -> Table:
        """All of it as one table."""
        at = [(number, one) for number, inner in enumerate(self.cells) for one in inner]
        lines, columns = zip(*at, strict=True)
        shape = (len(self.cells), len(self.counts))
        return Table(sparse.csr_matrix((np.ones(len(at)), (lines, columns)), shape))


def a_life(chance: Any, small: int) -> tuple[Reader, Counter[str]]:
    """A world published and revised, and what its readers have in hand at the end."""
    from samrad.knowledge.holding_back import hold_back

    world, reader = World.drawn(chance), Reader()
    kinds: Mapping[int, str] = {NATION: "nation"} | dict.fromkeys(range(2, 200), "municipality")
    before: list[SheetRow] = []
    found: Counter[str] = Counter()
    for version in range(VERSIONS):
        if version:
            world.goes_on()
        is_public = version == 0 or chance.random() < 0.8
        for _draw in range(2):
            rows = world.rows()
            hold_back(rows[0].sheet, rows, before, smallest=small, kinds=kinds)
            if _draw and [one.protected for one in rows] != [one.protected for one in before]:
                found["redraws_that_show_something_else"] += 1
            before = rows
        found["versions_laid_out"] += 1
        if is_public:
            reader.reads(world, rows)
            found["versions_read"] += 1
            found["versions_held_back_whole"] += all(one.protected for one in rows)
    return reader, found
