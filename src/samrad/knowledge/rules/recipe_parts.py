"""What a recipe is made of: how figures lie, and where areas, periods and counts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samrad.kernel.multilingual import Words
from samrad.knowledge.rules.periods import PeriodKind


class Layout(StrEnum):
    """How the figures lie in the file."""

    LONG = "long"  # a row for each figure
    WIDE = "wide"  # a row for each series, a column for each period
    CUBE = "cube"  # JSON-stat
    INCIDENTS = "incidents"  # a row for each thing that happened


class Direction(StrEnum):
    """Which way is better. Codes are stable."""

    DOWN = "down"
    UP = "up"
    NEITHER = "neither"


@dataclass(frozen=True)
class Field:
    """A column or a dimension, by the name it has and by names it has had or may get."""

    name: str
    also: tuple[str, ...] = ()
    label: str = ""  # the column with what its codes are called

    @property
    def names(self) -> tuple[str, ...]:
        """All the names it is known by."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class AreaRule:
    """Where the areas stand, and whose codes they are."""

    field: Field
    country: str = ""  # empty: areas outside our countries, kept under the publisher's names
    pad: int = 0
    kinds: tuple[str, ...] = ()
    no_place: frozenset[str] = frozenset()
    zero_before_and_after: bool = False  # the publisher writes 0 where the area was not there
    by_name: bool = False  # the areas are named there, and carry no code


class Theme(StrEnum):
    """What figures are about, for whoever looks for one. Codes are stable."""

    CRIME = "crime"
    SAFETY = "safety"
    TRAFFIC = "traffic"
    YOUTH = "youth"
    HEALTH = "health"
    PEOPLE = "people"
    SERVICES = "services"


@dataclass(frozen=True)
class PeriodRule:
    """Where the periods stand, and of what kind they are."""

    field: Field
    kind: PeriodKind


@dataclass(frozen=True)
class IndicatorRule:
    """One thing that is counted, and by which headings the file knows it."""

    code: str
    name: Words
    where: Mapping[str, str]
    unit: str
    direction: Direction = Direction.NEITHER
    base: str = ""  # the indicator that rates are taken of: the population
    part_of: str = ""  # the indicator of the same recipe that counts it as well: its total
    smallest_shown: int = 0  # where it asks for more than the recipe's own
    target: float | None = None  # of the yearly rate per 1,000; where there is no base, the figure
    target_source: str = ""
    definition: Words = field(default_factory=Words)


@dataclass(frozen=True)
class MeanRule:
    """A mean in seconds that others are laid beside, from the quarter `since` on (2010-Q3).

    It holds until another one does.
    """

    since: str
    seconds: int
    source: str = ""


@dataclass(frozen=True)
class ResponseRule:
    """Between which two moments somebody waits, and what means are laid beside theirs, in seconds.

    `target` is what has been promised, `nation` what is published of the whole country; 0 is none.
    `targets` and `nations` are the same by quarter, and go before them.
    """

    start: str
    arrived: str
    target: int = 0
    target_source: str = ""
    nation: int = 0
    nation_source: str = ""
    targets: tuple[MeanRule, ...] = ()
    nations: tuple[MeanRule, ...] = ()


@dataclass(frozen=True)
class PoliceRule:
    """The police district that addresses with repeats are for, and which categories count there.

    With no categories all of them count.
    """

    country: str
    code: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class IncidentRule:
    """Which columns of an incident file are taken, and what they are; no other is read."""

    key: Field
    address: Field
    district: Field
    category: Field
    moments: Mapping[str, Field]
    moment_format: str
    zone: str
    first: str  # the moment an incident is counted by
    numbers: tuple[Field, ...] = ()
    keep_days: int = 0
    priority: Field | None = None  # how urgent: areas are compared at one and the same mix
    response: ResponseRule | None = None
    police: PoliceRule | None = None

    @property
    def columns(self) -> tuple[Field, ...]:
        """Every column that is read."""
        urgent = (self.priority,) if self.priority else ()
        texts = (self.key, self.address, self.district, self.category, *urgent)
        return (*texts, *self.moments.values(), *self.numbers)
