"""Where figures are heading that come once a year: by the rank test, and the middle of all slopes.

Mann 1945, *Econometrica* 13:245; Kendall 1975; Sen 1968, *JASA* 63:1379. The same as
`samrad.analysis.trend`, which a test holds it against, of one short series and in plain Python: a
page asks it of the figures that its reader sees.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from samrad.knowledge.rules.periods import PeriodKind, read_period

FEWEST_YEARS = 5  # of fewer not even a rise in each of them is rarer than one in twenty
MOST_YEARS = 20  # a direction is of our own time
RARE = 0.05


@dataclass(frozen=True)
class Heading:
    """Where a series is heading: `slope` in figures a year, `share` of the middle figure.

    `is_clear`: whether it goes one way more than chance would have it.
    """

    first: str
    last: str
    slope: float
    share: float | None
    is_clear: bool


def comes_yearly(periods: Sequence[str]) -> bool:
    """Whether there is one figure a year, always of the same time of it."""
    read = [read_period(one) for one in periods]
    if not read or read[-1].kind is PeriodKind.INTERVAL:
        return False
    starts = {(one.start.month, one.start.day) for one in read}
    ahead = all(after.start.year > one.start.year for one, after in pairwise(read))
    is_year = read[-1].kind in {PeriodKind.YEAR, PeriodKind.SCHOOL_YEAR}
    return len(starts) == 1 and ahead and (is_year or len(read) > 1)


def heading(periods: Sequence[str], values: Sequence[float | None]) -> Heading | None:
    """Where the latest years are heading; None where too few of them are known."""
    known = [
        (read_period(period), value)
        for period, value in zip(periods, values, strict=True)
        if value is not None
    ][-MOST_YEARS:]
    if len(known) < FEWEST_YEARS:
        return None
    years = [period.start.year for period, _value in known]
    figures = [value for _period, value in known]
    slope = median(
        (after - before) / (later - earlier)
        for (earlier, before), (later, after) in combinations(zip(years, figures, strict=True), 2)
    )
    middle = median(figures)
    return Heading(
        known[0][0].code, known[-1][0].code, slope, slope / middle if middle > 0 else None,
        chance_of(figures) < RARE,
    )  # fmt: skip


def chance_of(figures: Sequence[float]) -> float:
    """How often figures without a direction go one way as much as these, two-sided."""
    n = len(figures)
    rises = sum((after > before) - (after < before) for before, after in combinations(figures, 2))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(figures).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if variance <= 0:
        return 1.0
    z = (abs(rises) - (rises != 0)) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))
