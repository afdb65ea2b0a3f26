"""Nobody's acknowledged words are lost when several write the same minutes on a bad line.

Two to eight editors type, save, read and settle what is stale, in an order that chance decides,
against the real actions, the autosave addresses and the plain form. Answers get lost, requests
never arrive, arrive late or twice, sessions end. After each of the interleavings the tables are
asked: every acknowledged text is the result or one of its revisions, versions follow each other,
and whoever replaced a text had read it. A control with a careless server must be found out.
"""

from __future__ import annotations

import multiprocessing
import os
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.support.campaign import Result

COVERS = [
    "src/samrad/meetings/actions/minutes.py",
    "src/samrad/meetings/actions/minutes_page.py",
    "src/samrad/meetings/views/autosave.py",
    "src/samrad/meetings/views/minutes.py",
    "src/samrad/meetings/forms/minutes.py",
    "src/samrad/meetings/forms/attendance.py",
    "src/samrad/meetings/models/minutes.py",
    "src/samrad/access/rows.py",
]

INTERLEAVINGS = 10_000
CONTROLS = 200
PROCESSES = 2
MUST_BE_NONE = ("lost", "overwritten_unread", "versions_out_of_order", "never_settled")


def run(*, seed: int, share: float = 1.0) -> Result:
    """All interleavings in processes of their own, and the control."""
    wanted = max(40, round(INTERLEAVINGS * share))
    controls = max(20, round(CONTROLS * share))
    parts = [wanted // PROCESSES + (place < wanted % PROCESSES) for place in range(PROCESSES)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context, max_tasks_per_child=1) as pool:
        tasks = [pool.submit(batch, seed + place, part) for place, part in enumerate(parts)]
        careless = pool.submit(batch, seed, controls, careless=True)
        counts = sum((task.result() for task in tasks), Counter[str]())
        control = careless.result()
    found = {name: counts[name] for name in ("interleavings", *MUST_BE_NONE)}
    told = {name: count for name, count in sorted(counts.items()) if name not in found}
    passed = counts["interleavings"] == wanted and not any(counts[one] for one in MUST_BE_NONE)
    caught = control["overwritten_unread"]
    return Result(
        passed=passed and caught > 0,
        counts={**found, **told, "control: overwritten_unread": caught},
    )


def batch(seed: int, wanted: int, *, careless: bool = False) -> Counter[str]:
    """So many interleavings on a database of this process's own."""
    os.environ["SAMRAD_LOG_LEVEL"] = "CRITICAL"
    from tests.support.scratch import fresh_installation

    fresh_installation()
    from django.conf import settings

    from tests.support.interleaving import Ground, interleave

    settings.ALLOWED_HOSTS = ["*"]

    chance = random.Random(seed)
    ground = Ground.laid()
    counts: Counter[str] = Counter()
    for number in range(wanted):
        counts += interleave(ground, chance, number, careless=careless)
    counts["interleavings"] = wanted
    return counts
