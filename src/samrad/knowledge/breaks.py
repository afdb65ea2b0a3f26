"""Did it change from a period on? Worked out for every place when pictures are drawn.

Up to a year from a period on is held against the same seasons before, beside how all others
together changed (`samrad.analysis.effects`). How far chance goes is taken from the places most
alike in number: each of those is treated as if something had begun there, and only what is rare
among them is called a change. Numbers in, plain values out; brings what computes, and only the
worker imports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.effects.placebo import (
    FEWEST_PLACEBOS,
    Placebo,
    dispersion_beside,
    placebos_everywhere,
)
from samrad.analysis.words import Guard, Method, Question, Result, statement
from samrad.knowledge.reckoning import Counted, Floats
from samrad.knowledge.rules.picture import Picture, Unusual

YEARS = 2  # of periods that may be asked about
FEWEST_AFTER = 2
ALIKE = 40  # small places jump more than large ones: chance is taken from so many most alike

Breaks = dict[str, dict[str, Any]]  # by the period it may have changed from


def breaks_of(counted: Counted, pictures: Mapping[str, Picture]) -> dict[tuple[str, str], Breaks]:
    """By indicator and place what may be said of every period of the latest years."""
    found: dict[tuple[str, str], Breaks] = {}
    names = np.asarray(counted.indicators)
    peaks = _peaks(counted, pictures)
    for indicator in dict.fromkeys(counted.indicators):
        rows = np.flatnonzero(names == indicator).astype(np.int64)
        for start in _starts(counted):
            for row, told in _at(counted, rows, start, peaks):
                own = found.setdefault((indicator, counted.places[row]), {})
                own[counted.periods[start]] = told
    return found


def _starts(counted: Counted) -> range:
    last = len(counted.periods)
    if counted.a_year < FEWEST_AFTER:  # a year is one figure: nothing to hold against a season
        return range(0)
    return range(max(counted.a_year, last - YEARS * counted.a_year), last - FEWEST_AFTER + 1)


def _at(
    counted: Counted, rows: NDArray[np.int64], start: int, peaks: NDArray[np.bool_]
) -> list[tuple[int, dict[str, Any]]]:
    """One period: every place whose counts are known on both sides."""
    length = min(counted.a_year, len(counted.periods) - start)
    first = start - counted.a_year
    values = counted.values[rows]
    before, after = values[:, first : first + length], values[:, start : start + length]
    known = np.isfinite(np.hstack([before, after])).all(axis=1)
    before, after, rows = before[known], after[known], rows[known]
    if not len(rows) or not before.sum() or not after.sum():
        return []
    spread = dispersion_beside(before, after)
    sums = before.sum(axis=1), after.sum(axis=1)
    if (sums[0] + sums[1] > 0).sum() <= FEWEST_PLACEBOS:
        return []
    found = placebos_everywhere(*sums, dispersion=spread, nearest=ALIKE)
    had_a_peak = np.any(peaks[rows, first : first + length], axis=1).tolist()
    return [
        (int(row), _told(one, Sides.of(sums, at), had_a_peak[at]))
        for at, (row, one) in enumerate(zip(rows, found, strict=True))
    ]


def _peaks(counted: Counted, pictures: Mapping[str, Picture]) -> NDArray[np.bool_]:
    """Where (S, T) something was unusually high: after a peak comes a fall, measure or not."""
    column = {period: at for at, period in enumerate(counted.periods)}
    row_of = {
        key: at for at, key in enumerate(zip(counted.indicators, counted.places, strict=True))
    }
    found = np.zeros(counted.values.shape, dtype=np.bool_)
    for place, picture in pictures.items():
        for line in picture.lines:
            row = row_of.get((line.indicator, place))
            if row is None:
                continue
            high = [past.period for past in line.past if past.unusual is Unusual.HIGH]
            found[row, [column[period] for period in high if period in column]] = True
    return found


@dataclass(frozen=True)
class Sides:
    """What was counted before and after, in one place and in all others together."""

    before: float
    after: float
    rest_before: float
    rest_after: float

    @classmethod
    def of(cls, sums: tuple[Floats, Floats], at: int) -> Sides:
        """Those of one of the places."""
        own = [float(side[at]) for side in sums]
        rest = [float(side.sum()) - one for side, one in zip(sums, own, strict=True)]
        return cls(*own, *rest)


def _told(found: Placebo, sides: Sides, had_a_peak: bool) -> dict[str, Any]:
    guards = frozenset({Guard.ALARM_IN_BASELINE} if had_a_peak else ())
    n = int(sides.before + sides.after)
    said = statement(
        Result(
            Question.EFFECT, found.ratio, found.low, found.high, found.p, n, Method.MODERATE,
            guards,
        )
    )  # fmt: skip
    return {
        "code": str(said.code), **asdict(sides), "others": found.placebos,
        "ratio": _number(found.ratio), "low": _number(found.low), "high": _number(found.high),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
