"""How many examples a property is tried with: a tenth of them in the quick tier."""

from __future__ import annotations

import hypothesis

QUICK, COMPLETE = 20, 60
_tier = {"everything": False}


def choose(*, everything: bool) -> None:
    """Settle the tier, and how many examples where a test does not say so itself.

    No deadlines: how long an example takes is the machine's business, and benchmarks measure it.
    """
    _tier["everything"] = everything
    hypothesis.settings.register_profile(
        "samrad",
        max_examples=COMPLETE if everything else QUICK,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        database=None,
    )
    hypothesis.settings.load_profile("samrad")


def tries(complete: int) -> int:
    """So many in the complete tier, a tenth in the quick one, never fewer than its usual."""
    return complete if _tier["everything"] else max(QUICK, complete // 10)
