"""An alarm at one percent is false once or twice in a hundred, and none rests on nothing.

Series drawn from known truths, in bands of the mean count: how often an alarm is raised where
nothing happened; what share of the alarms that stand among all series is false; and that no
judgement rests on an expected count below one in a million. The limits are the careful ones that
`watch` is given; the published limit promises less when counts scatter (ADR 23).
"""

from __future__ import annotations

from collections.abc import Callable

from tests.analysis.trials_of_alarms import false_alarms, false_discoveries
from tests.support.campaign import Result

COVERS = [
    "src/samrad/analysis/poisson.py",
    "src/samrad/analysis/families.py",
    "src/samrad/analysis/alarms/*.py",
    "tests/analysis/trials_of_alarms.py",
]

# A trial takes a seed and a share and gives a Result; another method is another line here.
TRIALS: dict[str, Callable[..., Result]] = {
    "alarms": false_alarms,
    "families": false_discoveries,
}


def run(*, seed: int, share: float = 1.0) -> Result:
    """Every trial, their counts under their names."""
    results = {name: trial(seed=seed, share=share) for name, trial in TRIALS.items()}
    return Result(
        passed=all(result.passed for result in results.values()),
        counts={
            f"{name}: {key}": value
            for name, result in results.items()
            for key, value in result.counts.items()
        },
        remarks=[remark for result in results.values() for remark in result.remarks],
    )
