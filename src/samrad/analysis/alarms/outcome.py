"""What was found for every series at every period that was judged."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.poisson import Flags, Floats, Whole


class Method(StrEnum):
    """How the expected count came about."""

    FARRINGTON = "farrington"
    WITHOUT_SEASON = "without_season"
    PRIOR = "prior"
    SUMS = "sums"
    EARS = "ears"
    NOTHING = "not_judged"


@dataclass(frozen=True)
class Outcome:
    """Arrays of S series × K periods, but `at` (K,): the places of the periods, counted from 0.

    `expected` and `dispersion` (1 or more) describe the counts that were to be expected, `error`
    is the standard error of the logarithm of `expected`; `upper`
    and `lower` are the limits, of counts still ordinary; `p_high` is P(Y ≥ observed), `p_low`
    P(Y ≤ observed). `trend` is the change per period on the log scale, not a number where
    `trend_used` is false. `cases` is how many the baseline holds, `reference_cases` those of
    them in the season compared with. `enough` is false where the latest periods hold too few
    cases for an alarm; `p_high` is given all the same. `alarm` is a count above `upper`, `fall`
    one below `lower`. `method` holds values of `Method`; `pooled` says that the dispersion was
    taken from other series. Where nothing could be judged the numbers are not numbers.
    """

    at: Whole
    observed: Floats
    expected: Floats
    dispersion: Floats
    error: Floats
    upper: Floats
    lower: Floats
    p_high: Floats
    p_low: Floats
    trend: Floats
    trend_used: Flags
    cases: Floats
    reference_cases: Floats
    enough: Flags
    alarm: Flags
    fall: Flags
    method: NDArray[np.str_]
    pooled: Flags

    @property
    def excess(self) -> Floats:
        """How far beyond the expected, where the upper limit is 1: (y - μ) / (U - μ)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((self.observed - self.expected) / (self.upper - self.expected))

    @property
    def ratio(self) -> Floats:
        """Observed by expected."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.observed / self.expected)

    @property
    def p_family(self) -> Floats:
        """The p-values a family of tests is made of: 1 where an alarm is filtered away.

        The filter looks at the judged count itself, so the filtered must stay in the family.
        """
        return np.where(self.enough | np.isnan(self.p_high), self.p_high, 1.0)

    def where(self, chosen: Flags, other: Outcome) -> Outcome:
        """The other outcome in the chosen places (S, K), this one in the rest."""
        changed = {
            field.name: np.where(chosen, getattr(other, field.name), getattr(self, field.name))
            for field in fields(self)
            if field.name != "at"
        }
        return replace(self, **changed)
