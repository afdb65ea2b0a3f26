"""Alarms after Farrington, with the improvements of Noufaily: every series and period at once.

Farrington, Andrews, Beale & Catchpole 1996, *JRSS A* 159:547 (the model, the trend's rules, the
transformed limit); Noufaily et al. 2013, *Stat Med* 32:1206, doi:10.1002/sim.5595 (the season's
levels, the threshold 2.58 of the weights, the negative binomial limit); Salmon, Schumacher &
Höhle 2016, *J Stat Softw* 70(10) (the limit with the mean's uncertainty).

The steps for one period: a quasi-Poisson regression of the baseline on season and trend; weights
that make past outbreaks count for less; the regression again; without the trend where it leads
above everything seen; the limits of what that model lets expect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from samrad.analysis import poisson
from samrad.analysis.alarms import chances
from samrad.analysis.alarms.baseline import Baseline, baseline_of
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import POWERS, Settings
from samrad.analysis.poisson import Fit, Flags, Floats, Whole

ROWS_AT_A_TIME = 1024  # baselines of so many rows stay near the processor
FEWEST_YEARS_FOR_A_TREND = 3


@dataclass(frozen=True)
class Modelled:
    """What the regression expects of R judged periods.

    `error` is the standard error of log `mean`, from the dispersion as estimated, below 1 too.
    """

    mean: Floats
    dispersion: Floats
    error: Floats
    trend: Floats
    trend_used: Flags
    cases: Floats
    reference_cases: Floats

    @classmethod
    def empty(cls, rows: int) -> Modelled:
        """Room for so many rows, nothing known yet."""
        mean, dispersion, error, trend = np.full((4, rows), np.nan)
        used, cases, reference = np.zeros(rows, dtype=bool), np.zeros(rows), np.zeros(rows)
        return cls(mean, dispersion, error, trend, used, cases, reference)

    def put(self, rows: Flags | Whole | slice, other: Modelled) -> None:
        """Take over these rows from what was modelled apart."""
        for name in self.__dataclass_fields__:
            getattr(self, name)[rows] = getattr(other, name)


def detect(
    counts: Floats,
    at: Whole,
    settings: Settings,
    *,
    population: Floats | None = None,
    rows_at_a_time: int = ROWS_AT_A_TIME,
) -> Outcome:
    """Judge every series at these periods, by the method as published: without the guard.

    `counts` (S, T), a row a series, NaN where nothing is known; `at` (K,), places in time from 0,
    none before `settings.history`; `population` (S, T), above 0, needed where the settings compare
    per head. Memory grows with S·K numbers and `rows_at_a_time` baselines.

    Raises ValueError when a period has too little history or a shape does not fit.
    """
    counts, at, population = checked(counts, at, settings, population)
    modelled = model(
        counts, at, settings, baseline_of(settings), population=population,
        rows_at_a_time=rows_at_a_time,
    )  # fmt: skip
    return outcome_of(counts, at, settings, modelled)


def checked(
    counts: Floats, at: Whole, settings: Settings, population: Floats | None
) -> tuple[Floats, Whole, Floats | None]:
    """The arrays as they are needed, or ValueError."""
    counts, at = np.asarray(counts, dtype=np.float64), np.asarray(at, dtype=np.int64)
    trouble = ""
    if (counts.ndim, at.ndim) != (2, 1):
        trouble = "counts are series × periods, and the periods to judge a list"
    elif (counts < 0).any() or np.isinf(counts).any():
        trouble = "counts are zero or more"
    elif at.size and (at.min() < settings.history or at.max() >= counts.shape[1]):
        trouble = (
            f"periods can be judged from place {settings.history} to {counts.shape[1] - 1}, "
            f"not {at.min()}–{at.max()}"
        )
    elif settings.population and population is None:
        trouble = "these settings compare per head and need the population"
    elif settings.population and population is not None:
        population = np.asarray(population, dtype=np.float64)
        if population.shape != counts.shape or not (population > 0).all():
            trouble = "the population has a number above 0 for every count"
    if trouble:
        raise ValueError(trouble)
    return counts, at, population if settings.population else None


def model(
    counts: Floats,
    at: Whole,
    settings: Settings,
    baseline: Baseline,
    *,
    population: Floats | None,
    chosen: Flags | None = None,
    rows_at_a_time: int = ROWS_AT_A_TIME,
) -> Modelled:
    """The regression for S·K rows, a series' periods beside each other, or the chosen of them.

    `chosen` (S, K); rows not chosen stay unknown.
    """
    rows = np.arange(counts.shape[0] * at.size)
    found = Modelled.empty(rows.size)
    if chosen is not None:
        rows = rows[chosen.ravel()]
    for start in range(0, rows.size, rows_at_a_time):
        some = rows[start : start + rows_at_a_time]
        series, place = some // at.size, at[some % at.size]
        where = (series[:, None], place[:, None] - baseline.lags)
        offset = now = None
        if population is not None:
            offset, now = np.log(population[where]), np.log(population[series, place])
        found.put(some, model_rows(counts[where], settings, baseline, offset=offset, now=now))
    return found


def model_rows(
    past: Floats,
    settings: Settings,
    baseline: Baseline,
    *,
    offset: Floats | None = None,
    now: Floats | None = None,
) -> Modelled:
    """The regression of R baselines: `past` (R, n), `offset` (R, n) and `now` (R,) on the log."""
    known = ~np.isnan(past)
    past = np.where(known, past, 0.0)
    weights = None if known.all() else known.astype(np.float64)
    level, row_now = baseline.without_trend()
    plain = settings.trend and settings.trend_significance >= 1
    if settings.trend:
        fit = fitted(past, baseline.design, settings, weights, offset)
        found = seen_from(fit, baseline.now, now, past, baseline, with_trend=True)
        kept = fit.converged & (found.mean <= past.max(axis=1))
        kept &= settings.years >= FEWEST_YEARS_FOR_A_TREND
        if not plain:
            kept &= significant(fit, settings.trend_significance)
    else:
        found, kept = Modelled.empty(past.shape[0]), np.zeros(past.shape[0], dtype=bool)
    if not kept.all():
        again = ~kept
        fit = fitted(
            past[again], level, settings,
            None if weights is None else weights[again],
            None if offset is None else offset[again],
        )  # fmt: skip
        alone = seen_from(
            fit, row_now, None if now is None else now[again], past[again], baseline,
            with_trend=False,
        )  # fmt: skip
        found.put(again, alone)
    return found


def fitted(
    past: Floats,
    design: Floats,
    settings: Settings,
    weights: Floats | None,
    offset: Floats | None,
) -> Fit:
    """The regression, and once more with past outbreaks counting for less."""
    first = poisson.fit(past, design, weights=weights, offset=offset)
    if not settings.reweight:
        return first
    lessened = outbreak_weights(past, first, settings.weights_threshold)
    if weights is not None:
        lessened *= weights
    changed = (lessened != 1).any(axis=1) if weights is None else np.ones(len(past), dtype=bool)
    if not changed.any():
        return first
    number = np.count_nonzero(lessened[changed], axis=1)
    lessened = lessened[changed]
    total = lessened.sum(axis=1)  # nought where nothing is known of a row
    lessened *= np.divide(number, total, out=np.ones_like(total), where=total > 0)[:, None]
    second = poisson.fit(
        past[changed], design, weights=lessened,
        offset=None if offset is None else offset[changed],
    )  # fmt: skip
    return first.replaced(changed, second)


def outbreak_weights(past: Floats, fit: Fit, threshold: float) -> Floats:
    """s⁻² where the standardised Anscombe residual s is above the threshold, else 1.

    s = 1.5 (y^⅔ μ^-⅙ - μ^½) / √(φ(1 - h)), Noufaily et al. 2013, §3.3.
    """
    root = np.sqrt(fit.means)
    dispersion = np.maximum(1, np.nan_to_num(fit.dispersion, nan=1.0))
    spread = np.sqrt(dispersion[:, None] * np.maximum(1 - fit.leverage, SMALLEST_SPREAD))
    residual = 1.5 * (np.cbrt(past * past / root) - root) / spread
    return np.where(residual > threshold, np.maximum(residual, threshold) ** -2.0, 1.0)


MOST_ERROR = 10.0  # what is known no better than to a factor of 20,000 is not known at all
SMALLEST_SPREAD = 1e-12  # a point that alone decides its own expectation has no residual


def significant(fit: Fit, level: float) -> Flags:
    """Whether the trend, the last column, differs from none by a t-test at this level."""
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(fit.dispersion * fit.covariance[:, -1, -1])
        p = 2 * stats.t.sf(np.abs(fit.coefficients[:, -1]) / error, fit.freedom)
    return np.asarray(p < level)


def seen_from(
    fit: Fit,
    row: Floats,
    now: Floats | None,
    past: Floats,
    baseline: Baseline,
    *,
    with_trend: bool,
) -> Modelled:
    """What the fit lets expect of the judged period, whose row in the design this is."""
    linear = fit.coefficients @ row
    with np.errstate(over="ignore"):
        mean = np.exp(linear if now is None else linear + now)
    own = np.einsum("i,rij,j->r", row, fit.covariance, row)
    with np.errstate(invalid="ignore"):
        error = np.sqrt(fit.dispersion * own)
    trend = fit.coefficients[:, -1] if with_trend else np.full(len(past), np.nan)
    return Modelled(
        mean,
        np.fmax(1.0, fit.dispersion),
        error,
        trend,
        np.full(len(past), with_trend),
        past.sum(axis=1),
        past[:, baseline.reference].sum(axis=1),
    )


def outcome_of(
    counts: Floats, at: Whole, settings: Settings, modelled: Modelled, method: str = ""
) -> Outcome:
    """Limits, probabilities and alarms of what was modelled for S·K rows."""
    shape = (counts.shape[0], at.size)
    observed = counts[:, at]

    def shaped(values: Floats) -> Floats:
        return values.reshape(shape)

    mean, dispersion = shaped(modelled.mean), shaped(modelled.dispersion)
    limits = limits_of(observed, mean, dispersion, shaped(modelled.error), settings)
    upper, lower, p_high, p_low = (np.where(np.isnan(observed), np.nan, x) for x in limits)
    enough = latest_sum(counts, at, settings.enough[1]) >= settings.enough[0]
    judged = ~np.isnan(p_high)
    names = np.where(judged, method or Method.FARRINGTON.value, Method.NOTHING.value)
    with np.errstate(invalid="ignore"):
        alarm, fall = (observed > upper) & (observed > 0) & enough, observed < lower
    return Outcome(
        at, observed, np.where(judged, mean, np.nan), dispersion, shaped(modelled.error),
        upper, lower, p_high, p_low,
        shaped(modelled.trend), modelled.trend_used.reshape(shape), shaped(modelled.cases),
        shaped(modelled.reference_cases), enough, alarm, fall, names,
        np.zeros(shape, dtype=bool),
    )  # fmt: skip


def latest_sum(counts: Floats, at: Whole, periods: int) -> Floats:
    """Cases in the so many latest periods, the judged one included; what is missing adds none."""
    places = np.maximum(at[:, None] - np.arange(periods), 0)
    return np.asarray(np.nan_to_num(counts[:, places]).sum(axis=2))


def limits_of(
    observed: Floats, mean: Floats, dispersion: Floats, error: Floats, settings: Settings
) -> tuple[Floats, Floats, Floats, Floats]:
    """Upper and lower limit, P(Y ≥ observed) and P(Y ≤ observed), by the settings' threshold."""
    if settings.threshold == "delta":
        return transformed_limits(observed, mean, dispersion, error, settings)
    if settings.threshold == "predictive":
        return predicted_limits(observed, mean, dispersion, error, settings)
    high = low = mean
    if settings.threshold == "muan":  # the mean itself at the edge of what is believable
        reach = stats.norm.ppf(1 - settings.alpha) * error
        with np.errstate(over="ignore", invalid="ignore"):
            high, low = mean * np.exp(reach), mean * np.exp(-reach)
    return (
        chances.quantile(1 - settings.alpha, high, dispersion),
        chances.quantile(settings.alpha, low, dispersion),
        chances.at_least(observed, high, dispersion),
        chances.at_most(observed, low, dispersion),
    )


def predicted_limits(
    observed: Floats, mean: Floats, dispersion: Floats, error: Floats, settings: Settings
) -> tuple[Floats, Floats, Floats, Floats]:
    """Limits of the next count where mean and dispersion are themselves estimates.

    The count's variance is φμ + Var μ̂, with Var μ̂ = (μ · error)², in a negative binomial; that φ
    too is estimated takes Student's t for the normal, with the degrees of freedom that the
    regression leaves. With five years of quarters, where those are thirteen, the published limits
    ring three to four times as often as they say, and these about as often.
    """
    past = baseline_of(settings)
    freedom = max(past.lags.size - past.design.shape[1], 1)
    spread = dispersion + np.minimum(np.nan_to_num(error), MOST_ERROR) ** 2 * mean

    def with_t(p: Floats) -> Floats:
        return np.asarray(stats.t.sf(stats.norm.isf(np.maximum(p, LEAST_CHANCE)), freedom))

    edge = float(stats.norm.sf(stats.t.isf(settings.alpha, freedom)))
    return (
        chances.quantile(1 - edge, mean, spread),
        chances.quantile(edge, mean, spread),
        np.where(observed > 0, with_t(chances.at_least(observed, mean, spread)), 1.0),
        with_t(chances.at_most(observed, mean, spread)),
    )


LEAST_CHANCE = 1e-300


def transformed_limits(
    observed: Floats, mean: Floats, dispersion: Floats, error: Floats, settings: Settings
) -> tuple[Floats, Floats, Floats, Floats]:
    """Normal limits after a power transformation, the delta method; Farrington et al. 1996, §3.

    Var(y^c) ≈ (c μ^(c-1))² (φμ + Var μ̂), with Var μ̂ = (μ · error)².
    """
    power = POWERS[settings.power]
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = power * mean ** (power - 1) * np.sqrt(dispersion * mean + (error * mean) ** 2)
        reach = stats.norm.ppf(1 - settings.alpha) * spread
        upper = np.maximum(mean**power + reach, 0) ** (1 / power)
        lower = np.maximum(mean**power - reach, 0) ** (1 / power)
        place = (observed**power - mean**power) / spread
    return upper, lower, stats.norm.sf(place), stats.norm.cdf(place)
