"""The latest year's rate against that of the years before, of every row of counts.

Numbers in, plain values out. Brings what computes; only the worker imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from samrad.analysis import poisson
from samrad.analysis.change import rate_ratio
from samrad.analysis.words import Code, Question, Result, statement
from samrad.knowledge.rules.picture import Change

if TYPE_CHECKING:
    from samrad.knowledge.reckoning import Counted

Floats = NDArray[np.float64]

YEARS_BEFORE = 3
SURE = 0.975
PER = 1000


def changes_of(counted: Counted) -> list[Change]:
    """The latest year's rate against that of the years before, each season against its own.

    Quasi-Poisson: log E(y) = season + latest + log people; the interval by t with the degrees of
    freedom left (McCullagh & Nelder 1989, ch. 6). Where one side is nought: the exact conditional
    interval of two Poisson counts (Przyborowski & Wilenski 1940).
    """
    a_year = counted.a_year
    years = min(YEARS_BEFORE, counted.values.shape[1] // a_year - 1)
    if years < 1:
        return [Change(Code.UNKNOWN) for _row in counted.places]
    span = (years + 1) * a_year
    values, people = counted.values[:, -span:], counted.people[:, -span:]
    latest = np.arange(span) >= span - a_year
    design = np.column_stack([np.eye(a_year)[np.arange(span) % a_year], latest])
    known = _in_whole_years(np.isfinite(values) & np.isfinite(people) & (people > 0), a_year)
    offset = np.log(np.where(known, people, 1.0))
    fit = poisson.fit(
        np.where(known, values, 0.0), design, weights=known.astype(np.float64), offset=offset
    )
    with np.errstate(invalid="ignore"):  # a row with no year to go by is told by its code instead
        spread = np.sqrt(np.fmax(1.0, fit.dispersion) * fit.covariance[:, -1, -1])
    reach = stats.t.ppf(SURE, np.maximum(fit.freedom, 1)) * spread
    logs = fit.coefficients[:, -1]
    with np.errstate(over="ignore"):  # nought on one side: said by exact_interval instead
        edges = np.exp(np.column_stack([logs, logs - reach, logs + reach]))
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = 2 * stats.t.sf(np.abs(logs) / spread, np.maximum(fit.freedom, 1))
    found = np.column_stack([edges, chance])
    return [
        _change(Stretch(values[row], people[row], known[row], latest), found[row])
        for row in range(len(counted.places))
    ]


def _in_whole_years(known: NDArray[np.bool_], a_year: int) -> NDArray[np.bool_]:
    """What is known of years that are known whole: of no other may a yearly average be told."""
    by_year = known.reshape(len(known), -1, a_year)
    return np.asarray((by_year & by_year.all(axis=2, keepdims=True)).reshape(known.shape))


@dataclass(frozen=True)
class Stretch:
    """The periods compared of one row: the latest year, and the years before."""

    values: Floats
    people: Floats
    known: NDArray[np.bool_]
    latest: NDArray[np.bool_]

    @property
    def new(self) -> NDArray[np.bool_]:
        """What is known of the latest year."""
        return self.known & self.latest

    @property
    def old(self) -> NDArray[np.bool_]:
        """What is known of the years before."""
        return self.known & ~self.latest


def _change(row: Stretch, modelled: Floats) -> Change:
    """What may be said of one row, by the one table of `samrad.analysis.words`.

    The years before are those that are known of this row, be it only one of three.
    """
    years = int(row.old.sum() // row.latest.sum())
    if not (years and row.new.any()):
        return Change(Code.UNKNOWN, years=years)
    a, b = float(row.values[row.new].sum()), float(row.values[row.old].sum())
    lived, lived_before = row.people[row.new], row.people[row.old]
    now, before = PER * a / lived.mean(), PER * b / lived_before.mean() / years
    ratio, low, high, p = modelled.tolist()
    if a == 0 or b == 0:
        ratio, low, high, p = _beside_nothing(a, b, float(lived.sum()), float(lived_before.sum()))
    said = statement(Result(Question.CHANGE, ratio, low, high, p, int(a + b)))
    if said.percent_low is None:
        return Change(said.code, round(now, 3), round(before, 3), years=years)
    return Change(
        said.code, round(now, 3), round(before, 3), _number(ratio), _number(low), _number(high),
        years, round(p, 6),
    )  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _beside_nothing(
    now: float, before: float, lived: float, lived_before: float
) -> tuple[float, float, float, float]:
    """The ratio of rates of which one is nought, its exact interval, and how likely it is."""
    if not now + before:
        return 1.0, 0.0, np.inf, 1.0
    found = rate_ratio(
        np.array(now), np.array(before), exposure_after=lived, exposure_before=lived_before
    )
    return float(found.ratio), float(found.low), float(found.high), float(found.p)
