"""How long one waits, a quarter at a time: each is worked out once, and from then on stands.

Brings what computes; only the worker and the command that takes files in import it. No group of
fewer than twenty calls is told, nor one that could be worked out from the others and the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.families import adjusted
from samrad.analysis.response import (
    FEWEST,
    FEWEST_FOR_PERCENTILES,
    PERCENTILES,
    Comparison,
    Interval,
    cleaned,
    compared,
    compared_standardised,
    error_of_mean,
    first_arrivals,
    known_against_fixed,
    response_times,
    standardised,
)
from samrad.kernel.clock import day_of
from samrad.knowledge.incident_reckoning import Rows
from samrad.knowledge.incidents import PRIORITY
from samrad.knowledge.protecting import protected
from samrad.knowledge.readers.incidents import Incidents
from samrad.knowledge.rules.quarters import beside, months_in
from samrad.knowledge.rules.recipe_parts import ResponseRule
from samrad.knowledge.rules.repeats import last_day_of

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calls:
    """A row for each incident with a wait for the first unit: how long, where and how urgent."""

    seconds: Floats
    district: Whole
    priority: Whole


def reaches_its_end(rows: Rows, first: str, quarter: str) -> bool:
    """Whether there is anything of the quarter's last day: a file may have been drawn before."""
    latest = datetime.fromtimestamp(float(np.nanmax(rows.moments[first])), UTC)
    return day_of(latest) >= last_day_of(months_in(quarter)[-1])


def quarter_told(
    rows: Rows, rule: Mapping[str, Any], codes: Mapping[str, Sequence[str]],
    *, quarter: str, code: str, smallest: int,
) -> dict[str, Any]:  # fmt: skip
    """All that is told of waiting in a quarter; nothing but its name where too few waited."""
    units = rows.moments[rule["arrived"]] - rows.moments[rule["start"]]
    _, first_row = np.unique(rows.incident, return_index=True)
    seconds = first_arrivals(rows.incident, units)
    usable = np.isfinite(seconds)
    smallest = max(smallest, FEWEST_FOR_PERCENTILES)
    if usable.sum() < smallest:
        return {"name": quarter}
    promised = beside(rule, "target", quarter)
    target, left = promised.seconds if promised else None, cleaned(units)
    calls = Calls(
        seconds[usable], rows.district[first_row][usable], rows.priority[first_row][usable]
    )
    urgency = [*codes.get(PRIORITY, ()), ""]  # the last is that of no priority
    stratum = np.argsort(np.argsort(urgency))[calls.priority]
    return {
        "name": quarter, "calls": int(seconds.size), "rows": int(units.size), "target": target,
        "first": _times(calls.seconds, target) | {"error": round(error_of_mean(calls.seconds), 3)},
        "units": _times(units, target),
        "left_out": {
            "missing": left.missing, "negative": left.negative, "too_long": left.too_long,
        },
        "out_of_order": rows.out_of_order(),
        "is_mixed": np.unique(calls.priority).size > 1,
        "areas": _areas(
            calls, [*codes.get("district", ()), ""], stratum,
            target, smallest=smallest, code=f"{code}.{quarter}",
        ),
    }  # fmt: skip


def against_nation(quarter: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
    """What the mean of a quarter that is told is beside what is known of the whole country."""
    found = beside(rule, "nation", quarter["name"])
    if found is None or "first" not in quarter:
        return {}
    mean, n = quarter["first"]["mean"][0], quarter["first"]["n"]
    made = known_against_fixed(mean, quarter["first"]["error"], n, found.seconds)
    return _compared(made) | {
        "seconds": found.seconds, "source": found.source, "since": found.since
    }  # fmt: skip


def _areas(
    calls: Calls, names: Sequence[str], stratum: Whole, target: int | None,
    *, smallest: int, code: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each area beside all others; of one that is held back nothing but its name is there.

    How many there are in all is told anyhow: where it should not be, no area is.
    """
    keys = [int(one) for one in np.unique(calls.district)]
    counts = {names[key]: [float((calls.district == key).sum())] for key in keys}
    held = protected(counts, smallest=smallest, code=code)
    told: list[dict[str, Any]] = []
    beside_others: list[tuple[dict[str, Any], Comparison]] = []
    for key in keys:
        one: dict[str, Any] = {"name": names[key]}
        told.append(one)
        if held.whole or held.parts[names[key]]:
            continue
        here = calls.district == key
        one |= _times(calls.seconds[here], target)
        found, mixed = _beside_others(calls.seconds, here, stratum, smallest)
        one |= {"mixed": _whole(mixed)} if mixed else {}
        if found is not None:
            beside_others.append((one, found))
    if beside_others:
        ps = adjusted(np.array([one.p for _told, one in beside_others]))
        for (one, against), p in zip(beside_others, ps, strict=True):
            one["against"] = _compared(against) | {"p": float(p)}
    return told


def _beside_others(
    seconds: Floats, here: NDArray[np.bool_], stratum: Whole, smallest: int
) -> tuple[Comparison | None, Interval | None]:
    """An area against all others, both with the quarter's mix of priorities; and its mean so.

    Where all calls are of one priority they are compared as they are. Where an area has too few of
    them to be told apart by priority nothing is said: it would be the mix that is compared.
    """
    if not seconds[here].any() or (~here).sum() < FEWEST or not seconds[~here].any():
        return None, None
    if np.unique(stratum).size < 2:  # noqa: PLR2004 (a mix is of two or more)
        return compared(seconds[here], seconds[~here]), None
    merged = _merged(stratum, here, smallest)
    if merged is None:
        return None, None
    of, counts = np.unique(merged, return_counts=True)
    weights = dict(zip(of.tolist(), counts.tolist(), strict=True))
    own, others = ((seconds[side], merged[side]) for side in (here, ~here))
    return compared_standardised(own, others, weights), standardised(*own, weights)


def _merged(stratum: Whole, here: NDArray[np.bool_], smallest: int) -> Whole | None:
    """Priorities laid together with the next one until each has enough calls on either side.

    No mean of fewer could then be worked out from the two means. None where one alone is left.
    """
    ends, waiting = [], np.zeros(2, dtype=np.int64)
    for one in np.unique(stratum):
        waiting += [((stratum == one) & here).sum(), ((stratum == one) & ~here).sum()]
        if waiting.min() >= smallest:
            ends.append(one)
            waiting[:] = 0
    if len(ends) < 2:  # noqa: PLR2004 (a mix is of two or more)
        return None
    return np.minimum(
        np.searchsorted(ends, stratum), len(ends) - 1
    )  # what is left goes to the last


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


def waits_in(incidents: Incidents, rule: ResponseRule) -> dict[str, Any]:
    """How long one waited in a file, in seconds; for whoever has the file, and kept nowhere."""
    moments = {name: np.array(incidents.moments[name], dtype=np.float64)
               for name in (rule.start, rule.arrived)}  # fmt: skip
    units = moments[rule.arrived] - moments[rule.start]
    first = first_arrivals(np.array(incidents.keys), units)
    found, by_unit = cleaned(first).seconds, cleaned(units).seconds
    told: dict[str, Any] = {"calls": int(first.size), "with_a_time": int(found.size)}
    if found.size:
        told |= {
            "median_first": round(float(np.median(found))),
            "mean_first": round(float(found.mean())),
            "median_units": round(float(np.median(by_unit))),
        }  # fmt: skip
    return told
