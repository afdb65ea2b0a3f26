"""Placebo measures on real figures: how often an effect is found where nothing was done.

The Danish quarters 2016–2025, 98 municipalities by kind of offence: each municipality in turn gets
a measure that nobody took, a year is compared with the year before, and the interval from placebos
of like size must leave 1 out in at most 6.5 % of the cases, for each kind. Then three in ten of
the incidents are taken away by lot, and where the baseline is large enough, it must be found.
"""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.effects import dispersion_beside, placebo_in_space
from tests.analysis.shared_data import DATA
from tests.support.campaign import Result

FILE = DATA / "offences/dk_straf11_kommune_kvartal_2016_2025.csv"
WITHOUT_PEOPLE = {"998", "411"}
YEAR = 4
MOST_FALSE = 0.065
FALL = 0.7
POWER = 0.8
LEAST_SHARE = 0.15  # fewer placebos could not tell 5 % from 15 %
# From how many incidents a year a fall of 30 % is found in four of five cases. Of the other kinds
# no Danish municipality has enough: they differ so much from year to year that less cannot be
# told.
ENOUGH = {"Total all offences": 1600, "Violence": 600, "Other theft": 1600}
Quarters = dict[str, NDArray[np.int64]]


def placebo_measures(*, seed: int, share: float = 1.0) -> Result:
    """Realised rate of false effects for each kind of offence, and the power where it is stated."""
    if not FILE.exists():
        return Result(passed=False, remarks=[f"{FILE.name} is missing: place it in ../shared/data"])
    chance = np.random.default_rng(seed)
    counts: dict[str, int | float] = {}
    passed = True
    for kind, quarters in read().items():
        false, power, tried, large = tried_on(quarters, ENOUGH.get(kind), chance, share)
        counts |= {f"{kind}: placebos": tried, f"{kind}: false": round(false, 4)}
        # A share tries few of them, so its rate is allowed three standard errors more.
        slack = 0 if share == 1 else 3 * np.sqrt(MOST_FALSE / tried)
        passed &= false <= MOST_FALSE + slack
        if kind in ENOUGH and large:
            counts |= {f"{kind}: power from {ENOUGH[kind]}": round(power, 3)}
            passed &= power >= POWER - (0 if share == 1 else 3 * np.sqrt(0.16 / large))
    return Result(passed=bool(passed), counts=counts)


def read() -> Quarters:
    """Counts (municipalities, quarters) for each kind of offence."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with FILE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["niveau"].startswith("kommune") and row["omrade"] not in WITHOUT_PEOPLE:
                series = found[row["overtraedelse_label"]][row["omrade"]]
                series[row["kvartal"]] = int(row["antal"] or 0)
    return {
        kind: np.array([[one[quarter] for quarter in sorted(one)] for one in areas.values()])
        for kind, areas in found.items()
    }


def tried_on(
    quarters: NDArray[np.int64], enough: int | None, chance: np.random.Generator, share: float
) -> tuple[float, float, int, int]:
    """Share of false effects, share of falls found, and how many were tried of each."""
    false, found = [], []
    for start in range(YEAR, quarters.shape[1] - YEAR + 1, YEAR):
        before, after = quarters[:, start - YEAR : start], quarters[:, start : start + YEAR]
        phi = dispersion_beside(before, after)
        first, then = before.sum(axis=1), after.sum(axis=1)
        for area in np.flatnonzero(chance.random(first.size) < max(share, LEAST_SHARE)):
            one = placebo_in_space(first, then, area, dispersion=phi, nearest=39)
            false.append(not one.low <= 1 <= one.high)
            if enough and first[area] >= enough:
                fewer = then.copy()
                fewer[area] = chance.binomial(then[area], FALL)
                other = placebo_in_space(first, fewer, area, dispersion=phi, nearest=39)
                found.append(other.high < 1)
    power = float(np.mean(found)) if found else 0.0
    return float(np.mean(false)) if false else 0.0, power, max(1, len(false)), len(found)
