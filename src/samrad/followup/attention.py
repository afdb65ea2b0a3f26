"""What needs somebody now: other apps register what they know, home shows it in one list.

However many apps ask, the database is asked once: what can be told from a row each is registered as
parts of one union. What needs more than rows registers a source of its own, with its own queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from samrad.access.actor import Actor
from samrad.access.prepared import Beside, prepared
from samrad.followup.models import Task

AT_MOST = 500  # rows of one person's list, however much waits


@dataclass(frozen=True)
class Attention:
    """One thing that waits for the reader, with the page where it is done.

    `tone` is neutral, info, warning or danger; `verb` is what the button says.
    """

    title: str
    url: str
    verb: str
    where: str = ""
    due: date | None = None
    tone: str = "neutral"


class Row(NamedTuple):
    """What a part may say of one thing; what it does not need is left empty.

    `where`, `where_ref`, `country` and `tier` are of the council; what `stage` and `number` mean
    is the part's own.
    """

    part: int
    what: str
    ref: UUID
    where: str
    where_ref: UUID | None
    country: str
    tier: str
    due: date | None
    moment: datetime | None
    stage: str
    number: int | None


TYPES: dict[str, Field[Any, Any]] = {
    "what": TextField(),
    "ref": UUIDField(),
    "where": TextField(),
    "where_ref": UUIDField(),
    "country": TextField(),
    "tier": TextField(),
    "due": DateField(),
    "moment": DateTimeField(),
    "stage": TextField(),
    "number": IntegerField(),
}


@dataclass(frozen=True)
class Part:
    """Things of one kind that wait: what to read of each, and how the rows are told."""

    things: QuerySet[Any, Any]
    columns: dict[str, Any]
    told: Callable[[list[Row]], Iterable[Attention]]

    def rows(self, number: int) -> QuerySet[Any, Any]:
        """The part in the columns of the union, each of the same type in every part."""
        empty = {name: "" if isinstance(kind, TextField) else None for name, kind in TYPES.items()}
        given = {
            f"row_{name}": Cast(self.columns.get(name, Value(empty[name])), kind)
            for name, kind in TYPES.items()
        }
        things = self.things.order_by().annotate(row_part=Value(number), **given)
        rows: QuerySet[Any, Any] = things.values_list("row_part", *given)
        return rows


Source = Callable[[Actor, date], Iterable[Attention]]
PartsOf = Callable[[Actor, date], Iterable[Part]]
_sources: list[Source] = []
_parts: list[PartsOf] = []


def register(source: Source) -> None:
    """`source(actor, today)` gives what waits for the actor, in a bounded number of queries."""
    if source not in _sources:
        _sources.append(source)


def register_parts(parts: PartsOf) -> None:
    """`parts(actor, today)` says what to read of what waits; all of it is read by one query."""
    if parts not in _parts:
        _parts.append(parts)


def waiting_for(actor: Actor, on: date) -> list[Attention]:
    """Everything that waits, most urgent first."""
    urgency = {"danger": 0, "warning": 1, "info": 2, "neutral": 3}
    found = _from_rows(actor, on)
    found += [attention for source in _sources for attention in source(actor, on)]
    return sorted(found, key=lambda one: (urgency[one.tone], one.due or date.max, one.title))


def _from_rows(actor: Actor, on: date) -> list[Attention]:
    """Each part told from its rows, earliest first: one query."""
    found, parts = _waiting.both(actor, on)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for row in found:
        rows[row[0]].append(Row(*row))
    return [one for number, told in enumerate(parts) for one in told(rows[number])]


@prepared
def _waiting(actor: Actor, on: date) -> Beside[tuple[Any, ...]]:
    """The rows of all parts together, and how each part is told."""
    parts = [part for parts in _parts for part in parts(actor, on)]
    if not parts:
        return Beside(Task.objects.none().values_list("pk"), [])
    first, *others = [part.rows(number) for number, part in enumerate(parts)]
    together = first.union(*others, all=True) if others else first
    rows = together.order_by("row_due", "row_moment")[:AT_MOST]
    return Beside(rows, [part.told for part in parts])
