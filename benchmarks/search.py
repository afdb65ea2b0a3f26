"""How a search finds, beside the `LIKE '%…%'` that somebody would write instead; both databases.

    ./samrad bench search [--councils 200] [--repeat 30]

Both look through the same texts of the same generated nation, for the same words, in the same
run, and show nobody what they may not see. For every word: how many hits each has (as a page asks,
both stop counting at a thousand), how long each takes (p50, p95), and the ratio. Once with what the
reader may see, as the page asks, and once without, which is the index beside the bare comparison.
Words that few things hold, words in the middle of compounds, capital letters beyond ASCII, and
words that nothing holds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

from benchmarks.pages import child

CHILD = "benchmarks.search_child"


def run(*words: str) -> dict[str, Any]:
    """Generate the nation on each database and search it both ways."""
    parser = argparse.ArgumentParser(prog="./samrad bench search")
    parser.add_argument("--councils", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options = parser.parse_args(list(words))
    kinds = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    with ExitStack() as stack:
        return {kind: searched(kind, options.councils, options.repeat, stack) for kind in kinds}


def searched(kind: str, councils: int, repeat: int, stack: ExitStack) -> dict[str, Any]:
    """Figures of one database, each step in a process of its own."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="samrad-bench-"))
    url = "sqlite:///"
    if kind == "postgresql":
        from tests.support.postgres import temporary_cluster

        url = stack.enter_context(temporary_cluster(durable=True)).create_database("nation")
    made = child("generate", folder, url, councils, program=CHILD)
    print(f"{kind}, {councils} councils: {made}", file=sys.stderr, flush=True)
    return {"councils": councils, **made, **child("measure", folder, url, repeat, program=CHILD)}
