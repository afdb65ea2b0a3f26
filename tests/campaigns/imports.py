"""A bad file is refused with row, field and reason or read exactly; none breaks the reader.

Small tables are made by chance, written as CSV, workbook or JSON-stat, and spoilt in one of many
ways. What a spoilt file may still be read as is worked out beside the reader, by other code. Every
file is read in a process whose memory is bounded.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.support.campaign import Result

COVERS = [
    "src/samrad/knowledge/readers/*.py",
    "src/samrad/knowledge/rules/*.py",
    "tests/knowledge/spoilt.py",
    "tests/knowledge/made_tables.py",
]

FILES = 2_400
PROCESSES = 2
MOST_MEMORY = 1_500_000_000  # bytes of address space for a process
MOST_SECONDS = 10.0  # for one file, on a machine that does other things too
BATCH = 40


def run(*, seed: int, share: float = 1.0) -> Result:
    """So many files, each from its own seed."""
    files = max(80, round(FILES * share))
    numbers = range(files)
    batches = [(seed, list(numbers[start : start + BATCH])) for start in range(0, files, BATCH)]
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, heaviest = 0.0, 0
    with ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("spawn"), initializer=bound_memory
    ) as pool:
        for told, said, longest, weight in pool.map(a_batch, batches):
            for kind, outcome in told:
                outcomes[outcome] += 1
                kinds[kind] += 1
            wrong += said
            slowest, heaviest = max(slowest, longest), max(heaviest, weight)
    counts: dict[str, int | float] = {
        "files": files,
        "ways_to_spoil": len(kinds),
        **{outcome: outcomes[outcome] for outcome in ("read", "refused", "asked", "crashed")},
        "slowest_seconds": round(slowest, 2),
        "heaviest_megabytes": heaviest // 1024,
    }
    passed = not wrong and not outcomes["crashed"] and slowest <= MOST_SECONDS
    return Result(passed=passed, counts=counts, remarks=wrong[:20])


def bound_memory() -> None:
    """Whatever grows beyond this fails, and is told. The sentences need the apps."""
    import django

    django.setup()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def a_batch(
    given: tuple[int, list[int]],
) -> tuple[list[tuple[str, str]], list[str], float, int]:
    """The outcome of each file, what was wrong, the slowest and the most memory so far."""
    from tests.knowledge.spoilt import tried

    seed, numbers = given
    told, wrong, longest = [], [], 0.0
    for number in numbers:
        started = time.monotonic()
        kind, outcome, complaint = tried(seed, number)
        longest = max(longest, time.monotonic() - started)
        told.append((kind, outcome))
        if complaint:
            wrong.append(f"{kind}, seed {seed}, file {number}: {complaint}"[:300])
    return told, wrong, longest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
