"""A nation's figures: the cube of 20 million incidents, and the whole run of four months.

Parts of `./samrad bench analysis`, each in a process of its own. `cube`: counting beside merely
decoding the two columns that are counted, and beside DuckDB's GROUP BY over the same files; then
one month more. `run`: 745 municipalities × 80 kinds of incidents over seven years: cube, alarms of
the latest four months with the false-discovery control, trends, funnels, and the year's table with
its sums protected and audited.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.analysis_repeats import ROOT, best, peak_mb

PLACES, KINDS, MONTHS, INCIDENTS = 745, 80, 84, 20_000_000
DISTRICTS = 31
LATEST = 4
AIM_TIMES, AIM_MONTH_S, AIM_RUN_S, AIM_RUN_MB = 2.0, 0.2, 120, 2000


def cube(options: argparse.Namespace) -> dict[str, Any]:
    """The cube beside decoding and SQL."""
    told = child("cube", str(options.repeat))
    ratio = told["cube_s"] / told["decoding_s"]
    return told | {
        "times_decoding": round(ratio, 2),
        "aim_times": AIM_TIMES,
        "aim_month_s": AIM_MONTH_S,
        "holds": ratio <= AIM_TIMES and told["month_s"] <= AIM_MONTH_S and told["equal"],
    }


def whole_run(_options: argparse.Namespace) -> dict[str, Any]:
    """Everything that a new tertial asks for."""
    told = child("run", "1")
    return told | {
        "aim_s": AIM_RUN_S,
        "aim_mb": AIM_RUN_MB,
        "holds": told["seconds"] <= AIM_RUN_S and told["peak_mb"] <= AIM_RUN_MB,
    }


def child(side: str, repeat: str) -> dict[str, Any]:
    """One part in a process of its own."""
    import subprocess

    command = [sys.executable, "-m", "benchmarks.analysis_nation", side, repeat]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def generated(folder: Path) -> dict[str, Path]:
    """The incidents, a file a month; places and kinds of very different size."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(20)
    sizes = rng.lognormal(0, 1.2, PLACES)
    kinds = rng.lognormal(0, 1.5, KINDS)
    place_share, kind_share = sizes / sizes.sum(), kinds / kinds.sum()
    files = {}
    for number in range(MONTHS):
        name = f"{2019 + number // 12}-{number % 12 + 1:02}"
        count = INCIDENTS // MONTHS
        columns = {
            "incident": pa.array(rng.integers(-(2**62), 2**62, count)),
            "address": pa.array(rng.integers(-(2**62), 2**62, count)),
            "district": pa.array(rng.choice(PLACES, count, p=place_share), pa.int32()),
            "category": pa.array(rng.choice(KINDS, count, p=kind_share), pa.int32()),
            "called": pa.array(rng.integers(0, 2_678_400, count)),
        }
        files[name] = folder / f"{name}.parquet"
        pq.write_table(pa.table(columns), files[name], compression="zstd")
    return files


def measured_cube(repeat: int) -> dict[str, Any]:
    """Counting, decoding and SQL over the same files; then one month more."""
    import duckdb
    import numpy as np
    import pyarrow.parquet as pq

    from samrad.analysis.cubes import cube_of

    with tempfile.TemporaryDirectory() as name:
        files = generated(Path(name))

        def decode() -> int:
            return sum(
                pq.read_table(file, columns=["district", "category"]).num_rows
                for file in files.values()
            )

        paths = [str(file) for file in files.values()]
        query = f"""select filename, district, category, count(*) from
            read_parquet({paths!r}, filename=true) group by all"""  # noqa: S608 - our own paths
        decoding, _rows = best(decode, repeat)
        counting, made = best(lambda: cube_of(files, places=PLACES, kinds=KINDS), repeat)
        sql, rows = best(lambda: duckdb.sql(query).fetchnumpy(), repeat)
        by_sql = np.zeros_like(made.told)
        where = {path: number for number, path in enumerate(paths)}
        months = np.array([where[path] for path in rows["filename"]])
        by_sql[rows["district"], rows["category"], months] = rows["count_star()"]
        *others, last = sorted(files)
        before = cube_of({one: files[one] for one in others}, places=PLACES, kinds=KINDS)
        month, again = best(lambda: before.with_month(last, files[last]), repeat)
        return {
            "incidents": int(made.counts.sum()),
            "decoding_s": round(decoding, 3),
            "cube_s": round(counting, 3),
            "sql_s": round(sql, 3),
            "times_faster_than_sql": round(sql / counting, 2),
            "month_s": round(month, 3),
            "equal": bool((by_sql == made.told).all() and (again.counts == made.counts).all()),
            "peak_mb": peak_mb(),
        }


def measured_run() -> dict[str, Any]:
    """The whole run, step by step, with what each took."""
    import numpy as np

    from samrad.analysis import comparison, trend
    from samrad.analysis.alarms import MONTHLY
    from samrad.analysis.alarms.settings import careful
    from samrad.analysis.alarms.watch import watch
    from samrad.analysis.cubes import cube_of
    from samrad.analysis.disclosure.publication import Method, Rule, publish
    from samrad.analysis.disclosure.tables import Dimension, Table

    took: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        made = work()
        took[name] = round(time.perf_counter() - started, 1)
        return made

    with tempfile.TemporaryDirectory() as name:
        files = generated(Path(name))
        started = time.perf_counter()
        counted = step("cube", lambda: cube_of(files, places=PLACES, kinds=KINDS)).told
    series = counted.reshape(PLACES * KINDS, MONTHS).astype(np.float64)
    kinds = np.tile(np.arange(KINDS), PLACES)
    at = np.arange(MONTHS - LATEST, MONTHS)
    found = step("alarms", lambda: watch(series, at, careful(MONTHLY), groups=kinds))
    years = series.reshape(len(series), -1, 12).sum(axis=2)
    step("trends", lambda: trend.yearly_change(years))
    people = counted.sum(axis=(1, 2)).astype(np.float64)
    year = counted[..., -12:].sum(axis=2)
    share = people / people.sum()
    of_kind = [
        (year[:, kind], np.maximum(share * year[:, kind].sum(), 1e-9)) for kind in range(KINDS)
    ]
    step("funnels", lambda: [comparison.funnel(*one) for one in of_kind])
    municipalities = [f"m{number}" for number in range(PLACES)]
    districts = {f"d{number}": municipalities[number::DISTRICTS] for number in range(DISTRICTS)}
    table = Table.of(
        Dimension.with_total("municipality", municipalities, **districts),
        Dimension.with_total("kind", [f"k{number}" for number in range(KINDS)]),
    )
    for method in Method:
        released = step(
            f"disclosure: {method.value}",
            lambda method=method: publish(table, year, Rule(method, small=3, seed=1)),
        )
        took[f"hidden: {method.value}"] = int(released.hidden.sum())
    return {
        "series": len(series),
        "months": MONTHS,
        "alarms_that_survive": int(found.survives.sum()),
        "seconds": round(time.perf_counter() - started, 1),
        "steps": took,
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    side, times = sys.argv[1:]
    print(json.dumps(measured_cube(int(times)) if side == "cube" else measured_run()))
