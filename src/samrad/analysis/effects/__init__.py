"""Did it change after the measure, more than elsewhere, and could chance alone have done it?

`ratio` is the relative rate ratio, `displacement` weighs moving against gain, `placebo` asks what
areas without a measure show, `series` follows one place over time, `pooling` several measures
together, and `guard` keeps the months that called for the measure out of what it is compared with.
"""

from samrad.analysis.effects.displacement import Quotient, WeightedDifference, wdd, wdq
from samrad.analysis.effects.guard import Baseline, baseline_months
from samrad.analysis.effects.placebo import (
    Placebo,
    dispersion_beside,
    placebo_in_space,
    placebos_everywhere,
)
from samrad.analysis.effects.pooling import Pooled, pool
from samrad.analysis.effects.ratio import (
    RateRatio,
    dispersion,
    ratio_of_periods,
    relative_rate_ratio,
)
from samrad.analysis.effects.series import Interrupted, interrupted_series

__all__ = [
    "Baseline", "Interrupted", "Placebo", "Pooled", "Quotient", "RateRatio", "WeightedDifference",
    "baseline_months", "dispersion", "dispersion_beside", "interrupted_series",
    "placebo_in_space", "placebos_everywhere", "pool", "ratio_of_periods", "relative_rate_ratio",
    "wdd", "wdq",
]  # fmt: skip
