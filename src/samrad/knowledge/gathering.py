"""From releases in the store to the arrays that pictures are worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from samrad.knowledge.models import DataSet, Indicator, Release
from samrad.knowledge.reckoning import Counted
from samrad.knowledge.rules.figures import people_in
from samrad.knowledge.rules.periods import Period, PeriodKind, read_period, unbroken
from samrad.knowledge.rules.table import Nothing, nothing_of
from samrad.knowledge.store import statistics
from samrad.knowledge.store.asking import Point, series

Key = tuple[str, str]  # indicator, place
PICTURED = {PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR}


def counted_in(data_set: DataSet, places: Sequence[str]) -> Counted | None:
    """The counts of a data set for these of our areas; None where pictures are not made of it.

    Pictures are made of counts that come every month, quarter or year and have a population behind
    them.
    """
    indicators = list(data_set.indicators.exclude(base="").order_by("pk"))
    release = data_set.releases.filter(is_current=True).first()
    if not indicators or release is None or not places:
        return None
    points = _points([release], [one.code for one in indicators], places)
    told = sorted({read_period(one.period) for one in points})
    if not told or told[-1].kind not in PICTURED:
        return None
    periods = unbroken([one for one in told if one.kind is told[-1].kind])
    return _laid_out(points, periods, indicators, _population(indicators, places))


def _points(
    releases: Sequence[Release], indicators: Sequence[str], places: Sequence[str]
) -> list[Point]:
    found = series(statistics(), releases, indicators=indicators, places=places)
    return [one for one in found if one.split == ""]


def _population(
    indicators: Iterable[Indicator], places: Sequence[str]
) -> dict[str, dict[int, float]]:
    """How many lived in each place in each year, by the data sets the indicators name."""
    bases = {one.base for one in indicators}
    releases = Release.objects.filter(is_current=True, data_set__indicators__code__in=bases)
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for point in _points(list(releases.distinct()), sorted(bases), places):
        if point.value:
            found[point.place].setdefault(point.start.year, point.value)
    return found


def _laid_out(
    points: Sequence[Point], periods: Sequence[Period], indicators: Sequence[Indicator],
    population: Mapping[str, Mapping[int, float]],
) -> Counted:  # fmt: skip
    """A row for each indicator of each place, a column for each period.

    A place may have several codes in turn, each with cells for every period: see `_one_of`.
    """
    column = {period.code: number for number, period in enumerate(periods)}
    by_key: dict[Key, list[Point]] = defaultdict(list)
    for point in points:
        by_key[point.indicator, point.place].append(point)
    order = {one.code: number for number, one in enumerate(indicators)}
    keys = sorted(by_key, key=lambda key: (key[1], order[key[0]]))
    values = np.full((len(keys), len(periods)), np.nan)
    nothing = [[str(Nothing.MISSING)] * len(periods) for _key in keys]
    for row, key in enumerate(keys):
        cells: dict[int, list[Point]] = defaultdict(list)
        for point in by_key[key]:
            if point.period in column:
                cells[column[point.period]].append(point)
        for at, own in cells.items():
            values[row, at], nothing[row][at] = _one_of(own)
    people = np.array(
        [[_people(population.get(key[1], {}), one) for one in periods] for key in keys]
    )
    return Counted(
        PeriodKind(periods[-1].kind), [one.code for one in periods],
        [key[0] for key in keys], [key[1] for key in keys], values, nothing, people,
    )  # fmt: skip


def _one_of(cells: Sequence[Point]) -> tuple[float, str]:
    """What is known of one place and period: a value is never replaced by a cell without one.

    No file with two different values is taken in; of such as are there already neither counts.
    """
    known = {one.value for one in cells if one.value is not None}
    if len(known) == 1:
        return known.pop(), ""
    if known:
        return float("nan"), str(Nothing.MISSING)
    return float("nan"), nothing_of(one.nothing for one in cells)


def _people(known: Mapping[int, float], period: Period) -> float:
    """Those of the year or of one near it; not a number where none is known."""
    found = people_in(period.start.year, known)
    return float("nan") if found is None else found
