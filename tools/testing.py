"""`./samrad test`: the quick tier; `--all` everything, as CI runs it."""

from __future__ import annotations

import argparse
import codecs
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import checking, proving
from tools.reports import Outcome, print_outcomes

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = 2
SHARE = "0.01"
CLOSING_LINE = re.compile(r"^=+ (.* in [\d.]+s.*?) =+$")


@dataclass(frozen=True)
class Run:
    """One run of pytest."""

    name: str
    arguments: tuple[str, ...]
    processes: int = PROCESSES
    waits_to_tell: bool = False


QUICK = (Run("tests on SQLite", ("--database=sqlite",)),)
# Browsers, servers and mail are waited for: more processes than cores have work meanwhile. The
# second run tells what it found when it is done, so that the two are not mixed.
ALL = (
    Run("everything on SQLite", ("--database=sqlite", "--everything", "--durations=30"), 3),
    Run(
        "what databases do differently, on PostgreSQL",
        ("--database=postgresql", "--everything", "--durations=30", "-m", "not browser"),
        1,
        waits_to_tell=True,
    ),
)


def main(argv: list[str]) -> int:
    """Run the tier, and say in the last lines how each part ended."""
    parser = argparse.ArgumentParser(
        prog="./samrad test",
        description="Run the tests. More words go to pytest: ./samrad test tests/meetings -k chair",
    )
    parser.add_argument(
        "--all", action="store_true", help="everything on both databases, and ./samrad check"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    options, rest = parser.parse_known_args(argv)

    if options.all and not rest:
        outcomes = everything()
    else:
        outcomes = [pytest(run, rest) for run in (ALL if options.all else QUICK)]
    print_outcomes(outcomes, as_json=options.json)
    return int(any(not outcome.passed for outcome in outcomes))


def everything() -> list[Outcome]:
    """All on SQLite; beside it, in turn, checks, PostgreSQL and a share of every campaign."""
    sqlite, postgresql = ALL
    with ThreadPoolExecutor() as beside:
        checked = beside.submit(checking.outcomes)
        compile_tests()
        tested = beside.submit(pytest, sqlite)
        others = [*checked.result(), pytest(postgresql)]
        proven = [campaign(name) for name in proving.names()]
    return [*others[:-1], tested.result(), others[-1], *proven]


def compile_tests() -> None:
    """Compile what is new once; the processes that begin together would each do it again."""
    command = [
        sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "--quiet",
        "--everything",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def campaign(name: str) -> Outcome:
    """A small share of a campaign: enough to see that it still runs and proves its point."""
    started = time.monotonic()
    command = [sys.executable, "-m", "tools", "prove", name, "--share", SHARE]
    done = subprocess.run(command, cwd=ROOT, text=True, stderr=subprocess.PIPE, check=False)
    print(done.stderr, end="", file=sys.stderr, flush=True)
    lines = done.stderr.strip().splitlines()
    passed, seconds = done.returncode == 0, time.monotonic() - started
    return Outcome(f"campaign {name}", passed, lines[-1] if lines else "", seconds)


def pytest(run: Run, rest: Sequence[str] = ()) -> Outcome:
    """Run pytest and keep its closing line."""
    started = time.monotonic()
    parallel = [] if any(word.startswith("-n") for word in rest) else ["-n", str(run.processes)]
    command = [
        sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *parallel,
        "--dist=loadscope", *run.arguments, *rest,
    ]  # fmt: skip
    print(f"\n{run.name}: pytest {' '.join(command[3:])}", file=sys.stderr, flush=True)
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ)
    ) as process:
        said = _heard(process, aloud=not run.waits_to_tell)
    if run.waits_to_tell:
        print(said, end="", file=sys.stderr, flush=True)
    found = [found for line in said.splitlines() if (found := CLOSING_LINE.match(line.strip()))]
    return Outcome(
        name=run.name,
        passed=process.returncode == 0,
        said=found[-1].group(1) if found else f"pytest ended with {process.returncode}",
        seconds=time.monotonic() - started,
    )


def _heard(process: subprocess.Popen[bytes], *, aloud: bool) -> str:
    """Everything a program says; aloud as it comes, every dot of it."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    heard = []
    assert isinstance(process.stdout, io.BufferedReader)  # noqa: S101 (a pipe was asked for)
    while chunk := process.stdout.read1():
        heard.append(decoder.decode(chunk))
        if aloud:
            print(heard[-1], end="", file=sys.stderr, flush=True)
    return "".join(heard)
