"""`./samrad prove NAME`: run a campaign and keep its evidence in docs/evidence/NAME.json.

Evidence names the code it is about with a fingerprint; when that code changes, `./samrad check`
calls the evidence stale. A part of a campaign (`--share`) leaves the evidence as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CAMPAIGNS = ROOT / "tests/campaigns"
EVIDENCE = ROOT / "docs/evidence"
SEEDS = 2**31


def names() -> list[str]:
    """The campaigns there are."""
    return sorted(path.stem for path in CAMPAIGNS.glob("*.py") if path.stem != "__init__")


def main(argv: list[str]) -> int:
    """Run one campaign, or `all` of them, each in a process of its own."""
    parser = argparse.ArgumentParser(
        prog="./samrad prove", description=f"Campaigns: {', '.join(names())}."
    )
    parser.add_argument("name", nargs="?", choices=[*names(), "all"], help="which; none lists them")
    parser.add_argument("--share", type=float, default=1.0, help="part of the whole, e.g. 0.02 (1)")
    parser.add_argument("--seed", type=int, help="repeat the campaign of this seed")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    options = parser.parse_args(argv)
    if options.name is None:
        return list_campaigns(as_json=options.json)
    if options.name == "all":
        rest = [word for word in argv if word != "all"]
        return max((run_apart(name, rest) for name in names()), default=0)
    evidence = prove(options.name, share=options.share, seed=options.seed)
    if options.json:
        print(json.dumps(evidence, indent=2, ensure_ascii=False))
    return int(evidence["outcome"] != "proven")


def run_apart(name: str, options: list[str]) -> int:
    """Each campaign gets a process of its own, because it decides the settings of Django."""
    command = [sys.executable, "-m", "tools", "prove", name, *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def list_campaigns(*, as_json: bool) -> int:
    """Every campaign with what it proves and how its evidence stands."""
    rows = [{"name": name, "proves": purpose(name), "evidence": standing(name)} for name in names()]
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['name']:<14} {row['evidence']:<8} {row['proves']}")
    return 0


def load(name: str) -> ModuleType:
    """The module of a campaign."""
    for place in (ROOT / "src", ROOT):
        if str(place) not in sys.path:
            sys.path.insert(0, str(place))
    return importlib.import_module(f"tests.campaigns.{name}")


def purpose(name: str) -> str:
    """The first line of the campaign's docstring, read without running the module."""
    text = (CAMPAIGNS / f"{name}.py").read_text(encoding="utf-8")
    return text.lstrip().removeprefix('"""').split("\n", 1)[0].removesuffix('"""')


def prove(name: str, *, share: float = 1.0, seed: int | None = None) -> dict[str, Any]:
    """Run the campaign; the whole of it is written down as evidence."""
    if not 0 < share <= 1:
        message = "--share is a part of the whole: above 0, at most 1"
        raise SystemExit(message)
    seed = random.SystemRandom().randrange(SEEDS) if seed is None else seed
    print(f"{name}: seed {seed}, share {share:g}", file=sys.stderr, flush=True)
    commit, changed = state_of_code()
    started, clock = datetime.now(UTC), time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"samrad-{name}-") as data:
        os.environ["SAMRAD_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.settings")
        campaign = load(name)
        result = campaign.run(seed=seed, share=share)
    evidence = {
        "campaign": name,
        "proves": purpose(name),
        "outcome": "proven" if result.passed else "FAILED",
        "counts": result.counts,
        "remarks": result.remarks,
        "seed": seed,
        "share": share,
        "commit": commit,
        "uncommitted_changes": changed,
        "started_at": started.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - clock, 1),
        "python": platform.python_version(),
        "covers": list(campaign.COVERS),
        "covered_code": fingerprint(list(campaign.COVERS)),
    }
    tell(evidence)
    if share == 1:
        EVIDENCE.mkdir(parents=True, exist_ok=True)
        text = json.dumps(evidence, indent=2, ensure_ascii=False) + "\n"
        (EVIDENCE / f"{name}.json").write_text(text, encoding="utf-8")
    return evidence


def tell(evidence: dict[str, Any]) -> None:
    """What came of it, in a few lines."""
    counts = ", ".join(f"{key} {value}" for key, value in evidence["counts"].items())
    print(
        f"{evidence['campaign']}: {evidence['outcome']} in {evidence['seconds']} s: {counts}",
        file=sys.stderr,
    )
    for remark in evidence["remarks"]:
        print(f"  {remark}", file=sys.stderr)


def state_of_code() -> tuple[str, bool]:
    """The commit that is checked out, and whether files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    return git("rev-parse", "HEAD"), bool(git("status", "--porcelain", "--untracked-files=no"))


def fingerprint(patterns: list[str]) -> str:
    """One checksum of the contents of all files the patterns name."""
    digest = hashlib.sha256()
    files = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(files):
        if path.suffix not in {".pyc", ".mo"}:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def standing(name: str) -> str:
    """`proven`, `FAILED`, `stale` or `none`."""
    path = EVIDENCE / f"{name}.json"
    if not path.exists():
        return "none"
    evidence = json.loads(path.read_text(encoding="utf-8"))
    if evidence["covered_code"] != fingerprint(evidence["covers"]):
        return "stale"
    return str(evidence["outcome"])


def stale_evidence() -> list[str]:
    """A complaint for every campaign whose evidence is missing, failed or older than its code."""
    complaints = {
        "none": "has no evidence yet",
        "stale": "the code it covers has changed since",
        "FAILED": "failed the last time",
    }
    standings = {name: standing(name) for name in names()}
    return [f"{name}: {complaints[how]}" for name, how in standings.items() if how != "proven"]
