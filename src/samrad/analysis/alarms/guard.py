"""The separation guard: no expectation that rests on an empty past.

Where the season compared with holds only zeros, maximum likelihood puts the expected count at
nothing, and a single case gets a probability of 10⁻¹⁰. Such a number says how the model failed and
nothing about the municipality; so it is never reported. What happens instead, in this order:

1. The regression without season, on the whole baseline.
2. Where that too expects next to nothing: the Gamma-Poisson prior of the other series of the same
   group (Clayton & Kaldor 1987, *Biometrics* 43:671), whose predictive distribution is negative
   binomial. The prior never weighs more than the series' own past, and is never narrower than
   Jeffreys': so the expected count stays above 0.5 / (2 · periods in the baseline).
3. A dispersion estimated from fewer than ten cases is replaced by the median of the group's.

Every place where this was done carries its method; see ADR 23.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.alarms.baseline import baseline_of
from samrad.analysis.alarms.farrington import (
    ROWS_AT_A_TIME,
    Modelled,
    checked,
    detect,
    model,
    outcome_of,
)
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import Settings
from samrad.analysis.poisson import Flags, Floats, Whole

NEXT_TO_NOTHING = 0.05
FEWEST_CASES = 3
FEWEST_CASES_FOR_A_DISPERSION = 10
JEFFREYS = 0.5


def detect_guarded(
    counts: Floats,
    at: Whole,
    settings: Settings,
    *,
    population: Floats | None = None,
    groups: NDArray[np.generic] | None = None,
    rows_at_a_time: int = ROWS_AT_A_TIME,
) -> tuple[Outcome, Outcome]:
    """The judgement with the guard, and beside it the one of the method as published.

    `groups` (S,) names the series that resemble each other, one offence as a rule; without it
    all are one group. The rest is as in `detect`, which also says what is raised.
    """
    plain = detect(counts, at, settings, population=population, rows_at_a_time=rows_at_a_time)
    return guarded(
        plain, counts, settings, population=population, groups=groups,
        rows_at_a_time=rows_at_a_time,
    ), plain  # fmt: skip


def guarded(
    plain: Outcome,
    counts: Floats,
    settings: Settings,
    *,
    population: Floats | None = None,
    groups: NDArray[np.generic] | None = None,
    rows_at_a_time: int = ROWS_AT_A_TIME,
) -> Outcome:
    """The outcome with what rested on an empty past judged another way."""
    counts, at, population = checked(counts, plain.at, settings, population)
    if settings.threshold in {"muan", "delta"}:  # both need more cases than there are
        settings = replace(settings, threshold="nbPlugin")
    members = membership(groups, counts.shape[0])
    judged = ~np.isnan(plain.observed)
    suspect = judged & is_empty(plain)
    found = plain
    if suspect.any():
        again = model(
            counts, at, settings, baseline_of(settings, season=False), population=population,
            chosen=suspect, rows_at_a_time=rows_at_a_time,
        )  # fmt: skip
        other = outcome_of(counts, at, settings, again, Method.WITHOUT_SEASON)
        found = found.where(suspect, other)
        still = suspect & is_empty(other, season=False)
        if still.any():
            prior = from_prior(counts, at, settings, population, members, chosen=still)
            found = found.where(still, prior)
    return with_pooled_dispersion(found, plain, counts, settings, members)


def is_empty(found: Outcome, *, season: bool = True) -> Flags:
    """Whether next to nothing is expected, or what is compared with holds (nearly) no case."""
    with np.errstate(invalid="ignore"):
        expected = ~(found.expected >= NEXT_TO_NOTHING)
    held = found.reference_cases if season else found.cases
    return np.asarray(expected | (held < (1 if season else FEWEST_CASES)))


def membership(groups: NDArray[np.generic] | None, series: int) -> Whole:
    """The number of each series' group."""
    if groups is None:
        return np.zeros(series, dtype=np.int64)
    if np.shape(groups) != (series,):
        message = f"{np.size(groups)} groups for {series} series"
        raise ValueError(message)
    _names, numbers = np.unique(groups, return_inverse=True)
    return np.asarray(numbers, dtype=np.int64)


def from_prior(
    counts: Floats,
    at: Whole,
    settings: Settings,
    population: Floats | None,
    members: Whole,
    *,
    chosen: Flags,
) -> Outcome:
    """What the group's prior and the series' own cases let expect: (O + a) / (E + b).

    O cases in E periods of the baseline, or in E person-periods; the predictive variance is
    (1 + 1/(E + b)) times the mean.
    """
    cases, exposure, now = exposures(counts, at, settings, population)
    shape, rate = priors(cases, exposure, members)
    mean = np.where(chosen, now * (cases + shape) / (exposure + rate), np.nan)
    dispersion = 1 + now / (exposure + rate)
    modelled = Modelled.empty(mean.size)
    modelled = replace(
        modelled, mean=mean.ravel(), dispersion=dispersion.ravel(),
        error=np.zeros(mean.size), cases=cases.ravel(), reference_cases=cases.ravel(),
    )  # fmt: skip
    return outcome_of(counts, at, settings, modelled, Method.PRIOR)


def exposures(
    counts: Floats, at: Whole, settings: Settings, population: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Cases (S, K) in the baseline, exposure there, and exposure in the judged period."""
    known = ~np.isnan(counts)
    weight = known.astype(np.float64) if population is None else np.where(known, population, 0.0)
    first, last = at - settings.history, at - settings.skipped
    cases = between(np.nan_to_num(counts), first, last)
    exposure = between(weight, first, last)
    now = np.ones_like(cases) if population is None else population[:, at]
    return cases, np.maximum(exposure, now), now


def between(values: Floats, first: Whole, last: Whole) -> Floats:
    """Sums (S, K) from each first place to before each last one."""
    running = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=running[:, 1:])
    return np.asarray(running[:, last] - running[:, first])


def priors(cases: Floats, exposure: Floats, members: Whole) -> tuple[Floats, Floats]:
    """The Gamma prior (a, b) of every series by moments of its group, (S, K) each.

    Clayton & Kaldor 1987: mean m = ΣO/ΣE, variance of the true rates s² - m/Ē; b = m / variance
    and a = m b. Bounded: b ≤ E and a ≥ ½ (see the module).
    """
    shape, rate = np.empty_like(cases), np.empty_like(cases)
    for group in np.unique(members):
        rows = members == group
        total = exposure[rows].sum(axis=0)
        mean = cases[rows].sum(axis=0) / total
        spread = exposure[rows] * (cases[rows] / exposure[rows] - mean) ** 2
        variance = spread.sum(axis=0) / total - mean / exposure[rows].mean(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(variance > 0, mean / variance, np.inf)
        rate[rows] = np.minimum(weight, exposure[rows])
        shape[rows] = np.maximum(mean * rate[rows], JEFFREYS)
    return shape, rate


def with_pooled_dispersion(
    found: Outcome, plain: Outcome, counts: Floats, settings: Settings, members: Whole
) -> Outcome:
    """Where fewer than ten cases were seen, the median dispersion of those that saw more."""
    few = (found.cases < FEWEST_CASES_FOR_A_DISPERSION) & ~np.isnan(found.p_high)
    if not few.any():
        return found
    usual = pooled(plain, members)
    extra = np.where(found.method == Method.PRIOR, found.dispersion - 1, 0.0)
    mean = np.where(few, found.expected, np.nan)
    modelled = replace(
        Modelled.empty(few.size), mean=mean.ravel(), dispersion=(usual + extra).ravel(),
        error=found.error.ravel(), trend=found.trend.ravel(), trend_used=found.trend_used.ravel(),
        cases=found.cases.ravel(), reference_cases=found.reference_cases.ravel(),
    )  # fmt: skip
    other = outcome_of(counts, found.at, settings, modelled)
    other = replace(other, method=found.method, pooled=np.ones_like(few))
    return found.where(few, other)


def pooled(plain: Outcome, members: Whole) -> Floats:
    """The median dispersion (S, K) of each group's series with cases enough; 1 without any."""
    told = np.where(
        (plain.cases >= FEWEST_CASES_FOR_A_DISPERSION) & ~is_empty(plain), plain.dispersion, np.nan
    )
    usual = np.ones_like(told)
    for group in np.unique(members):
        rows = members == group
        known = ~np.isnan(told[rows]).all(axis=0)
        if known.any():
            usual[np.ix_(rows, known)] = np.nanmedian(told[rows][:, known], axis=0)
    return usual
