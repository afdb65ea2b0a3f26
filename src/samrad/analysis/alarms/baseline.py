"""Which past periods a period is compared with, and the design of the regression on them.

Written in lags (how many periods back), all periods have the same baseline and therefore the same
design: that is why any number of series and periods is one batch. Whole periods, not days: a year
is exactly `periods_per_year` of them (ADR 23).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from samrad.analysis.alarms.settings import Settings
from samrad.analysis.poisson import Flags, Floats, Whole


@dataclass(frozen=True)
class Baseline:
    """The past as the regression sees it.

    `lags` (n,), oldest first; `reference` (n,), those in the season compared with; `design`
    (n, p): a column for each season level, then the trend, -lag; `now` (p,), the row of the
    design that the judged period has.
    """

    lags: Whole
    reference: Flags
    design: Floats
    now: Floats

    def without_trend(self) -> tuple[Floats, Floats]:
        """The design and the judged period's row, the trend left out."""
        return self.design[:, :-1], self.now[:-1]


@lru_cache(maxsize=32)
def baseline_of(settings: Settings, *, season: bool = True) -> Baseline:
    """Noufaily et al. 2013, §3.2: levels of the season over the whole past, not windows alone.

    With one level the past is the windows alone, as in Farrington et al. 1996. Without `season`
    all of the past is one level: what is left when a season cannot be estimated.
    """
    year = settings.periods_per_year
    lags = np.arange(settings.history, settings.skipped, -1)
    place = lags % year
    reference = (place <= settings.half_window) | (place >= year - settings.half_window)
    if season and settings.levels == 1:
        lags, reference, place = lags[reference], reference[reference], place[reference]
    level = levels_of(settings)[place] if season else np.zeros_like(lags)
    design = np.zeros((lags.size, level.max() + 2))
    design[np.arange(lags.size), level] = 1
    design[:, -1] = -lags
    now = np.zeros(design.shape[1])
    now[0] = 1
    return Baseline(lags, reference, design, now)


def levels_of(settings: Settings) -> Whole:
    """The level of every lag within a year, (periods_per_year,); level 0 is compared with.

    What is left of the year is cut, in the order of time, into as equal parts as can be, the
    longer ones first.
    """
    year, width = settings.periods_per_year, settings.half_window
    found = np.zeros(year, dtype=np.int64)
    if settings.levels == 1:
        return found
    rest = np.arange(year - width - 1, width, -1)
    for number, part in enumerate(np.array_split(rest, settings.levels - 1), start=1):
        found[part] = number
    return found
