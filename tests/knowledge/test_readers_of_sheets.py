"""What the readers in the proof of what is held back demand, and what nobody could give them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.readers_of_sheets import Reader, World

AREA = 2


@pytest.fixture
def world() -> World:
    """One area with thefts and violence beside their total."""
    found = World(np.random.default_rng(1), kinds=("theft", "violence"))
    found.comes(0)
    return found


def demanded(world: World, thefts: int, violence: int, *, rounded_by: int) -> list[bool]:
    """Of what is written of the area: of each kind that is, and of the total."""
    world.count = {(AREA, "theft"): thefts, (AREA, "violence"): violence}
    world.rounding[AREA] = rounded_by
    reader = Reader()
    reader.reads(world, world.sheets())
    return [bool(one) for one in reader.targets(3)[::2]]  # every other one is a whole


def test_a_total_rounded_to_nothing_is_small_where_its_parts_say_so(world):
    assert demanded(world, 0, 1, rounded_by=-1) == [False, True, True]


def test_a_total_rounded_to_nothing_is_nothing_where_the_part_it_was_of_is_left_out(world):
    """The publisher writes no figure but 0 of the area."""
    world.left_out = {(AREA, "violence")}

    assert demanded(world, 0, 1, rounded_by=-1) == [False, False]


def test_a_total_that_is_written_as_a_small_one_is_small(world):
    world.left_out = {(AREA, "violence")}

    assert demanded(world, 0, 3, rounded_by=-1) == [False, True]
    assert demanded(world, 0, 2, rounded_by=1) == [False, False]
