"""Repeat addresses among five million incidents: the kernel beside the best SQL, in one run.

Part of `./samrad bench analysis`. Three ways to ask DuckDB the same question, the fastest counts;
each side in a process of its own, on one core, from the same arrays; flags are compared one by
one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

INCIDENTS, ADDRESSES, MONTHS = 5_000_000, 1_500_000, 180
AIM_TIMES, AIM_MB = 1.5, 500
ROOT = Path(__file__).resolve().parents[1]

QUERIES = {
    "spread over months, then counted": """
        select address, month + later as r from incidents, range(3) as t(later)
        where month + later <= {last} group by 1, 2 having count(*) >= 3""",
    "third before by window": """
        with thirds as (select address, month,
            lag(month, 2) over (partition by address order by month) as first from incidents)
        select distinct address, month + later as r from thirds, range(3) as t(later)
        where first >= month - 2 and month + later <= first + 2 and month + later <= {last}""",
    "months summed, then spread": """
        with months as (select address, month, count(*) as n from incidents group by 1, 2)
        select address, month + later as r from months, range(3) as t(later)
        where month + later <= {last} group by 1, 2 having sum(n) >= 3""",
}


def repeats(options: argparse.Namespace) -> dict[str, Any]:
    """Both sides, each the best of so many."""
    repeat = str(options.repeat)
    ours, theirs = (child(side, repeat) for side in ("kernel", "sql"))
    ratio = theirs["seconds"] / ours["seconds"]
    return {
        "incidents": INCIDENTS,
        "kernel_s": ours["seconds"],
        "kernel_extra_mb": ours["extra_mb"],
        "kernel_peak_mb": ours["peak_mb"],
        "sql_s": theirs["seconds"],
        "sql_each_s": theirs["each"],
        "times_faster": round(ratio, 2),
        "aim": AIM_TIMES,
        "flags": ours["flags"],
        "flags_equal": (ours["flags"], ours["sum"]) == (theirs["flags"], theirs["sum"]),
        "holds": ratio >= AIM_TIMES and ours["peak_mb"] <= AIM_MB,
    }


def child(side: str, repeat: str) -> dict[str, Any]:
    """One side in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.analysis_repeats", side, repeat]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    environment = {**os.environ, **threads, "PYTHONPATH": paths}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def incidents() -> tuple[Any, Any]:
    """Addresses and months: many with one incident, some with very many."""
    import numpy as np

    chance = np.random.default_rng(7)
    address = (ADDRESSES * chance.random(INCIDENTS, dtype=np.float32) ** 2.5).astype(np.int32)
    return address, chance.integers(0, MONTHS, INCIDENTS, dtype=np.int16)


def kernel(repeat: int) -> dict[str, Any]:
    """The kernel of `samrad.analysis.repeats`."""
    from samrad.analysis.repeats import flagged

    address, month = incidents()
    before = peak_mb()
    seconds, (places, months) = best(lambda: flagged(address, month), repeat)
    return {
        "seconds": seconds, "flags": len(places), "sum": int((places * 256 + months).sum()),
        "peak_mb": peak_mb(), "extra_mb": peak_mb() - before,
    }  # fmt: skip


def sql(repeat: int) -> dict[str, Any]:
    """DuckDB on the same columns, in a table of its own, answers left where a program has them."""
    import duckdb

    address, month = incidents()
    database = duckdb.connect(config={"threads": 1})
    database.register("given", {"address": address, "month": month})
    database.execute("create table incidents as select * from given")
    last = int(month.max())
    each, told = {}, {}
    for name, query in QUERIES.items():
        asked = query.format(last=last)
        each[name], told = best(lambda asked=asked: database.execute(asked).fetchnumpy(), repeat)
    keys = told["address"].astype("int64") * 256 + told["r"].astype("int64")
    return {
        "seconds": min(each.values()), "each": each, "flags": len(keys), "sum": int(keys.sum())
    }  # fmt: skip


def best(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """The least processor time of so many, and what came out."""
    seconds, told = [], None
    for _ in range(repeat):
        began = time.process_time()
        told = work()
        seconds.append(time.process_time() - began)
    return round(min(seconds), 3), told


def peak_mb() -> int:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    side = {"kernel": kernel, "sql": sql}[sys.argv[1]]
    print(json.dumps(side(int(sys.argv[2]))))
