"""The official names of municipalities and districts, to mend what a scanner made of them."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import samrad.areas
from samrad.areas.rules.names import names_within
from samrad.reading.ocr import POSSIBLE_COST, USUAL_COST, reading_cost, skeleton

_DATA = Path(samrad.areas.__file__).parent / "data"
_KINDS = ("municipality", "police_district")
_MOST_PER_LETTER = 0.12


@cache
def official_names(country: str) -> Mapping[str, tuple[str, ...]]:
    """Names by what a scanner leaves of them; nothing for a country without a structure file."""
    by_skeleton: dict[str, list[str]] = {}
    path = _DATA / f"{country}_areas.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["kind"] not in _KINDS:
                    continue
                aliases = row["aliases"].split("|") if row["aliases"] else []
                for name in (*names_within(row["name"]), *aliases):
                    by_skeleton.setdefault(skeleton(name), []).append(name)
    return {folded: tuple(dict.fromkeys(names)) for folded, names in by_skeleton.items()}


def official_name(country: str, written: str) -> str | None:
    """The official name that was probably printed, or None when there is none or more than one."""
    candidates = official_names(country).get(skeleton(written), ())
    if written in candidates:
        return written
    read = written.lower()
    costs = sorted(
        (reading_cost(name.lower(), read, whole=True, limit=2 * POSSIBLE_COST), name)
        for name in candidates
    )
    limit = max(USUAL_COST, _MOST_PER_LETTER * len(written))
    likely = [(cost, name) for cost, name in costs if cost <= limit]
    if not likely or (len(likely) > 1 and likely[1][0] == likely[0][0]):
        return None
    return likely[0][1]
