"""`./samrad bench NAME`: measure. A benchmark is a module in benchmarks/ with `run() -> dict`."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"


def names() -> list[str]:
    """The benchmarks there are; what they are made of stands beside them."""
    return sorted(
        path.stem
        for path in BENCHMARKS.glob("*.py")
        if "\ndef run(" in path.read_text(encoding="utf-8")
    )


def main(argv: list[str]) -> int:
    """Run one benchmark; words after its name are its own."""
    parser = argparse.ArgumentParser(
        prog="./samrad bench", description=f"Benchmarks: {', '.join(names())}."
    )
    parser.add_argument("name", nargs="?", choices=names(), help="which; none lists them")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("words", nargs="*", help="words for the benchmark itself")
    options, more = parser.parse_known_args(argv)
    if options.name is None:
        print("\n".join(names()))
        return 0
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    figures = importlib.import_module(f"benchmarks.{options.name}").run(*options.words, *more)
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        show(figures)
    return 0


def show(figures: Any, indent: int = 0) -> None:
    """Figures as an indented list."""
    for key, value in figures.items():
        if isinstance(value, dict):
            print(f"{' ' * indent}{key}")
            show(value, indent + 2)
        else:
            print(f"{' ' * indent}{key}: {value}")
