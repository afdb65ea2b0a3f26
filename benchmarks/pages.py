"""How fast pages are, on a small installation and on a nation, on both databases.

    ./samrad bench pages [--councils 745] [--repeat 60]

For every page: queries, CPU and server time in the process that answers (p50, p95), and how that
grows from 10 councils to a nation. What it is compared with in the same run is an empty page of the
same installation: everything that every page pays. One process, no network: what a worker does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SMALL = 10
NATION = 745


def run(*words: str) -> dict[str, Any]:
    """Generate both installations on each database and measure every page of each."""
    parser = argparse.ArgumentParser(prog="./samrad bench pages")
    parser.add_argument("--councils", type=int, default=NATION)
    parser.add_argument("--repeat", type=int, default=60)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options = parser.parse_args(list(words))
    kinds = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    with ExitStack() as stack:
        figures = {}
        for kind in kinds:
            sizes = {
                size: installation(kind, size, options.repeat, stack)
                for size in (SMALL, options.councils)
            }
            figures[kind] = compared(sizes[SMALL], sizes[options.councils], options.councils)
    return figures


def installation(kind: str, councils: int, repeat: int, stack: ExitStack) -> dict[str, Any]:
    """Figures of one generated installation, measured in a process of its own."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="samrad-bench-"))
    url = "sqlite:///"
    if kind == "postgresql":
        from tests.support.postgres import temporary_cluster

        url = stack.enter_context(temporary_cluster(durable=True)).create_database("nation")
    made = child("generate", folder, url, councils)
    print(f"{kind}, {councils} councils: {made['rows']}", file=sys.stderr, flush=True)
    measured = child("measure", folder, url, repeat)
    return {**measured, "rows": made["rows"], "trail is whole": made["whole"]}


def child(
    what: str, folder: str, url: str, number: int, *, program: str = "benchmarks.pages_child"
) -> dict[str, Any]:
    """Run a step in a process of its own, so that memory is that of a worker."""
    environment = {
        **os.environ,
        "SAMRAD_DATA": folder,
        "SAMRAD_DATABASE_URL": url,
        "SAMRAD_HTTPS": "no",
        "SAMRAD_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "samrad.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, "-m", program, what, str(number)],
        env=environment, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def compared(small: dict[str, Any], large: dict[str, Any], councils: int) -> dict[str, Any]:
    """Both sizes side by side, with what growing costs."""
    pages = {}
    for name, figures in large["pages"].items():
        before = small["pages"][name]
        empty = large["pages"]["an empty page"]["cpu p50 ms"]
        pages[name] = {
            **figures,
            "times an empty page": round(figures["cpu p50 ms"] / empty, 1),
            f"cpu, {councils} : {SMALL} councils": round(
                figures["cpu p50 ms"] / before["cpu p50 ms"], 2
            ),
            "queries at 10 councils": before["queries"],
        }
    return {
        "councils": councils,
        "rows": large["rows"],
        "trail is whole": large["trail is whole"],
        "memory of a worker, MiB": large["memory MiB"],
        "of it its own, MiB": large["own memory MiB"],
        "a worker of a server with four readers at once, MiB": large["served MiB"],
        "the same, what it shares counted whole, MiB": large["served resident MiB"],
        "pages": pages,
    }
