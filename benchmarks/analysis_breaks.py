"""Did it change from a period on? A part of `./samrad bench analysis`.

A nation's municipalities, month by month, some of them restless: whether each changed from every
month of the latest two years on, asked of all at once beside one after the other. That is what the
worker asks of every indicator when pictures are drawn.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

PLACES, MONTHS, STARTS, ALIKE = 357, 48, 23, 40
AIM_TIMES = 4.0


def breaks(options: argparse.Namespace) -> dict[str, Any]:
    """One indicator, both ways, in seconds of computing."""
    import numpy as np

    from samrad.analysis.effects import (
        dispersion_beside,
        placebo_in_space,
        placebos_everywhere,
    )

    chance = np.random.default_rng(7)
    mean = chance.gamma(0.7, 12, size=(PLACES, 1)) * chance.gamma(
        12, 1 / 12, (PLACES, MONTHS // 12)
    )
    counts = chance.poisson(np.repeat(mean, 12, axis=1)).astype(np.float64)
    sides = []
    for start in range(MONTHS - 24, MONTHS - 24 + STARTS):
        length = min(12, MONTHS - start)
        before, after = (
            counts[:, start - 12 : start - 12 + length],
            counts[:, start : start + length],
        )
        sums = before.sum(axis=1), after.sum(axis=1)
        sides.append((*sums, dispersion_beside(before, after)))

    def at_once() -> list[Any]:
        return [
            one for before, after, spread in sides
            for one in placebos_everywhere(before, after, nearest=ALIKE, dispersion=spread)
        ]  # fmt: skip

    def in_turn() -> list[Any]:
        return [
            placebo_in_space(before, after, area, nearest=ALIKE, dispersion=spread)
            for before, after, spread in sides for area in range(PLACES)
        ]  # fmt: skip

    (ours, found), (loop, others) = cpu(at_once, options.repeat), cpu(in_turn, 1)
    apart = max(
        abs(one.log - two.log) + abs(one.p - two.p) for one, two in zip(found, others, strict=True)
    )
    return {
        "asked": len(found), "at_once_s": round(ours, 2), "in_turn_s": round(loop, 2),
        "times": round(loop / ours, 1), "largest_difference": float(apart),
        "aim_times": AIM_TIMES, "holds": loop / ours >= AIM_TIMES and apart < 1e-9,
    }  # fmt: skip


def cpu(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """The best of some, and what came of it."""
    took = []
    made = None
    for _ in range(repeat):
        started = time.process_time()
        made = work()
        took.append(time.process_time() - started)
    return min(took), made
