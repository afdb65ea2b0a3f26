"""From figures to places on a sheet, and the round numbers an axis names."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)
FINE = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)  # ratios that are named where all are near 1
NEAR, EDGE, FEW_TICKS = 1.25, 1.04, 4
LEAST_TOP = 1e-9  # what is less is nothing, on paper


@dataclass(frozen=True)
class Scale:
    """A straight or logarithmic way from `first…last` of a figure to `start…end` on the sheet."""

    first: float
    last: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """Where a figure stands; what lies outside stands at the edge."""
        low, high, at = (self._line(one) for one in (self.first, self.last, self._inside(value)))
        part = 0.5 if high == low else (at - low) / (high - low)
        return self.start + part * (self.end - self.start)

    def _inside(self, value: float) -> float:
        return min(max(value, min(self.first, self.last)), max(self.first, self.last))

    def _line(self, value: float) -> float:
        return math.log(value) if self.is_log else value


def round_ticks(top: float, *, at_most: int = 5, whole: bool = False) -> list[float]:
    """Round numbers from 0 to at least `top`, evenly apart; `whole` ones where things are counted.

    Of whole numbers there may be one more than `at_most`.
    """
    if not math.isfinite(top) or top < LEAST_TOP:
        return [0.0, 1.0]
    step = _round_step(top / at_most)
    if whole:
        step = max(float(math.floor(step)), 1.0)
    count = math.ceil(top / step - 1e-9)
    return [number * step for number in range(count + 1)]


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is at least this."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(one * power for one in STEPS if one * power >= least * (1 - 1e-9))


def ticks_within(top: float, *, at_most: int = 5, whole: bool = False) -> list[float]:
    """The same without those above `top`: an axis ends where the figures do."""
    ticks = round_ticks(top, at_most=at_most, whole=whole)
    return ticks if top < ticks[1] else [one for one in ticks if one <= top * (1 + 1e-9)]


def powers_between(first: float, last: float) -> list[float]:
    """The ones, twos and fives of every power of ten between two figures above nought."""
    low, high = math.floor(math.log10(first)), math.ceil(math.log10(last))
    names = [one * 10.0**power for power in range(low, high + 1) for one in (1, 2, 5)]
    return [one for one in names if first <= one <= last]


def ratio_ticks(low: float, high: float) -> list[float]:
    """Halves and doubles around 1 that a reader of ratios knows: … 0.5, 1, 2, 4 …"""
    first, last = math.floor(math.log2(low)), math.ceil(math.log2(high))
    return [2.0**power for power in range(min(first, -1), max(last, 1) + 1)]


def ratio_scale(low: float, high: float) -> tuple[float, float, list[float]]:
    """Where an axis of ratios begins and ends, around the figures, and what it names between."""
    first, last = min(low, 1 / NEAR) / EDGE, max(high, NEAR) * EDGE
    ticks = [one for one in ratio_ticks(first, last) if first <= one <= last]
    if len(ticks) < FEW_TICKS:
        ticks = [one for one in FINE if first <= one <= last]
    return first, last, ticks


def top_of(values: Iterable[float | None]) -> float:
    """The largest of the figures there are; 0 for none."""
    return max((one for one in values if one is not None), default=0.0)
