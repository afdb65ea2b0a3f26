"""Figures: what a table says by its recipe, about our areas, in our periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from samrad.knowledge.rules.table import Nothing, Number

Key = tuple[str, str, str, str]


@dataclass
class Figures:
    """Many figures, a list for each of their sides. `place` is our area's reference, or empty."""

    indicator: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    area: list[str] = field(default_factory=list)  # the publisher's code
    area_name: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    start: list[date] = field(default_factory=list)
    end: list[date] = field(default_factory=list)
    value: list[Number | None] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)  # why there is no value
    mark: list[str] = field(default_factory=list)  # as the publisher wrote it

    def __len__(self) -> int:
        return len(self.indicator)

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> Figures:
        """Those of these rows, each with its sides in the order above."""
        return cls(*(list(side) for side in zip(*rows, strict=True)))

    def keys(self) -> Iterator[Key]:
        """What each is about: indicator, split, area, period."""
        return zip(self.indicator, self.split, self.area, self.period, strict=True)

    def stands(self) -> dict[Key, tuple[Number | None, str]]:
        """The value, or why there is none, by what it is about."""
        return dict(zip(self.keys(), zip(self.value, self.nothing, strict=True), strict=True))

    def taken(self, numbers: list[int]) -> Figures:
        """Only those of these numbers."""
        return Figures(**{side: [getattr(self, side)[n] for n in numbers] for side in SIDES})

    def count(self, nothing: Nothing) -> int:
        """How many are nothing for this reason."""
        return self.nothing.count(nothing)


SIDES = tuple(one.name for one in fields(Figures))


@dataclass(frozen=True)
class Count:
    """What was taken in, in the numbers an operator compares with the publisher's."""

    rows: int
    periods: int
    first: str
    last: str
    areas: int
    indicators: int
    hidden: int
    missing: int
    not_then: int
    zero: int

    @classmethod
    def of(cls, figures: Figures) -> Count:
        """The counts of these figures."""
        spans = dict(zip(figures.period, zip(figures.start, figures.end, strict=True), strict=True))
        ordered = sorted(spans, key=spans.__getitem__)
        return cls(
            rows=len(figures),
            periods=len(ordered),
            first=ordered[0] if ordered else "",
            last=ordered[-1] if ordered else "",
            areas=len(set(figures.area)),
            indicators=len(set(figures.indicator)),
            hidden=figures.count(Nothing.HIDDEN),
            missing=figures.count(Nothing.MISSING),
            not_then=figures.count(Nothing.NOT_THEN),
            zero=sum(value == 0 for value in figures.value),
        )


YEARS_NEAR = 2


def people_in(year: int, known: Mapping[int, Number]) -> Number | None:
    """How many lived there that year, or in the nearest that is known; None beyond two years.

    Numbers of people move slowly, and yet a rate is of its own time.
    """
    nearest = min(known, key=lambda one: (abs(one - year), one), default=None)
    return None if nearest is None or abs(nearest - year) > YEARS_NEAR else known[nearest]
