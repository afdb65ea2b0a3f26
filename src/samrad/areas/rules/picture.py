"""A country's areas held in memory while a structure is laid over them.

Rows know whether they are new, changed or to be removed, so that the difference can be shown
before anything is written, and written in a few statements afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from samrad.areas.rules.closure import Cover, Edge, Window, closure
from samrad.areas.rules.kinds import (
    COVERING_RELATIONS,
    MAIN_SCHEMES,
    AreaKind,
    CodeScheme,
    NameKind,
    RelationKind,
    SuccessionKind,
)


@dataclass(kw_only=True, eq=False)
class Kept:
    """A row: `pk` is None while it is new."""

    pk: int | None = None
    is_changed: bool = False
    is_removed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the row is not in the database yet."""
        return self.pk is None


@dataclass(kw_only=True, eq=False)
class Dated(Kept):
    """A row that holds through a span of days."""

    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def window(self) -> Window:
        """The days it holds."""
        return Window.between(self.valid_from, self.valid_to)

    def end(self, last_day: date) -> None:
        """Let it hold until `last_day`, or not at all when it would only have begun after it."""
        if self.valid_from is not None and self.valid_from > last_day:
            self.is_removed = True
        else:
            self.valid_to, self.is_changed = last_day, True


@dataclass(kw_only=True, eq=False)
class KeptArea(Dated):
    """An area; `key` stands for it in the other rows, also before it has a pk."""

    key: int
    kind: AreaKind
    code: str
    name: str
    population: int | None = None
    population_date: date | None = None
    population_source: str = ""


@dataclass(kw_only=True, eq=False)
class KeptName(Dated):
    """A name of an area."""

    area: int
    name: str
    kind: NameKind
    language: str = ""


@dataclass(kw_only=True, eq=False)
class KeptCode(Dated):
    """A code of an area."""

    area: int
    scheme: CodeScheme
    code: str


@dataclass(kw_only=True, eq=False)
class KeptRelation(Dated):
    """An area that is part of another."""

    parent: int
    child: int
    kind: RelationKind
    is_derived: bool = False
    basis: str = ""


@dataclass(kw_only=True, eq=False)
class KeptSuccession(Kept):
    """An area that became another."""

    before: int
    after: int
    on: date
    kind: SuccessionKind


@dataclass
class Picture:
    """Everything known of one country's areas."""

    areas: dict[int, KeptArea] = field(default_factory=dict)
    names: list[KeptName] = field(default_factory=list)
    codes: list[KeptCode] = field(default_factory=list)
    relations: list[KeptRelation] = field(default_factory=list)
    successions: list[KeptSuccession] = field(default_factory=list)
    newest_from: date | None = None
    digests: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._names: dict[int, list[KeptName]] = defaultdict(list)
        self._codes: dict[int, list[KeptCode]] = defaultdict(list)
        self._by_code: dict[str, list[KeptCode]] = defaultdict(list)
        self._up: dict[int, list[KeptRelation]] = defaultdict(list)
        self._down: dict[int, list[KeptRelation]] = defaultdict(list)
        for name in self.names:
            self._names[name.area].append(name)
        for code in self.codes:
            self._codes[code.area].append(code)
            self._by_code[code.code].append(code)
        for relation in self.relations:
            self._up[relation.child].append(relation)
            self._down[relation.parent].append(relation)

    def find(self, kind: AreaKind, code: str, on: date) -> KeptArea | None:
        """The area of that kind whose main code is `code` on that day."""
        for kept in self._by_code.get(code, ()):
            area = self.areas[kept.area]
            if (
                area.kind is kind
                and kept.scheme in MAIN_SCHEMES
                and not kept.is_removed
                and on in kept.window
                and on in area.window
            ):
                return area
        return None

    def alive(self, on: date) -> Iterator[KeptArea]:
        """The areas that exist on that day."""
        return (area for area in self.areas.values() if on in area.window)

    def names_of(self, area: KeptArea) -> list[KeptName]:
        """Its names, without removed ones."""
        return [name for name in self._names[area.key] if not name.is_removed]

    def codes_of(self, area: KeptArea) -> list[KeptCode]:
        """Its codes, without removed ones."""
        return [code for code in self._codes[area.key] if not code.is_removed]

    def parents_of(self, area: KeptArea, on: date | None = None) -> list[KeptRelation]:
        """What it is part of, on a day or ever."""
        return _holding(self._up[area.key], on)

    def children_of(self, area: KeptArea, on: date | None = None) -> list[KeptRelation]:
        """What is part of it, on a day or ever."""
        return _holding(self._down[area.key], on)

    def add_area(self, area: KeptArea) -> KeptArea:
        """Take in a new area."""
        self.areas[area.key] = area
        return area

    def next_key(self) -> int:
        """A key for an area that has no pk yet."""
        return -1 - len(self.areas)

    def add_name(self, name: KeptName) -> None:
        """Take in a new name."""
        self.names.append(name)
        self._names[name.area].append(name)

    def add_code(self, code: KeptCode) -> None:
        """Take in a new code."""
        self.codes.append(code)
        self._codes[code.area].append(code)
        self._by_code[code.code].append(code)

    def add_relation(self, relation: KeptRelation) -> None:
        """Take in a new relation."""
        self.relations.append(relation)
        self._up[relation.child].append(relation)
        self._down[relation.parent].append(relation)


def _holding(relations: list[KeptRelation], on: date | None) -> list[KeptRelation]:
    return [
        relation
        for relation in relations
        if not relation.is_removed and (on is None or on in relation.window)
    ]


def covers_of(picture: Picture) -> set[Cover]:
    """What covers what in the picture, by key."""
    return closure(
        {area.key: area.window for area in picture.areas.values()},
        (
            Edge(relation.parent, relation.child, relation.window)
            for relation in picture.relations
            if relation.kind in COVERING_RELATIONS and not relation.is_removed
        ),
        [
            (row.before, row.after, row.on)
            for row in picture.successions
            if row.kind is SuccessionKind.MERGE
        ],
    )
