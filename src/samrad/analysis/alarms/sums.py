"""The tier of low counts: months added up until there is something to compare.

Where fewer than one case in two months is usual, one month says nothing: no count of a single
month can be called unusual without calling a single case so. The same test is then put to the sum
of the latest four months (of as many periods as `Settings.enough` looks at), against the sums of
the same length before.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.alarms.guard import detect_guarded
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import Settings
from samrad.analysis.poisson import Floats, Whole

LOW = 0.5  # cases a period, in the mean of the baseline


def settings_of_sums(settings: Settings, length: int) -> Settings:
    """Settings for periods that are sums: no season, no trend, all of the past as one window."""
    year = max(1, settings.periods_per_year // length)
    return replace(
        settings, periods_per_year=year, half_window=year // 2, levels=1, trend=False,
        skipped=min(-(-settings.skipped // length), settings.years * year - 1),
        enough=(settings.enough[0], 1),
    )  # fmt: skip


def detect_sums(
    counts: Floats,
    at: Whole,
    settings: Settings,
    *,
    length: int | None = None,
    population: Floats | None = None,
    groups: NDArray[np.generic] | None = None,
) -> Outcome:
    """Judge the sums of `length` periods that end at each of `at`; as `enough` where not given.

    Shapes as in `detect`. `observed` and `expected` are sums. The months before are cut into sums
    that end where this one begins, so no month is in two of them.
    """
    length = length or settings.enough[1]
    by_sums = settings_of_sums(settings, length)
    found = [
        _at_one(counts, int(place), by_sums, length, population=population, groups=groups)
        for place in at
    ]
    joined = {
        name: np.concatenate([getattr(one, name) for one in found], axis=1)
        for name in Outcome.__dataclass_fields__
        if name != "at"
    }
    return Outcome(at=np.asarray(at), **joined)


def _at_one(
    counts: Floats,
    place: int,
    settings: Settings,
    length: int,
    *,
    population: Floats | None,
    groups: NDArray[np.generic] | None,
) -> Outcome:
    """The sums that end at one place, the last of a row of sums."""
    number = min((place + 1) // length, settings.history + 1)
    years = (number - 1 - settings.half_window) // settings.periods_per_year
    if years < 1:
        message = f"there is no year of sums of {length} periods before place {place}"
        raise ValueError(message)
    settings = settings.with_years(years)
    first = place + 1 - number * length
    summed = added(counts, first, number, length)
    people = None if population is None else added(population, first, number, length) / length
    found, _plain = detect_guarded(
        summed, np.array([number - 1]), settings, population=people, groups=groups
    )
    judged = ~np.isnan(found.p_high)
    return replace(found, method=np.where(judged, Method.SUMS.value, Method.NOTHING.value))


def added(values: Floats, first: int, number: int, length: int) -> Floats:
    """Sums (S, number) of so many periods each; with one missing, the sum is missing."""
    taken = values[:, first : first + number * length]
    return np.asarray(taken.reshape(values.shape[0], number, length).sum(axis=2))
