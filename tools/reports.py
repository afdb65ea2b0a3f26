"""How developer commands tell what came of their parts: a line each, or JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Outcome:
    """How one part of a run ended."""

    name: str
    passed: bool
    said: str = ""
    seconds: float = 0.0


def print_outcomes(outcomes: list[Outcome], *, as_json: bool) -> None:
    """A line for each part: what it was, how it ended, how long it took."""
    if as_json:
        parts = [asdict(outcome) for outcome in outcomes]
        print(
            json.dumps({"passed": all(part["passed"] for part in parts), "parts": parts}, indent=2)
        )
        return
    width = max(len(outcome.name) for outcome in outcomes)
    print(file=sys.stderr)
    for outcome in outcomes:
        mark = "ok    " if outcome.passed else "FAILED"
        said = outcome.said.splitlines()[-1] if outcome.said else ""
        print(f"{mark}  {outcome.name:<{width}}  {outcome.seconds:5.0f} s  {said}", flush=True)
