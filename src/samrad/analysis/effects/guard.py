"""The guard against regression to the mean.

A measure often starts because of an alarm. The alarm's months are high by selection, so what
follows would fall without any measure; a comparison with them shows an effect that is not there.
They are taken out of the baseline, or, when too little is left, the result carries a warning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Baseline:
    """`use` (n,): the periods to compare with; `left_out` of them for alarms; `warn` when the
    alarm's periods had to stay in because too few others were there.
    """

    use: NDArray[np.bool_]
    left_out: int
    warn: bool


def baseline_months(
    periods: ArrayLike, alarms: ArrayLike, start: int, *, fewest: int = 12, lead: int = 0
) -> Baseline:
    """The periods before the measure, without those that raised an alarm.

    `periods` (n,) whole numbers in time order, `alarms` those that alarmed, `start` the measure's
    first period, `lead` how many periods before an alarm belong to its rise. At least `fewest`
    must remain.
    """
    when = np.asarray(periods, dtype=np.int64)
    raised = np.asarray(alarms, dtype=np.int64).reshape(-1)
    before = when < start
    tainted = np.zeros(when.size, dtype=np.bool_)
    for back in range(lead + 1):
        tainted |= np.isin(when, raised - back)
    clean = before & ~tainted
    if int(clean.sum()) >= fewest or not bool((before & tainted).any()):
        return Baseline(clean, int((before & tainted).sum()), warn=False)
    return Baseline(before, 0, warn=True)
