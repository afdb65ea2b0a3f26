"""Which way of holding figures back public sheets were made by, and what it leaves of a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from samrad.knowledge.rules.periods import in_a_year, read_period

#: Raised when small numbers are protected in another way: at night what anybody reads is laid out
#: anew where an older way made it. 1: kinds together with their total. 2: beside what
#: was known of parts of areas, and of what is in no sum that anybody reads. 3: what is worked out
#: for anybody is worked out of what anybody reads.
WAY_OF_PROTECTING = 3


def latest_year_is_shown(periods: Sequence[str], held: Collection[int]) -> bool:
    """Whether none of the latest year's periods is among the positions that are held back."""
    if not periods:
        return False
    first = len(periods) - in_a_year(read_period(periods[-1]).kind)
    return not any(at >= first for at in held)
