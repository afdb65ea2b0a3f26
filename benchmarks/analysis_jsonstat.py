"""Reading JSON-stat: our reader beside the two libraries a programmer would take, in one run.

Part of `./samrad bench analysis`. Norway's table 01222 as it was published (936 regions), and the
same made longer; from bytes to every cell with the code of each of its dimensions, in a process of
its own, in processor time without starting up. jsonstat-toolkit is asked by node, pyjstat (a
DataFrame) where it is installed. The sums of all figures are compared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "tests" / "knowledge" / "files" / "ssb_01222.json.gz"
TOOLKIT = ROOT / "frontend" / "node_modules" / "jsonstat-toolkit" / "import.mjs"
LONGER = 20
ASK_TOOLKIT = """
import JSONstat from "TOOLKIT";
import { readFileSync } from "node:fs";
const data = readFileSync(process.argv[1]);
const began = process.cpuUsage();
const read = JSONstat(JSON.parse(data.toString())).Dataset(0);
const rows = read.toTable({ type: "array", content: "id" });
const used = process.cpuUsage(began);
const sum = rows.slice(1).reduce((held, row) => held + (row[row.length - 1] ?? 0), 0);
const seconds = (used.user + used.system) / 1e6;
const peak_mb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ seconds, cells: rows.length - 1, sum, peak_mb }));
"""


def jsonstat(options: argparse.Namespace) -> dict[str, Any]:
    """Both files, read by each side the best of so many times."""
    said = json.loads(gzip.decompress(PUBLISHED.read_bytes()))
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, table in (("published", said), ("made longer", _longer(said))):
            file = Path(folder) / f"{len(found)}.json"
            file.write_text(json.dumps(table), encoding="utf-8")
            found[name] = _beside_each_other(file, options.repeat)
    return found


def _longer(said: dict[str, Any]) -> dict[str, Any]:
    """The same with its last dimension so many times as long, each figure as often."""
    data = json.loads(json.dumps(said["dataset"]))
    dimensions = data["dimension"]
    category, size = dimensions[dimensions["id"][-1]]["category"], dimensions["size"][-1]
    codes = [f"{code}.{n}" for n in range(LONGER) for code in category["index"]]
    category["index"] = {code: number for number, code in enumerate(codes)}
    category["label"] = {code: code for code in codes}
    category.pop("unit", None)
    dimensions["size"][-1] = len(codes)
    rows = [data["value"][at : at + size] for at in range(0, len(data["value"]), size)]
    data["value"] = [value for row in rows for value in row * LONGER]
    return {"dataset": data}


def _beside_each_other(file: Path, repeat: int) -> dict[str, Any]:
    ours = _best([sys.executable, "-m", "benchmarks.analysis_jsonstat", "ours", str(file)], repeat)
    assert ours is not None  # noqa: S101 (we are installed)
    told = {"cells": ours["cells"], "ours_s": ours["seconds"], "ours_peak_mb": ours["peak_mb"]}
    for name, command in _peers(file).items():
        theirs = _best(command, repeat) if command else None
        if theirs is None:
            told[name] = "not installed"
            continue
        same = theirs["cells"] == ours["cells"] and abs(theirs["sum"] - ours["sum"]) < 1
        told[name] = {
            "seconds": theirs["seconds"], "peak_mb": theirs["peak_mb"],
            "times_faster": round(theirs["seconds"] / ours["seconds"], 2), "equal": same,
        }  # fmt: skip
    return told


def _peers(file: Path) -> dict[str, list[str] | None]:
    node = shutil.which("node")
    script = ASK_TOOLKIT.replace("TOOLKIT", TOOLKIT.as_uri())
    toolkit = [node, "--input-type=module", "-e", script, str(file)] if node else None
    return {
        "jsonstat-toolkit": toolkit if TOOLKIT.exists() else None,
        "pyjstat": [sys.executable, "-m", "benchmarks.analysis_jsonstat", "pyjstat", str(file)],
    }


def _best(command: list[str], repeat: int) -> dict[str, Any] | None:
    """The run with the least processor time; None where that library is not there."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    found = []
    for _ in range(repeat):
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            return None
        found.append(json.loads(done.stdout))
    best: dict[str, Any] = min(found, key=lambda one: one["seconds"])
    return {**best, "seconds": round(best["seconds"], 3)}


def ours(data: bytes) -> tuple[int, float]:
    """Every cell with its codes, as the product reads them."""
    from samrad.knowledge.readers.jsonstat import read_jsonstat

    table = read_jsonstat(data)[0]
    codes = [dimension.codes for dimension in table.dimensions]
    rows = [
        (*(side[at] for side, at in zip(codes, where, strict=True)), value)
        for _number, where, value, _mark in table.cells()
    ]
    return len(rows), sum(row[-1] or 0 for row in rows)  # type: ignore[misc]


def pyjstat(data: bytes) -> tuple[int, float]:
    """A DataFrame with a row for every cell."""
    library = import_module("pyjstat.pyjstat")  # brought by whoever wants to compare

    said = json.loads(data)
    frame = library.from_json_stat(said, naming="id")[0]
    return len(frame), float(frame["value"].sum())


if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes()
    side = {"ours": ours, "pyjstat": pyjstat}[sys.argv[1]]
    if sys.argv[1] == "pyjstat":
        import_module("pyjstat.pyjstat")
    else:
        import samrad.knowledge.readers.jsonstat  # noqa: F401
    began = time.process_time()
    cells, total = side(content)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "cells": cells, "sum": total, "peak_mb": peak}))
