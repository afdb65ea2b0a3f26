"""What readers of a release work out with the one before it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from samrad.analysis.disclosure import intervals
from samrad.knowledge.seen_before import SeenRows
from tests.support.readers_of_sheets import REST, Grain, Reader, World, laid_out

KINDS = ("theft", "violence", REST)
COUNTS = {
    2: (0, 0, 0), 3: (9, 2, 6), 4: (2, 1, 1), 5: (3, 1, 2), 6: (1, 7, 12), 7: (30, 24, 28),
    8: (0, 1, 0), 9: (18, 8, 8),
}  # fmt: skip
SMALL = 3


class Releases:
    """One after another, with all that its readers have read."""

    def __init__(self, kinds: tuple[str, ...], counts: Mapping[int, tuple[int, ...]]) -> None:
        own, rest = kinds[:-1] if kinds[-1] == REST else kinds, kinds[-1] == REST
        self.world = World(np.random.default_rng(1), kinds=own, has_rest=rest)
        self.reader, self.before = Reader(), SeenRows()
        for place, row in counts.items():
            self.world.largest = place - 1
            self.world.comes(0)
            self.world.count |= {(place, one): n for one, n in zip(kinds, row, strict=True)}

    def read(self, small: int = SMALL) -> set[tuple[str, int]]:
        """What is held back of the next one, by kind and area."""
        sheets, self.before = laid_out(self.world, self.before, small)
        self.reader.reads(self.world, sheets)
        return {(row.sheet.indicator.code, row.area_id or 0)
                for rows in sheets for row in rows if row.protected}  # fmt: skip

    def revise(self, counts: Mapping[Grain, int]) -> None:
        self.world.count |= counts
        for one in counts:
            self.world.is_revised(one)

    def become_one(self, *areas: int) -> None:
        """Under a number and a code of its own."""
        self.world.largest += 1
        new = self.world.largest
        for one in areas:
            del self.world.code[one]
        self.world.code[new], self.world.ground[new] = f"a{new}", areas
        self.world.rounding[new] = 0

    def named(self, small: int = SMALL) -> int:
        """How many small counts are worked out, within what is small."""
        table, counts = self.reader.table(), np.array(self.reader.counts)
        cells = np.flatnonzero(self.reader.targets(small))
        lower, upper = intervals(table, counts, np.array(self.reader.hidden), cells)
        return int(np.sum(upper - lower < small))


def test_what_is_left_out_of_a_total_hides_nothing_that_the_whole_has_more_than_before():
    """Something else is reported in 2 for the first time, and of 5 no thefts are told any more."""
    releases = Releases(KINDS, COUNTS)
    releases.read()
    releases.world.left_out = {(5, "theft")}
    releases.revise({(2, REST): 1})
    releases.read()

    assert releases.named() == 0


def test_what_is_more_in_areas_that_became_one_is_not_told_by_the_whole():
    """In 3 and 7 nobody took drugs; somebody does since they are one, and the whole has more."""
    releases = Releases(("theft", "drugs", "violence"), {
        2: (0, 0, 0), 3: (3, 0, 3), 4: (17, 31, 25), 5: (10, 9, 12), 6: (5, 5, 6), 7: (0, 0, 0),
        8: (4, 6, 8),
    })  # fmt: skip
    releases.read(5)
    releases.become_one(3, 7)
    releases.revise({(8, "theft"): 1, (6, "violence"): 7})
    releases.read(5)
    releases.revise({(7, "drugs"): 3, (7, "violence"): 1})
    releases.read(5)

    assert releases.named(5) == 0


def test_what_readers_know_whatever_is_held_back_is_held_back_the_first_time_as_the_next():
    """Area 6 takes up 7, and of its thefts, which were the total of both, nothing is told."""
    releases = Releases(("theft", "violence"), {
        2: (8, 11), 3: (48, 55), 4: (0, 0), 5: (0, 0), 6: (0, 0), 7: (3, 0),
    })  # fmt: skip
    world = releases.world
    world.rounding |= {3: 1, 6: -1, 7: 1}
    releases.read(5)
    del world.code[3], world.code[7]
    world.ground[6], world.left_out = (6, 7), {(6, "theft")}

    assert releases.read(5) == releases.read(5)
