"""Alarms tried on series whose truth is known, because they were drawn from it.

Three truths that offences resemble: Poisson; Poisson around a month's own level, which varies by a
fifth; and counts that come half again as scattered. Each with a season and a slow trend. A fourth,
where offences come in threes, is harder than what the promise is about; what it gives is told.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from samrad.analysis.alarms import MONTHLY, careful, detect_guarded
from samrad.analysis.families import adjusted
from tests.support.campaign import Result

BANDS = (0.02, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
TRUTHS = ("poisson", "own level", "scattered")
HARDER = "in threes"
PERIODS = 66
LATEST = np.array([PERIODS - 1])
SERIES = 10_000  # of each truth in each band
FAMILIES, MEMBERS, RISEN = 200, 1000, 50
MOST, LEAST, LEAST_FROM = 0.015, 0.005, 10
FALSE_SHARE = 0.10
NOTHING = 1e-6


def drawn(chance: np.random.Generator, mean: np.ndarray | float, truth: str, series: int):
    """Counts (series, PERIODS) of a truth, with a season and a trend of 3 % a year."""
    time, peak = np.arange(PERIODS), chance.uniform(0, 12, (series, 1))
    level = 0.2 * np.cos(2 * np.pi * (time - peak) / 12) + 0.03 * (time - PERIODS) / 12
    expected = mean * np.exp(level)
    if truth == "own level":
        expected = expected * chance.gamma(25, 1 / 25, expected.shape)
    elif truth != "poisson":
        scatter = 1.5 if truth == "scattered" else 3.0
        expected = chance.gamma(expected / (scatter - 1), scatter - 1)
    return chance.poisson(expected).astype(np.float64)


def false_alarms(*, seed: int, share: float) -> Result:
    """How often nothing happened and an alarm was raised, in every band of mean count."""
    chance, settings = np.random.default_rng(seed), careful(MONTHLY)
    series = max(300, round(SERIES * share))
    counts: dict[str, int | float] = {"series_a_band": series * len(TRUTHS)}
    remarks, passed, unfounded = [], True, 0
    for mean in BANDS:
        raised: Counter[str] = Counter()
        for truth in (*TRUTHS, HARDER):
            found, plain = detect_guarded(drawn(chance, mean, truth, series), LATEST, settings)
            promised = truth != HARDER
            raised["careful" if promised else HARDER] += int(found.alarm.sum())
            raised["falls"] += int(found.fall.sum()) if promised else 0
            unfounded += int((found.expected < NOTHING).sum() + np.isnan(found.p_high).sum())
            raised["unguarded"] += int((plain.expected < NOTHING).sum())
        total = series * len(TRUTHS)
        rate, falls, harder = (
            raised["careful"] / total, raised["falls"] / total, raised[HARDER] / series,
        )  # fmt: skip
        counts[f"false_alarms_percent_at_{mean:g}"] = round(100 * rate, 2)
        counts[f"false_falls_percent_at_{mean:g}"] = round(100 * falls, 2)
        counts[f"in_threes_percent_at_{mean:g}"] = round(100 * harder, 2)
        room = 0.0 if share == 1 else 3 * np.sqrt(MOST / total)
        for name, value in (("alarms", rate), ("falls", falls)):
            if value > MOST + room:
                passed = False
                remarks.append(f"{100 * value:.2f} % false {name} where {mean:g} are usual")
        if mean >= LEAST_FROM and rate < LEAST - room:
            passed = False
            remarks.append(f"only {100 * rate:.2f} % alarms where {mean:g} are usual")
        counts["expected_nothing_without_the_guard"] = (
            counts.get("expected_nothing_without_the_guard", 0) + raised["unguarded"]
        )
    counts["judgements_on_nothing"] = unfounded
    if unfounded:
        remarks.append(f"{unfounded} judgements rest on an expected count below {NOTHING:g}")
    worst = max(counts[f"in_threes_percent_at_{mean:g}"] for mean in BANDS)
    remarks.append(f"Where offences come in threes, up to {worst} % are false.")
    return Result(passed=passed and not unfounded, counts=counts, remarks=remarks)


def false_discoveries(*, seed: int, share: float) -> Result:
    """What share of the alarms that stand among all series is false, a rise in 50 of 1,000."""
    chance, settings = np.random.default_rng(seed + 1), careful(MONTHLY)
    families = max(3, round(FAMILIES * share))
    shares, found_true, kept = [], 0, 0
    for number in range(families):
        mean = np.exp(chance.normal(1.0, 1.6, (MEMBERS, 1)))
        series = drawn(chance, mean, TRUTHS[number % len(TRUTHS)], MEMBERS)
        series[:RISEN, -1] += chance.poisson(2 * mean[:RISEN, 0] + 4)
        found, _plain = detect_guarded(series, LATEST, settings)
        stands = adjusted(found.p_family[:, 0]) <= FALSE_SHARE
        true = int(stands[:RISEN].sum())
        found_true, kept = found_true + true, kept + int(stands.sum())
        shares.append((stands.sum() - true) / max(1, stands.sum()))
    rate = float(np.mean(shares))
    room = 0.0 if share == 1 else 3 * float(np.std(shares)) / np.sqrt(families)
    counts = {
        "families": families,
        "alarms_that_stand": kept,
        "false_among_them_percent": round(100 * rate, 2),
        "rises_found_percent": round(100 * found_true / (families * RISEN), 1),
    }
    passed = rate <= FALSE_SHARE + room and found_true > 0
    remarks = [] if passed else [f"{100 * rate:.1f} % of the alarms that stand are false"]
    return Result(passed=passed, counts=counts, remarks=remarks)
