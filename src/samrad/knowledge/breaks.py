"""Did it change from a period on? Worked out for every place when pictures are drawn.

Up to a year from a period on is held against the same seasons before, beside how the places most
alike in number changed (`samrad.analysis.effects`): each of those is treated as if something had
begun there, and only what is rare among them is called a change. Numbers in, plain values out;
brings what computes, and only the worker imports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.effects.placebo import FEWEST_PLACEBOS, dispersion_beside, placebo_in_space
from samrad.analysis.words import Guard, Method, Question, Result, statement
from samrad.knowledge.reckoning import Counted, Floats
from samrad.knowledge.rules.picture import Picture, Unusual

YEARS = 2  # of periods that may be asked about
FEWEST_AFTER = 2
ALIKE = 40  # small places jump more than large ones: compared with so many most alike

Breaks = dict[str, dict[str, Any]]  # by the period it may have changed from


def breaks_of(counted: Counted, pictures: Mapping[str, Picture]) -> dict[tuple[str, str], Breaks]:
    """By indicator and place what may be said of every period of the latest years."""
    found: dict[tuple[str, str], Breaks] = {}
    names = np.asarray(counted.indicators)
    for indicator in dict.fromkeys(counted.indicators):
        rows = np.flatnonzero(names == indicator).astype(np.int64)
        for start in _starts(counted):
            for row, told in _at(counted, rows, start, pictures):
                own = found.setdefault((indicator, counted.places[row]), {})
                own[counted.periods[start]] = told
    return found


def _starts(counted: Counted) -> range:
    last = len(counted.periods)
    if counted.a_year < FEWEST_AFTER:  # a year is one figure: nothing to hold against a season
        return range(0)
    return range(max(counted.a_year, last - YEARS * counted.a_year), last - FEWEST_AFTER + 1)


def _at(
    counted: Counted, rows: NDArray[np.int64], start: int, pictures: Mapping[str, Picture]
) -> list[tuple[int, dict[str, Any]]]:
    """One period: every place whose counts are known on both sides."""
    length = min(counted.a_year, len(counted.periods) - start)
    first = start - counted.a_year
    values = counted.values[rows]
    before, after = values[:, first : first + length], values[:, start : start + length]
    known = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    before, after, rows = before[known], after[known], rows[known]
    if not len(rows) or not before.sum() or not after.sum():
        return []
    spread = dispersion_beside(before, after)
    sums = before.sum(axis=1), after.sum(axis=1)
    if (sums[0] + sums[1] > 0).sum() <= FEWEST_PLACEBOS:
        return []
    periods = counted.periods[first : first + length]
    return [
        (int(row), _told(sums, at, spread, _had_a_peak(counted, int(row), periods, pictures)))
        for at, row in enumerate(rows)
    ]


def _had_a_peak(
    counted: Counted, row: int, periods: Sequence[str], pictures: Mapping[str, Picture]
) -> bool:
    """Whether something was unusually high in what is compared with: after a peak comes a fall."""
    picture = pictures.get(counted.places[row])
    return any(
        past.unusual is Unusual.HIGH
        for line in (picture.lines if picture else ())
        if line.indicator == counted.indicators[row]
        for past in line.past
        if past.period in periods
    )


def _told(sums: tuple[Floats, Floats], at: int, spread: Floats, had_a_peak: bool) -> dict[str, Any]:
    before, after = sums
    found = placebo_in_space(before, after, at, dispersion=spread, nearest=ALIKE)
    guards = frozenset({Guard.ALARM_IN_BASELINE} if had_a_peak else ())
    n = int(before[at] + after[at])
    said = statement(
        Result(
            Question.EFFECT, found.ratio, found.low, found.high, found.p, n, Method.MODERATE,
            guards,
        )
    )  # fmt: skip
    return {
        "code": str(said.code), "before": float(before[at]), "after": float(after[at]),
        "rest_before": float(before.sum() - before[at]),
        "rest_after": float(after.sum() - after[at]), "others": found.placebos,
        "ratio": _number(found.ratio), "low": _number(found.low), "high": _number(found.high),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
