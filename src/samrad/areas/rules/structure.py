"""A structure: what areas a country has from a day on, as a structure file says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samrad.areas.rules.kinds import (
    AreaKind,
    CodeScheme,
    Country,
    RelationKind,
    SuccessionKind,
)


class TroubleKind(StrEnum):
    """Why a file is refused; the words are in `samrad.areas.words`."""

    NOT_READABLE = "not_readable"
    NOT_TABLES = "not_tables"
    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"
    NOT_ONE_OF = "not_one_of"
    NOT_A_DATE = "not_a_date"
    NOT_A_COUNT = "not_a_count"
    NOT_A_CODE = "not_a_code"
    NUMBER_NOT_TEXT = "number_not_text"
    TOO_LONG = "too_long"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TWICE = "twice"
    NO_SUCH_AREA = "no_such_area"
    OLDER = "older"
    SAME_CODE_AS_ANOTHER = "same_code_as_another"
    MISSING_WITHOUT_A_WORD = "missing_without_a_word"
    ORPHANED = "orphaned"
    TWO_PARENTS = "two_parents"
    NO_PARENT = "no_parent"
    OUTSIDE_ITS_LIFE = "outside_its_life"
    IN_A_CIRCLE = "in_a_circle"
    WRONG_NUMBER_OF_AREAS = "wrong_number_of_areas"


@dataclass(frozen=True)
class Trouble:
    """One reason to refuse a file: where, which field, why."""

    where: str
    place: str
    kind: TroubleKind
    values: Mapping[str, object] = field(default_factory=dict)


class StructureRefused(Exception):
    """A structure file that cannot be loaded, with every trouble found."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(f"{t.where}, {t.place}: {t.kind}" for t in self.troubles))


@dataclass(frozen=True)
class Span:
    """Two days, either of which may be unknown."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class PartOf:
    """What an area is said to be part of; without a span, from the structure's day on."""

    kind: AreaKind
    code: str
    relation: RelationKind
    span: Span | None = None


@dataclass(frozen=True)
class OtherCode:
    """Another code of the same area."""

    scheme: CodeScheme
    code: str
    span: Span


@dataclass(frozen=True)
class Row:
    """One area as the file gives it."""

    where: str
    kind: AreaKind
    code: str
    name: str
    parallel: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    codes: tuple[OtherCode, ...] = ()
    valid: Span = Span()
    part_of: tuple[PartOf, ...] = ()
    basis: str = ""
    population: int | None = None


@dataclass(frozen=True)
class Succession:
    """Areas that became others on a day."""

    where: str
    kind: SuccessionKind
    of: AreaKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class Renumbered:
    """An area that goes on under another code."""

    where: str
    of: AreaKind
    before: str
    after: str


@dataclass(frozen=True)
class Ended:
    """An area that ends without a successor."""

    where: str
    of: AreaKind
    code: str


@dataclass(frozen=True)
class Structure:
    """Everything a structure file says."""

    country: Country
    from_date: date
    title: str
    digest: str
    source: str = ""
    credit: str = ""
    licence: str = ""
    complete: frozenset[AreaKind] = frozenset()
    derived: frozenset[AreaKind] = frozenset()
    own_codes: frozenset[AreaKind] = frozenset()
    population_date: date | None = None
    population_source: str = ""
    rows: tuple[Row, ...] = ()
    successions: tuple[Succession, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    ended: tuple[Ended, ...] = ()
