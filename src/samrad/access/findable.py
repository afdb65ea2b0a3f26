"""What can be found by searching. Apps register their kinds in `AppConfig.ready()`.

    findable.register(Findable(kind="decision", …))

A kind says two things apart: which texts of a thing stand in the index, and who may read the thing.
The second is asked of the tables at every search, so that an index that is a minute old shows
nobody what they may not read. A text that is restricted, or a name that is withheld, is never among
the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from samrad.access.actor import Actor

Words = str | Promise
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Text:
    """One thing as it can be found: its words, and where it is shown."""

    key: int
    page: UUID  # the reference in the address of its page
    title: str
    text: str = ""
    council: int | None = None
    day: date | None = None
    anchor: str = ""
    is_titled: bool = True  # whether the title itself is searched, not only shown


@dataclass(frozen=True)
class Sight:
    """Rows the actor may read: a thing is seen when its key stands at `path` of one of them."""

    rows: Rows
    path: str = "pk"


def _as_it_is(title: str, _day: date | None) -> str:
    return title


@dataclass(frozen=True)
class Findable:
    """A kind of thing that is found."""

    kind: str  # stored with every text, so it never changes
    one: Words
    many: Words
    order: int
    icon: str
    page: str  # the name of the address that takes `Text.page`
    rows: Callable[[], Rows]
    texts: Callable[[Rows], Iterator[Text]]
    seen_by: Callable[[Actor], Sequence[Sight]]  # all of them must hold
    council: str = ""  # the path from a row to its council; none for what belongs to no council
    follows: Mapping[str, str] = field(default_factory=dict)
    """Where there is no council: what in the trail touches it, with the path to its reference."""
    within_councils: bool = False
    """Whether it is only ever seen by who sees its council: others are not looked through then."""
    reads_apart: bool = False
    """Whether what is seen is asked for alone: deeper within a query SQLite's parser overflows."""
    has_a_name: bool = False
    """Whether its title is a name: what stands within one of its words there means nothing."""
    heading: Callable[[str, date | None], str] = _as_it_is


_kinds: dict[str, Findable] = {}


def register(one: Findable) -> None:
    """Let things of this kind be found."""
    _kinds[one.kind] = one


def kinds() -> list[Findable]:
    """Every kind, in the order pages name them."""
    return sorted(_kinds.values(), key=lambda one: one.order)


def kind_named(name: str) -> Findable | None:
    """The kind of that name, if there is one."""
    return _kinds.get(name)
