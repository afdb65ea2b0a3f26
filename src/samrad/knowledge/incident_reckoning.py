"""Incidents as arrays, and the addresses where it happens again.

Brings what computes; only the worker imports it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.repeats import WINDOW, flagged, repeat_share
from samrad.knowledge.incidents import CODED, FIXED, PRIORITY, in_one
from samrad.knowledge.rules.repeats import FEWEST_SHARED

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
NO_ADDRESS, NO_CODE = 0, -1


@dataclass(frozen=True)
class Rows:
    """Every row of the months, by column; `month` counts from year 0, unknown moments are NaN."""

    month: Whole
    incident: Whole
    address: Whole
    district: Whole
    category: Whole
    priority: Whole
    moments: Mapping[str, Floats]

    def out_of_order(self) -> int:
        """How many rows have a moment before one that must have come first."""
        latest = np.full(self.month.size, -np.inf)
        wrong = np.zeros(self.month.size, dtype=np.bool_)
        for moment in self.moments.values():
            wrong |= moment < latest
            latest = np.fmax(latest, moment)
        return int(wrong.sum())


def rows_of(months: Iterable[tuple[date, bytes]], only: Sequence[str] | None = None) -> Rows | None:
    """The files of the months laid end to end; None where there are none.

    `only` these moments are read where they are named: the caller says which months at a time, and
    what of them, so that no more is held than is asked about.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415

    tables: list[tuple[date, Any]] = []
    for month, content in months:
        there = pq.read_schema(io.BytesIO(content)).names
        wanted = [name for name in there if _is_read(name, only)]
        tables.append((month, pq.read_table(io.BytesIO(content), columns=wanted)))
    if not tables:
        return None
    names: tuple[str, ...] = ()
    for _month, table in tables:
        names = in_one(names, table.column_names)
    sides = {name: np.concatenate([_side(name, table) for _month, table in tables])
             for name in dict.fromkeys([*FIXED, PRIORITY, *names])}  # fmt: skip
    fixed = {name: sides.pop(name) for name in FIXED}
    counts = [np.full(table.num_rows, counted(month)) for month, table in tables]
    return Rows(
        month=np.concatenate(counts), priority=sides.pop(PRIORITY), moments=sides, **fixed
    )  # fmt: skip


def _is_read(name: str, only: Sequence[str] | None) -> bool:
    if name.startswith("number_"):
        return False
    return only is None or name in FIXED or name in only


def _side(name: str, table: Any) -> NDArray[Any]:
    """A column of a month; of one that it has not got, that nothing is known."""
    whole = name in FIXED or name in CODED
    empty = NO_CODE if name in CODED else NO_ADDRESS
    if name not in table.column_names:
        return np.full(table.num_rows, empty if whole else np.nan)
    column = table[name]
    if whole:
        return np.asarray(column.fill_null(empty).to_numpy(), dtype=np.int64)
    return np.asarray(column.cast("float64").to_numpy(), dtype=np.float64)


def counted(month: date) -> int:
    """A month as a number, counted from the year 0."""
    return month.year * 12 + month.month - 1


def uncounted(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // 12, number % 12 + 1, 1)


# Where it happens again --------------------------------------------------------------------------


@dataclass(frozen=True)
class Again:
    """An address that came up: in which months, and every incident that made it so."""

    key: int
    months: list[date]
    district: int
    happenings: list[tuple[int, int]]  # the moment in seconds since 1970, and the category

    @property
    def first_incident(self) -> date:
        """The month of the oldest, as the first month that a flag can rest on."""
        return uncounted(counted(self.months[0]) - WINDOW + 1)


def once_each(rows: Rows, first: str, categories: set[int] | None) -> Rows:
    """A row for each incident with an address, of these categories: several units are one event."""
    of_kind = np.ones(rows.month.size, dtype=np.bool_)
    if categories is not None:
        of_kind = np.isin(rows.category, sorted(categories))
    wanted = np.flatnonzero(of_kind & (rows.address != NO_ADDRESS))
    _, place = np.unique(rows.incident[wanted], return_index=True)
    taken = wanted[place]
    return Rows(
        rows.month[taken], rows.incident[taken], rows.address[taken], rows.district[taken],
        rows.category[taken], rows.priority[taken], {first: rows.moments[first][taken]},
    )  # fmt: skip


def again(events: Rows, first: str, *, last: date, since: date) -> list[Again]:
    """The addresses that come up in a month from `since` to `last`, with what happened there."""
    keys, place = np.unique(events.address, return_inverse=True)
    start = counted(since) - WINDOW + 1
    near = np.flatnonzero(events.month >= start)
    where, months = flagged(place[near], events.month[near], last=counted(last))
    told = months >= counted(since)
    where, months = where[told], months[told]
    near = near[np.argsort(place[near], kind="stable")]
    beside, found = place[near], []
    for one in np.unique(where):
        flags = [uncounted(int(month)) for month in _run(months, where, one)]
        here = _run(near, beside, one)
        here = here[events.month[here] >= counted(flags[0]) - WINDOW + 1]
        happened = sorted(
            (int(events.moments[first][row]), int(events.category[row])) for row in here
        )
        found.append(Again(int(keys[one]), flags, int(events.district[here[0]]), happened))
    return found


def _run(values: Whole, ascending: Whole, one: Any) -> Whole:
    """Those of `values` that stand beside `one` among numbers in ascending order."""
    start, end = np.searchsorted(ascending, [one, one + 1])
    return values[start:end]


def share_of(events: Rows, *, last: date) -> dict[str, Any]:
    """The share of a year's incidents at addresses with two or more, if enough lie either side.

    `until` is there anyhow: of that year it is not worked out again.
    """
    found = repeat_share(events.address, events.month, counted(last))
    repeated = round(found.of_incidents * found.incidents)
    if min(repeated, found.incidents - repeated) < FEWEST_SHARED:
        return {"until": f"{last:%Y-%m}"}
    return {"of_incidents": round(found.of_incidents, 2), "until": f"{last:%Y-%m}"}


def by_type(events: Rows) -> dict[int, int]:
    """How many incidents there were of each type."""
    types, counts = np.unique(events.category, return_counts=True)
    return dict(zip(types.tolist(), counts.tolist(), strict=True))
