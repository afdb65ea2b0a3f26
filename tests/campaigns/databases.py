"""Every test that asks a database is green on PostgreSQL too, not only those of each CI run.

CI tries everything on SQLite; on PostgreSQL the first tests of every file and all that is about
locks, searching, the queue, the record and moving. Here the rest follows. A share takes whole
files, drawn by the seed, so that runs of CI come round to them all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from random import Random

from tests.support.campaign import Result
from tests.support.components import ROOT, postgresql

COVERS = ["src/samrad/**/*.py"]

PROCESSES = 2
COUNTED = re.compile(r"(\d+) (passed|failed|errors?)\b")


def run(*, seed: int, share: float = 1.0) -> Result:
    """The files, tried by the same plugin that CI uses, all tests of each."""
    if postgresql() is None:
        return Result(passed=False, remarks=["PostgreSQL is missing: apt install postgresql"])
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/test_*.py"))
    drawn = sorted(Random(seed).sample(files, max(1, round(len(files) * share))))
    said = tried(drawn, processes=PROCESSES if share == 1 else 1)
    counts = {word: int(count) for count, word in COUNTED.findall(said.rsplit("\n=", 1)[-1])}
    wrong = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
    passed = not wrong and (counts.get("passed", 0) > 0 or share < 1)
    return Result(passed=passed, counts={"files": len(drawn), **counts}, remarks=wrong[:20])


def tried(files: list[str], *, processes: int) -> str:
    """What pytest says of them. Each process brings a database to its last migration first."""
    command = [
        sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "--everything",
        "--database=postgresql", "-n", str(processes), "--dist=loadscope",
        "-m", "not browser and not once", *files,
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name != "SAMRAD_DATA"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    ).stdout
