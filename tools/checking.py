"""`./samrad check`: what can be said about the code without running the tests."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import proving
from tools.reports import Outcome, print_outcomes

ROOT = Path(__file__).resolve().parents[1]
PYTHON_CODE = ("src", "tests", "tools", "benchmarks", "hatch_build.py")
TEMPLATES = "src/samrad"
MANAGE = (sys.executable, "-m", "samrad", "manage")


@dataclass(frozen=True)
class Check:
    """A program to run, or a function that returns complaints; `fix` is what would put it right.

    What is `only_told` is shown without failing.
    """

    name: str
    command: tuple[str, ...] = ()
    function: Callable[[], list[str]] | None = None
    fix: str = ""
    applies: Callable[[], bool] = lambda: True
    only_told: bool = False

    def run(self) -> Outcome:
        """Do it, and show what it said only if it complains."""
        started = time.monotonic()
        if self.function is not None:
            said = "\n".join(self.function())
            passed = not said or self.only_told
        else:
            done = subprocess.run(
                [sys.executable, "-m", *self.command],
                cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            said, passed = done.stdout.strip(), done.returncode == 0
        if not passed or (self.only_told and said):
            print(f"\n{self.name}\n{said}\n{self.fix}".rstrip(), file=sys.stderr, flush=True)
        last = said.splitlines()[-1][:100] if said else ""
        return Outcome(self.name, passed, last, time.monotonic() - started)


def there(*paths: str) -> tuple[str, ...]:
    """Those of the paths that exist."""
    return tuple(path for path in paths if (ROOT / path).exists())


def has_templates() -> bool:
    """True once an app brings pages."""
    return any((ROOT / TEMPLATES).glob("*/templates/**/*.html"))


def texts_command() -> bool:
    """True once an app brings the command that finds missing translations."""
    return any((ROOT / "src/samrad").glob("*/management/commands/texts.py"))


def checks() -> list[Check]:
    """Everything, quickest first."""
    python_code = there(*PYTHON_CODE)
    return [
        Check("ruff", ("ruff", "check", *python_code), fix="ruff check --fix does much of it"),
        Check("format", ("ruff", "format", "--check", *python_code), fix="ruff format does it"),
        Check("layers", ("tools.layers",), fix="the contracts and their reasons: pyproject.toml"),
        Check("templates", ("djlint", TEMPLATES, "--lint", "--quiet"), applies=has_templates),
        Check(
            "evidence", function=proving.stale_evidence, fix="./samrad prove NAME renews it",
            only_told=True,  # a campaign takes longer than a change; a release renews them all
        ),
        Check("migrations", ("samrad", "manage", "makemigrations", "--check", "--dry-run")),
        Check("deployment", function=deployment_warnings),
        Check("translations", ("samrad", "manage", "texts", "--check"), applies=texts_command),
        Check("types", ("mypy",)),
    ]  # fmt: skip


def deployment_warnings() -> list[str]:
    """`manage check --deploy` with the settings of a real installation must have nothing to say."""
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            env={**os.environ, "SAMRAD_DATA": data, "SAMRAD_HTTPS": "yes",
                 "SAMRAD_PUBLIC_URL": "https://samrad.example", "SAMRAD_HOSTS": "samrad.example"},
        )  # fmt: skip
    return [] if done.returncode == 0 else done.stdout.splitlines()


def outcomes() -> list[Outcome]:
    """Run every check that applies."""
    return [check.run() for check in checks() if check.applies()]


def main(argv: list[str]) -> int:
    """Run them all and say how each ended."""
    parser = argparse.ArgumentParser(prog="./samrad check", description="Check the code.")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    options = parser.parse_args(argv)
    found = outcomes()
    print_outcomes(found, as_json=options.json)
    return int(any(not outcome.passed for outcome in found))
