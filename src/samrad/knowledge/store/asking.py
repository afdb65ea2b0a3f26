"""Questions to the store. The same on either: what comes back is sorted here, by Python's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from samrad.knowledge.store.choosing import Kept, Store

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True)
class Point:
    """One figure of a series."""

    indicator: str
    split: str
    area: str
    area_name: str
    place: str
    period: str
    start: date
    end: date
    value: float | None
    nothing: str


@dataclass(frozen=True)
class Sum:
    """What the figures of an indicator in a period come to, and how many are no number."""

    indicator: str
    period: str
    total: float | None
    numbers: int
    hidden: int
    missing: int


_SIDES = tuple(Point.__dataclass_fields__)


def series(
    store: Store,
    releases: Sequence[Kept],
    *,
    indicators: Sequence[str] = (),
    areas: Sequence[str] = (),
    places: Sequence[str] = (),
) -> list[Point]:
    """The figures of these indicators, by the publisher's area codes or by our areas."""
    if not releases:
        return []
    with store.asked(releases) as everything:
        table = _only(everything, indicator=indicators, area=areas, place=places)
        rows = table.select(*_SIDES).to_pyarrow().to_pylist()
    return sorted(
        (Point(**row) for row in rows),
        key=lambda point: (point.indicator, point.split, point.area, point.start, point.end),
    )


def sums(
    store: Store,
    releases: Sequence[Kept],
    *,
    periods: Sequence[str],
    without: Sequence[str] = (),
    only: Sequence[str] = (),
) -> list[Sum]:
    """The sum over areas of each indicator in each period; never over periods."""
    if not releases:
        return []
    with store.asked(releases) as everything:
        table = _only(everything, period=periods, area=only)
        if without:
            table = table.filter(table["area"].notin(list(without)))
        grouped = table.group_by(["indicator", "period"]).aggregate(
            total=table["value"].cast("float64").sum(),
            numbers=table["value"].count(),
            hidden=(table["nothing"] == "hidden").sum(),
            missing=(table["nothing"] == "missing").sum(),
        )
        rows = grouped.to_pyarrow().to_pylist()
    made = (
        Sum(
            row["indicator"], row["period"],
            None if row["total"] is None else float(row["total"]),
            int(row["numbers"]), int(row["hidden"]), int(row["missing"]),
        )
        for row in rows
    )  # fmt: skip
    return sorted(made, key=lambda one: (one.indicator, one.period))


def _only(table: ibis.Table, **wanted: Sequence[str]) -> ibis.Table:
    """The rows whose columns hold one of what is wanted; nothing wanted is anything."""
    kept = table
    for column, values in wanted.items():
        if values:
            kept = kept.filter(kept[column].isin(list(values)))
    return kept
