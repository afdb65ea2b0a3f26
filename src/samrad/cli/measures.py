"""`samrad analysis effect`, `harm` and `places`: what changed, how grave, how gathered."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samrad.cli.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from samrad.analysis.effects.guard import Baseline
    from samrad.analysis.panels import Panel
    from samrad.analysis.words import Result

FEWEST_AFTER = 2
SHARES = (0.25, 0.5)


def declare_measures(methods: Any) -> None:
    """The three methods with their options."""
    effect = _declared(
        methods, "effect", told_effect,
        "whether a series changed after a measure, beside all the others in the file",
    )  # fmt: skip
    effect.add_argument("--area", required=True, metavar="NAME", help="the series with the measure")
    effect.add_argument(
        "--start", required=True, type=int, metavar="T",
        help="the first period with the measure, counted from 1",
    )  # fmt: skip
    effect.add_argument(
        "--alarms", default="", metavar="T,T",
        help="periods whose alarm led to the measure: they are left out of what is compared with",
    )  # fmt: skip
    effect.add_argument("--periods-per-year", type=int, default=12, metavar="N", help="(12)")
    harm = _declared(methods, "harm", told_harm, "counts weighed by how grave the offence is")
    harm.add_argument(
        "--weights", required=True, type=Path, metavar="FILE",
        help="comma-separated offence, days, source, valid_from; none is shipped",
    )  # fmt: skip
    harm.add_argument("--version", default="", metavar="NAME", help="of the weights (their name)")
    harm.add_argument("--on", default="", metavar="DATE", help="the day of the weights (today)")
    places = _declared(
        methods, "places", told_places, "in how few places it gathers, and whether it stays there"
    )
    places.add_argument(
        "--hot", type=int, default=10, metavar="K", help="how many places are watched (10)"
    )


def _declared(
    methods: Any, name: str, tell: Callable[[argparse.Namespace], dict[str, Any]], about: str
) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = methods.add_parser(name, help=about, description=about + ".")
    found.add_argument("input", type=Path, metavar="FILE", help=".csv or .csv.gz")
    found.add_argument("--json", action="store_true", help="print it as JSON")
    found.set_defaults(carry_out=lambda options: _carried_out(options, tell))
    return found


def _carried_out(
    options: argparse.Namespace, tell: Callable[[argparse.Namespace], dict[str, Any]]
) -> int:
    from samrad.analysis.harm import BadWeights
    from samrad.analysis.panels import Unreadable

    try:
        found = tell(options)
    except (Unreadable, BadWeights, ValueError) as trouble:
        raise Trouble(str(trouble)) from None
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False)
        print()
        return 0
    for name, value in found.items():
        if value is not None:
            print(f"{name.replace('_', ' '):<18} {_said(value)}")
    return 0


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


# What a measure did ------------------------------------------------------------------------------


def told_effect(options: argparse.Namespace) -> dict[str, Any]:
    """The change of one series against that of the others, and what may be said of it."""
    from samrad.analysis.panels import read_panel
    from samrad.analysis.words import statement

    panel = read_panel(options.input)
    where, start = _position(panel, options)
    baseline = _baseline(panel, options, start)
    result, design = _result(panel, where, start, baseline, options.periods_per_year)
    said = statement(result)
    own = panel.counts[where]
    return {
        "area": options.area, "says": str(said.code), "design": design,
        "strength": str(result.method), "ratio": _finite(result.ratio), "low": _finite(result.low),
        "high": _finite(result.high), "p": _finite(result.p), "counted": result.n,
        "before": float(own[:start][baseline.use[:start]].sum()),
        "periods_before": int(baseline.use.sum()),
        "after": float(own[start:].sum()), "periods_after": int(own.size - start),
        "left_out": baseline.left_out, "caveats": [str(one) for one in said.caveats],
    }  # fmt: skip


def _position(panel: Panel, options: argparse.Namespace) -> tuple[int, int]:
    """Which series had the measure, and its first period, counted from 0."""
    import numpy as np

    if options.area not in panel.names:
        few = ", ".join(panel.names[:5]) + (" …" if len(panel.names) > 5 else "")  # noqa: PLR2004
        message = f"There is no series called {options.area!r} in the file. There are {few}."
        raise Trouble(message)
    length = panel.counts.shape[1]
    last = length - FEWEST_AFTER + 1
    if not FEWEST_AFTER < options.start <= last:
        message = (
            f"--start {options.start} leaves too little on one side: the file has {length} periods,"
            f" and the measure may begin in {FEWEST_AFTER + 1} to {last}."
        )
        raise Trouble(message)
    where = panel.names.index(options.area)
    if np.isnan(panel.counts[where]).any():
        message = f"{options.area} has periods that nobody knows (NA), and cannot be compared."
        raise Trouble(message)
    return where, options.start - 1


def _baseline(panel: Panel, options: argparse.Namespace, start: int) -> Baseline:
    import numpy as np

    from samrad.analysis.effects.guard import baseline_months

    raised = [part.strip() for part in options.alarms.split(",") if part.strip()]
    if wrong := [part for part in raised if not part.isdecimal()]:
        message = f"--alarms takes periods such as 30,31, not {wrong[0]!r}."
        raise Trouble(message)
    periods = np.arange(panel.counts.shape[1])
    fewest = min(options.periods_per_year, start)
    return baseline_months(periods, [int(part) - 1 for part in raised], start, fewest=fewest)


def _result(
    panel: Panel, where: int, start: int, baseline: Baseline, per_year: int
) -> tuple[Result, str]:
    """By the others as placebos; with too few of them by the series' own break."""
    import numpy as np

    from samrad.analysis.effects.placebo import (
        FEWEST_PLACEBOS,
        dispersion_beside,
        placebo_in_space,
    )
    from samrad.analysis.effects.series import interrupted_series
    from samrad.analysis.words import Guard, Method, Question, Result

    guards = frozenset({Guard.ALARM_IN_BASELINE} if baseline.warn else ())
    known = np.asarray(~np.isnan(panel.counts).any(axis=1))
    counts = panel.counts[known]
    at = int(known[:where].sum())
    before, after = counts[:, :start][:, baseline.use[:start]], counts[:, start:]
    n = int(before[at].sum() + after[at].sum())
    if (counts.sum(axis=1) > 0).sum() > FEWEST_PLACEBOS:
        found = placebo_in_space(
            before.sum(axis=1), after.sum(axis=1), at,
            dispersion=dispersion_beside(before, after),
        )  # fmt: skip
        numbers = found.ratio, found.low, found.high, found.p
        return (
            Result(Question.EFFECT, *numbers, n, Method.MODERATE, guards),
            f"beside {found.placebos} others",
        )
    told = interrupted_series(counts[at], start, periods_per_year=per_year)
    method = Method(str(told.strength))
    return Result(Question.EFFECT, *told.level, n, method, guards), "by itself, before and after"


def _finite(value: float) -> float | None:
    from math import isfinite

    return round(value, 6) if isfinite(value) else None


# How grave, and how gathered ---------------------------------------------------------------------


def told_harm(options: argparse.Namespace) -> dict[str, Any]:
    """Days of harm of the counts in a file of offences and numbers."""
    from samrad.analysis.harm import harm, read_weights
    from samrad.analysis.panels import text_of

    try:
        on = date.fromisoformat(options.on) if options.on else date.today()  # noqa: DTZ011
    except ValueError:
        message = f"--on takes a day such as 2026-01-31, not {options.on!r}."
        raise Trouble(message) from None
    weights = read_weights(
        text_of(options.weights).splitlines(), options.version or options.weights.name
    )
    counts = _counts(text_of(options.input), options.input.name)
    return {"counted": sum(counts.values()), **asdict(harm(counts, weights, on)), "on": f"{on}"}


def _counts(text: str, name: str) -> dict[str, int]:
    """Offences and how many, from two columns; a heading is allowed."""
    found: dict[str, int] = {}
    for number, row in enumerate(csv.reader(text.splitlines()), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) < 2 or not cells[0]:  # noqa: PLR2004 - an offence and a number
            message = f"{name}, row {number}: an offence and a number are needed."
            raise Trouble(message)
        if not cells[1].isdecimal():
            if number == 1:
                continue
            message = f"{name}, row {number}: {cells[1]!r} is no whole number of 0 or more."
            raise Trouble(message)
        if cells[0] in found:
            message = f"{name}, row {number}: {cells[0]} stands here twice."
            raise Trouble(message)
        found[cells[0]] = int(cells[1])
    if not found:
        message = f"{name} holds no counts."
        raise Trouble(message)
    return found


def told_places(options: argparse.Namespace) -> dict[str, Any]:
    """Concentration over all periods, and what the busiest places foretell of the last one."""
    import numpy as np

    from samrad.analysis.panels import read_panel
    from samrad.analysis.places import gini, places_with, prediction_accuracy

    panel = read_panel(options.input)
    counts = np.nan_to_num(panel.counts)
    every = counts.sum(axis=1)
    if not 0 < options.hot < every.size:
        message = f"--hot takes a number of places, 1 to {every.size - 1} in this file."
        raise Trouble(message)
    earlier = counts[:, :-1].sum(axis=1) if counts.shape[1] > 1 else every
    order = np.argsort(-earlier, kind="stable")[: options.hot]
    hot = np.isin(np.arange(every.size), order)
    foretold = (
        prediction_accuracy(hot, np.ones(every.size), counts[:, -1])
        if counts.shape[1] > 1 else float("nan")
    )  # fmt: skip
    return {
        "places": int(every.size), "counted": float(every.sum()),
        **{f"places_with_{share:.0%}".replace("%", "_percent"): round(places_with(every, share), 4)
           for share in SHARES},
        "gini": round(gini(every), 4), "hot": [panel.names[at] for at in order],
        "accuracy": _finite(foretold),
    }  # fmt: skip
