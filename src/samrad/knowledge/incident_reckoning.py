"""Incidents as arrays, and what they say: waiting times, and addresses where it happens again.

Brings what computes; only the worker imports it. No group of fewer than twenty calls is told, nor
one that could be worked out from the others and the whole.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.families import adjusted
from samrad.analysis.repeats import WINDOW, flagged, repeat_share
from samrad.analysis.response import (
    FEWEST,
    FEWEST_FOR_PERCENTILES,
    PERCENTILES,
    Comparison,
    Interval,
    against_fixed,
    cleaned,
    compared,
    first_arrivals,
    response_times,
)
from samrad.knowledge.incidents import FIXED
from samrad.knowledge.protecting import Seen, protected
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
    moments: Mapping[str, Floats]

    def out_of_order(self) -> int:
        """How many rows have a moment before one that must have come first."""
        latest = np.full(self.month.size, -np.inf)
        wrong = np.zeros(self.month.size, dtype=np.bool_)
        for moment in self.moments.values():
            wrong |= moment < latest
            latest = np.fmax(latest, moment)
        return int(wrong.sum())


def rows_of(months: Iterable[tuple[date, bytes]]) -> Rows | None:
    """The files of the months laid end to end; None where there are none."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    parts: dict[str, list[Any]] = {}
    for month, content in months:
        table = pq.read_table(io.BytesIO(content))
        parts.setdefault("month", []).append(np.full(table.num_rows, counted(month)))
        for name in table.column_names:
            if not name.startswith("number_"):
                parts.setdefault(name, []).append(_side(name, table[name]))
    if not parts:
        return None
    whole = {name: np.concatenate(sides) for name, sides in parts.items()}
    fixed = {name: whole.pop(name) for name in ("month", *FIXED)}
    return Rows(moments=whole, **fixed)


def _side(name: str, column: Any) -> NDArray[Any]:
    if name in FIXED:
        empty = NO_CODE if name in {"district", "category"} else NO_ADDRESS
        return np.asarray(column.fill_null(empty).to_numpy(), dtype=np.int64)
    return np.asarray(column.cast("float64").to_numpy(), dtype=np.float64)


def counted(month: date) -> int:
    """A month as a number, counted from the year 0."""
    return month.year * 12 + month.month - 1


def uncounted(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // 12, number % 12 + 1, 1)


# How long one waits ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Calls:
    """A row for each incident: the wait for the first unit (NaN: none), where and when."""

    seconds: Floats
    district: Whole
    month: Whole


def calls_of(rows: Rows, seconds: Floats) -> Calls:
    """Of the units sent to each incident the first to arrive."""
    _, first_row = np.unique(rows.incident, return_index=True)
    first = first_arrivals(rows.incident, seconds)
    return Calls(first, rows.district[first_row], rows.month[first_row])


def response_of(
    rows: Rows, rule: Mapping[str, Any], districts: Sequence[str], *, code: str,
    before: Mapping[str, Any], smallest: int,
) -> dict[str, Any]:  # fmt: skip
    """All that is told of waiting; `before` is what was told last. Empty where too few waited."""
    units = rows.moments[rule["arrived"]] - rows.moments[rule["start"]]
    calls = calls_of(rows, units)
    usable = cleaned(calls.seconds).seconds
    if usable.size < FEWEST_FOR_PERCENTILES:
        return {}
    target = rule["target"] or None
    left = cleaned(units)
    found: dict[str, Any] = {
        "calls": int(calls.seconds.size), "rows": int(units.size),
        "first": _times(usable, target), "units": _times(units, target),
        "left_out": {
            "missing": left.missing, "negative": left.negative, "too_long": left.too_long,
        },
        "out_of_order": rows.out_of_order(),
    }  # fmt: skip
    for name in ("target", "nation"):
        if rule[name]:
            found[f"against_{name}"] = _compared(against_fixed(usable, rule[name]))
    smallest = max(smallest, FEWEST_FOR_PERCENTILES)
    named = dict(enumerate(districts))
    sides = (
        ("areas", calls.district, lambda one: named.get(one, "")),
        ("months", calls.month, lambda one: f"{uncounted(one):%Y-%m}"),
    )
    for name, groups, words in sides:
        found[name] = _groups(
            calls.seconds, groups, words, target,
            hidden=_hiding(before.get(name, ()), smallest, f"{code}.{name}"),
        )  # fmt: skip
    return found


Hiding = Callable[[Sequence[str], Sequence[int]], set[int]]


def _hiding(before: Iterable[Mapping[str, Any]], smallest: int, code: str) -> Hiding:
    """Which groups are not told, given their names and how many calls are in each.

    How many there are in all is told anyhow: where it should not be, none of the groups is.
    """
    then = {one["name"]: Seen([one["kept"]], () if "n" in one else (0,)) for one in before}

    def hidden(names: Sequence[str], counts: Sequence[int]) -> set[int]:
        now: dict[str, list[float | None]] = {name: [0] for name in then}
        now |= {name: [n] for name, n in zip(names, counts, strict=True)}
        held = protected(now, then, smallest=smallest, code=code)
        return {at for at, name in enumerate(names) if held.parts[name] or held.whole}

    return hidden


def _groups(
    seconds: Floats, groups: Whole, words: Callable[[int], str], target: float | None,
    *, hidden: Hiding,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each group beside all others, in the order of their numbers.

    Of one that is held back nothing but `kept` is there: how many it has, for the next time.
    """
    usable = np.isfinite(seconds)
    keys = [int(one) for one in np.unique(groups[usable])]
    counts = [int(((groups == key) & usable).sum()) for key in keys]
    names = [words(key) for key in keys]
    held = hidden(names, counts)
    told: list[dict[str, Any]] = []
    beside: list[tuple[dict[str, Any], Comparison]] = []
    for at, key in enumerate(keys):
        one: dict[str, Any] = {"name": names[at], "kept": counts[at]}
        told.append(one)
        if at in held:
            continue
        here, others = seconds[(groups == key) & usable], seconds[(groups != key) & usable]
        one |= _times(here, target)
        if others.size >= FEWEST and here.any() and others.any():
            beside.append((one, compared(here, others)))
    if beside:
        ps = adjusted(np.array([one.p for _told, one in beside]))
        for (one, against), p in zip(beside, ps, strict=True):
            one["against"] = _compared(against) | {"p": float(p)}
    return told


def _times(seconds: Floats, target: float | None) -> dict[str, Any]:
    """n, mean, percentiles and the share within the target, each with its interval."""
    found = response_times(seconds, target=target)
    told: dict[str, Any] = {"n": found.n, "mean": _whole(found.mean)}
    for q in PERCENTILES if found.percentiles else ():
        told[f"p{round(100 * q)}"] = _whole((found.percentiles or {})[q])
    if found.within is not None:
        told["within"] = [round(one, 3) for one in found.within]
    return told


def _whole(interval: Interval) -> list[int]:
    return [round(one) for one in interval]


def _compared(found: Comparison) -> dict[str, Any]:
    ratio, low, high = (round(one, 3) for one in found.ratio)
    return {"ratio": ratio, "low": low, "high": high, "p": found.p}


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
        rows.category[taken], {first: rows.moments[first][taken]},
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
    """The share of a year's incidents at addresses with two or more, if enough lie either side."""
    found = repeat_share(events.address, events.month, counted(last))
    repeated = round(found.of_incidents * found.incidents)
    if min(repeated, found.incidents - repeated) < FEWEST_SHARED:
        return {}
    return {"of_incidents": round(found.of_incidents, 2), "until": f"{last:%Y-%m}"}
