"""Harm: counts weighed by how grave the offence is, in days of a typical sentence.

Weights come from a file that the user brings and answers for; none are shipped, because no
complete Nordic table was found that may be passed on. A file has a version, and each weight a
source and a date it is valid from. Harm is shown beside counts, never instead of them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = ("offence", "days", "source", "valid_from")


class BadWeights(ValueError):
    """The file cannot be used; `row` is the line of it, counted from 1, the heading included."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row = row


@dataclass(frozen=True)
class Weight:
    """What one offence weighs from a day on, and where that is written."""

    offence: str
    days: float
    source: str
    valid_from: date


@dataclass(frozen=True)
class HarmWeights:
    """The weights of one version of a file."""

    version: str
    weights: tuple[Weight, ...]

    def at(self, day: date) -> dict[str, Weight]:
        """For each offence the weight in force on a day."""
        valid = [one for one in self.weights if one.valid_from <= day]
        return {one.offence: one for one in sorted(valid, key=lambda one: one.valid_from)}


@dataclass(frozen=True)
class Harm:
    """The sum of `days`, by the weights of a `version`; `without_weight` offences and their counts
    that are not in it, and must be named beside it."""

    days: float
    version: str
    without_weight: dict[str, int]


def read_weights(lines: Iterable[str], version: str) -> HarmWeights:
    """Read a file of comma-separated offence, days, source, valid_from.

    Raises BadWeights with the row for a heading that lacks a column, a weight that is no number of
    0 or more, an empty source, a date that is none, or the same offence twice from one day.
    """
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise BadWeights(1, f"no column {', '.join(missing)}")
    weights: dict[tuple[str, date], Weight] = {}
    for number, row in enumerate(rows, start=2):
        weight = _weight(number, {name: (row[name] or "").strip() for name in COLUMNS})
        if (key := (weight.offence, weight.valid_from)) in weights:
            raise BadWeights(number, f"{weight.offence} stands here twice from one day")
        weights[key] = weight
    return HarmWeights(version, tuple(weights.values()))


def _weight(number: int, row: dict[str, str]) -> Weight:
    try:
        days, start = float(row["days"]), date.fromisoformat(row["valid_from"])
    except ValueError as wrong:
        raise BadWeights(number, str(wrong)) from wrong
    if not math.isfinite(days) or days < 0:
        raise BadWeights(number, "days are a number of 0 or more")
    if not row["offence"] or not row["source"]:
        raise BadWeights(number, "an offence and the source of its weight are needed")
    return Weight(row["offence"], days, row["source"], start)


def harm(counts: Mapping[str, int], weights: HarmWeights, on: date) -> Harm:
    """The harm of these counts by offence, with the weights in force on a day."""
    valid = weights.at(on)
    days = sum(number * valid[name].days for name, number in counts.items() if name in valid)
    rest = {name: number for name, number in counts.items() if name not in valid and number}
    return Harm(float(days), weights.version, rest)
