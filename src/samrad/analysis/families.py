"""Many tests at once: how many of the alarms may be chance.

Holm 1979, *Scand J Stat* 6:65 (no false alarm at all); Benjamini & Hochberg 1995, *JRSS B* 57:289
(at most a given share of the alarms false); Benjamini & Yekutieli 2001, *Ann Stat* 29:1165 (the
same whatever depends on whatever). A family is everything that was looked at: what was filtered
away by looking at the same count stays in it with p = 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from samrad.analysis.poisson import Floats

METHODS: Final = ("BH", "BY", "holm")


def adjusted(p: Floats, method: str = "BH") -> Floats:
    """Adjusted p-values: `p` (m,) or (m, K), a family in each column; same shape.

    A value that is not a number belongs to no family and stays so. Raises ValueError for a p
    outside 0–1 and for a method that is not in METHODS.
    """
    values = np.asarray(p, dtype=np.float64)
    if method not in _ADJUST:
        message = f"the methods are {', '.join(METHODS)}, not {method!r}"
        raise ValueError(message)
    if ((values < 0) | (values > 1)).any():
        message = "a p-value lies between 0 and 1"
        raise ValueError(message)
    columns = values.reshape(values.shape[0], -1)
    found = np.full(columns.shape, np.nan)
    for number in range(columns.shape[1]):
        known = ~np.isnan(columns[:, number])
        found[known, number] = _family(columns[known, number], _ADJUST[method])
    return found.reshape(values.shape)


def _family(p: Floats, adjust: Callable[[Floats], Floats]) -> Floats:
    """One family: adjust in ascending order, then back."""
    order = np.argsort(p, kind="stable")
    found = np.empty_like(p)
    found[order] = np.minimum(adjust(p[order]), 1.0)
    return found


def _step_up(ascending: Floats) -> Floats:
    """p · m / rank, and never more than a larger p gets."""
    m = ascending.size
    scaled = ascending * m / np.arange(1, m + 1)
    return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1])


def _whatever_depends(ascending: Floats) -> Floats:
    """The step-up times Σ 1/i."""
    harmonic = (1 / np.arange(1, ascending.size + 1)).sum()
    scaled = ascending * harmonic * ascending.size / np.arange(1, ascending.size + 1)
    return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1])


def _step_down(ascending: Floats) -> Floats:
    """p · (m - rank + 1), and never less than a smaller p gets."""
    return np.asarray(np.maximum.accumulate(ascending * np.arange(ascending.size, 0, -1)))


_ADJUST: Final[dict[str, Callable[[Floats], Floats]]] = {
    "BH": _step_up,
    "BY": _whatever_depends,
    "holm": _step_down,
}
