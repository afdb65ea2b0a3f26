"""Series and what an independent program says of them; their origin is in data/README.md."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from samrad.analysis.alarms import Outcome
from tests.support.components import sources

DATA = Path(__file__).with_name("data")


def oracle() -> Path | None:
    """The folder with the whole reference, where it stands beside the project."""
    folder = sources()
    whole = folder.parent / "data" / "oracle" if folder else None
    return whole if whole and whole.is_dir() else None


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table with a heading, packed or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    return list(csv.DictReader(text.splitlines()))


def panel(name: str = "panel.csv") -> tuple[list[str], np.ndarray]:
    """The names of the series and their counts."""
    rows = rows_of(DATA / name)
    names = [row.pop("series") for row in rows]
    return names, np.array([[float(count) for count in row.values()] for row in rows])


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    """A column as numbers; what the reference leaves out is not a number."""
    return np.array([float(row[name]) if row[name] not in {"", "NA"} else np.nan for row in rows])


def differences(
    found: Outcome, names: list[str], rows: list[Mapping[str, str]]
) -> dict[str, float]:
    """The largest difference of each kind between what was found and the reference."""
    series = np.array([names.index(row["series"]) for row in rows])
    period = np.searchsorted(found.at, [int(row["t"]) - 1 for row in rows])
    told = {name: column(rows, name) for name in ("expected", "upperbound", "pvalue", "phi")}
    ours = {
        "expected": found.expected, "upperbound": found.upper, "pvalue": found.p_high,
        "phi": found.dispersion,
    }  # fmt: skip
    largest = {
        name: float(np.nanmax(np.abs(ours[name][series, period] - told[name]), initial=0))
        for name in told
    }
    shown = found.enough[series, period]
    largest["alarm"] = int((found.alarm[series, period] != column(rows, "alarm")).sum())
    largest["left out"] = int((shown == np.isnan(told["expected"])).sum())
    return largest


def is_equal(largest: dict[str, float]) -> bool:
    """Expected counts and p-values to 1e-9, limits and alarms exactly."""
    exact = largest["alarm"] == largest["left out"] == 0 and largest["upperbound"] < 1e-9
    return exact and largest["expected"] <= 1e-9 and largest["pvalue"] <= 1e-9
