"""Every series judged by the method that its history and its counts allow.

Enough years and cases: Farrington with the guard. Fewer than one case in two periods: sums of
several. Fewer than three years known: EARS. Then all series of a period are one family of tests,
and those a council has named beforehand are another, its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samrad.analysis import families
from samrad.analysis.alarms.ears import LAG, WINDOW, ears
from samrad.analysis.alarms.farrington import latest_sum
from samrad.analysis.alarms.guard import detect_guarded
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import Settings
from samrad.analysis.alarms.sums import LOW, detect_sums
from samrad.analysis.poisson import Flags, Floats, Whole

FEWEST_YEARS = 3
FALSE_SHARE = 0.10


@dataclass(frozen=True)
class Watch:
    """What was found, and whether it stands among all that was looked at.

    `outcome`: as judged by each series' own method. `rises` and `falls` (S, K): p-values adjusted
    in the family of all series of the period (Benjamini–Hochberg). `named` (S, K): the same in the
    family of the series named beforehand, NaN for the others. `survives`: `rises` at most 10 %.
    """

    outcome: Outcome
    rises: Floats
    falls: Floats
    named: Floats
    survives: Flags


def watch(
    counts: Floats,
    at: Whole,
    settings: Settings,
    *,
    population: Floats | None = None,
    groups: NDArray[np.generic] | None = None,
    named: Flags | None = None,
    false_share: float = FALSE_SHARE,
) -> Watch:
    """Judge `counts` (S, T) at the places `at` (K,).

    `population` (S, T) where the settings compare per head; `groups` (S,) as in the guard; `named`
    (S,) true for the series agreed on beforehand. Raises ValueError as `detect` does, and for a
    place before EARS has its window.
    """
    counts, at = np.asarray(counts, dtype=np.float64), np.asarray(at, dtype=np.int64)
    columns = [_at_one(counts, int(place), settings, population, groups) for place in at]
    joined = {
        name: np.concatenate([getattr(one, name) for one in columns], axis=1)
        for name in Outcome.__dataclass_fields__
        if name != "at"
    }
    outcome = Outcome(at=at, **joined)
    rises = families.adjusted(outcome.p_family)
    own = np.full(rises.shape, np.nan)
    if named is not None and named.any():
        own[named] = families.adjusted(outcome.p_family[named])
    with np.errstate(invalid="ignore"):
        survives = rises <= false_share
    return Watch(outcome, rises, families.adjusted(outcome.p_low), own, survives)


def _at_one(
    counts: Floats,
    place: int,
    settings: Settings,
    population: Floats | None,
    groups: NDArray[np.generic] | None,
) -> Outcome:
    """One period of all series: with as many years as there are, EARS where there are too few."""
    here = np.array([place])
    years = min(settings.years, (place - settings.half_window) // settings.periods_per_year)
    short = known_years(counts[:, :place], settings) < FEWEST_YEARS
    if years < FEWEST_YEARS or short.all():
        return by_ears(counts, here, settings)
    settings = settings.with_years(years)
    found, _plain = detect_guarded(counts, here, settings, population=population, groups=groups)
    length = years * settings.periods_per_year + settings.half_window - settings.skipped
    low = ~short[:, None] & (found.cases < LOW * length) & ~np.isnan(found.p_high)
    if low.any():
        sums = detect_sums(
            counts, here, settings, groups=groups,
            population=population if settings.population else None,
        )  # fmt: skip
        found = found.where(low & ~np.isnan(sums.p_high), sums)
    if short.any():
        found = found.where(short[:, None], by_ears(counts, here, settings))
    return found


def known_years(counts: Floats, settings: Settings) -> Floats:
    """How many years of numbers each series has, (S,)."""
    return np.asarray((~np.isnan(counts)).sum(axis=1) / settings.periods_per_year)


def by_ears(counts: Floats, at: Whole, settings: Settings) -> Outcome:
    """EARS C2 as an outcome; nothing is judged where its window is not complete."""
    found = ears(counts, at)
    shape = found.c2.shape
    enough = latest_sum(counts, at, settings.enough[1]) >= settings.enough[0]
    judged = ~np.isnan(found.c2)
    none, no = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    observed = counts[:, at]
    places = np.maximum(at[:, None] - LAG - np.arange(1, WINDOW + 1), 0)
    cases = np.nan_to_num(counts[:, places]).sum(axis=2)
    with np.errstate(invalid="ignore"):
        fall = observed < found.lower
    return Outcome(
        at, observed, found.expected, np.where(judged, 1.0, np.nan), none, found.upper, found.lower,
        found.p_high, found.p_low, none, no, cases, cases, enough,
        (found.alarm_c1 | found.alarm_c2) & enough & (observed > 0), fall,
        np.where(judged, Method.EARS.value, Method.NOTHING.value), no,
    )  # fmt: skip
