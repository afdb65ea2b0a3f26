"""Which of the things that were found somebody may read: asked of their own tables, now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from samrad.access import findable
from samrad.access.actor import Actor
from samrad.access.findable import Findable
from samrad.access.prepared import prepared
from samrad.access.shapes import Sent
from samrad.search.database import among, in_keys
from samrad.search.models import Entry


def seen_among(hits: Iterable[tuple[int, str, int]], actor: Actor) -> set[int]:
    """The entries, given with their kind and their thing's key, whose thing the actor may read.

    One query for all kinds, and one for each that is read apart.
    """
    entries: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for pk, kind, key in hits:
        entries[kind][key] = pk
    together = [one.kind for one in findable.kinds() if one.kind in entries and not one.reads_apart]
    seen: set[int] = set()
    if together:
        among_these = among(pk for kind in together for pk in entries[kind].values())
        seen |= {pk for (pk,) in _together(actor, together, among_these)}
    for one in findable.kinds():
        if one.reads_apart and one.kind in entries:
            there = entries[one.kind]
            seen |= {there[key] for key in _apart(one, actor, among(there))}
    return seen


def _apart(one: Findable, actor: Actor, keys: Sent) -> set[int]:
    """The keys of things that all of the kind's conditions let the actor read: a query for each."""
    number = len(one.seen_by(actor))
    read = [{key for (key,) in _sight(actor, one.kind, str(n), keys)} for n in range(number)]
    return set.intersection(*read) if read else set()


@prepared
def _sight(actor: Actor, kind: str, number: str, keys: Sent) -> QuerySet[Any, Any]:
    sight = _named(kind).seen_by(actor)[int(number)]
    there = {f"{sight.path}__in": in_keys(keys, connection.vendor)}
    return sight.rows.order_by().filter(**there).values_list(sight.path)


@prepared
def _together(actor: Actor, kinds: list[str], entries: Sent) -> QuerySet[Any, Any]:
    parts = [part for kind in kinds for part in _part(actor, kind, entries)]
    return parts[0].union(*parts[1:], all=True) if parts else Entry.objects.none().values_list("pk")


def _part(actor: Actor, kind: str, entries: Sent) -> Iterable[QuerySet[Any, Any]]:
    rows = Entry.objects.filter(kind=kind, pk__in=in_keys(entries, connection.vendor))
    sights = _named(kind).seen_by(actor)
    for sight in sights:
        there = sight.rows.order_by().filter(**{sight.path: OuterRef("key")})
        rows = rows.filter(Exists(there))
    if sights:
        yield rows.order_by().values_list("pk")


def _named(kind: str) -> Findable:
    found = findable.kind_named(kind)
    assert found is not None  # noqa: S101 - only kinds that there are were found
    return found
