"""What somebody finds: matched by the index, seen by the tables, counted after both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from samrad.access import findable
from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.search.database import holding
from samrad.search.models import Entry, EntryQuerySet
from samrad.search.rules import Asked, Term
from samrad.search.seen import seen_among
from samrad.ui.sorting import by_name

AT_ONCE = 4000  # hits that are asked about at first
MOST = 1000  # hits that are counted and leafed through; whoever has more is asked for another word


@dataclass(frozen=True)
class Key:
    """A hit before it is read: enough to count and to choose by."""

    entry: int
    kind: str
    council: int | None


@dataclass(frozen=True)
class Found:
    """The hits of a search, best first, as far as they are counted."""

    keys: tuple[Key, ...] = ()
    is_cut: bool = False

    def by_kind(self) -> Counter[str]:
        """How many hits of each kind."""
        return Counter(key.kind for key in self.keys)

    def councils(self) -> set[int]:
        """The councils there are hits in."""
        return {key.council for key in self.keys if key.council is not None}

    def of(self, kind: str) -> Found:
        """Those of one kind, or all."""
        return replace(self, keys=tuple(key for key in self.keys if kind in {"", key.kind}))


def found(actor: Actor, asked: Asked, *, kind: str = "", council: Council | None = None) -> Found:
    """What the actor finds: four queries, seven where very much is not for them.

    The best of what the index holds are asked about first, and only if too few of them are seen,
    all the others.
    """
    if not asked.terms or actor.is_anonymous:
        return Found()
    rows = Entry.objects.filter(holding(asked, connection.vendor)).perhaps_visible_to(actor)
    if kind:
        rows = rows.filter(kind=kind)
    if council:
        rows = rows.filter(council=council)
    best = _placed(rows, asked).order_by("place", "standing", "-day", "-pk")
    first = list(best[:AT_ONCE])
    keys = _seen(first, actor)
    if len(keys) <= MOST and len(first) == AT_ONCE:
        keys += _seen(best[AT_ONCE:], actor)
    return Found(tuple(keys[:MOST]), is_cut=len(keys) > MOST)


def _seen(hits: Iterable[tuple[Any, ...]], actor: Actor) -> list[Key]:
    """Those of the hits that the actor sees, in the same order."""
    hits = list(hits)
    seen = seen_among([(pk, kind, key) for pk, kind, _council, key, *_order in hits], actor)
    return [Key(pk, kind, council) for pk, kind, council, *_ in hits if pk in seen]


def _placed(rows: EntryQuerySet, asked: Asked) -> Any:
    """Where the title has it, first; then councils, what else has no day, and the newest.

    Words of a title are compounds (`gangvei`). Those of a name are not: Solveig comes last, unless
    it is her post that begins with it.
    """
    within = _holds(asked, "folded_title", _within)
    named = [one.kind for one in findable.kinds() if one.has_a_name]
    by_chance = within & ~_holds(asked, "folded", _beginning)
    place = Case(
        When(_holds(asked, "folded_title", _beginning), then=Value(0)),
        When(by_chance, kind__in=named, then=Value(3)),
        When(within & ~Q(kind__in=named), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    standing = Case(
        When(kind="council", then=Value(0)),
        When(day=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(place=place, standing=standing).values_list(
        "pk", "kind", "council", "key", "place", "standing", "day"
    )


def _beginning(way: str) -> str:
    """Where a word begins, a space stands before it."""
    return f" {way}"


def _within(way: str) -> str:
    return way


def _holds(asked: Asked, text: str, written: Callable[[str], str]) -> Q:
    def one_way(term: Term) -> Q:
        return reduce(or_, (Q(**{f"{text}__contains": written(way)}) for way in term.ways))

    return reduce(and_, map(one_way, asked.terms))


def entries(keys: Sequence[Key]) -> list[Entry]:
    """The hits of a page, in the order given: one query."""
    rows = Entry.objects.select_related("council").in_bulk([key.entry for key in keys])
    return [rows[key.entry] for key in keys if key.entry in rows]


def councils_of(hits: Found, chosen: Council | None) -> list[Council]:
    """The councils to choose among by name, and the one that is chosen: at most one query."""
    wanted = hits.councils() | ({chosen.pk} if chosen else set())
    return list(Council.objects.filter(pk__in=wanted).order_by(by_name(), "pk")) if wanted else []


def council_chosen(actor: Actor, chosen: str) -> Council | None:
    """The council somebody narrows the search to, if it is one they see."""
    ref = _ref(chosen)
    return Council.objects.visible_to(actor).filter(ref=ref).first() if ref else None


def _ref(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
