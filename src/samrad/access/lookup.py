"""Fetch a thing only if the actor may see it: a stranger gets the same 404 as for no thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from samrad.access.actor import Actor
from samrad.access.prepared import prepared

Thing = TypeVar("Thing", bound=models.Model)


def visible_or_404(
    things: type[Thing] | models.QuerySet[Thing], actor: Actor, *, ref: UUID | str
) -> Thing:
    """The one with that reference among those visible to `actor`, or 404.

    `things` is a model, or a queryset that already has the joins a page needs.
    """
    queryset: Any = things if isinstance(things, models.QuerySet) else things._default_manager.all()
    if not _only_joins(queryset) or not isinstance(ref, UUID):
        found: Thing = get_object_or_404(queryset.visible_to(actor), ref=ref)
        return found
    joins = tuple(_joins(queryset.query.select_related))
    seen: list[Any] = _seen(queryset.model, joins, actor, ref)
    if not seen:
        message = f"No {queryset.model._meta.object_name} matches the given query."
        raise Http404(message)
    one: Thing = seen[0]
    return one


@prepared
def _seen(model: Any, joins: tuple[str, ...], actor: Actor, ref: UUID) -> models.QuerySet[Any]:
    rows = model._default_manager.all()
    rows = rows.select_related(*joins) if joins else rows
    return rows.visible_to(actor).filter(ref=ref)  # type: ignore[no-any-return]


def _only_joins(rows: Any) -> bool:
    """Whether the queryset is all rows of its model with some joins, as most are."""
    query = rows.query
    return not (
        rows._prefetch_related_lookups
        or query.where
        or query.annotations
        or query.distinct
        or query.is_sliced
        or query.order_by
        or query.select_related is True
        or query.deferred_loading[0]
    )


def _joins(tree: Mapping[str, Any] | bool) -> Iterator[str]:
    """The joins as `select_related` takes them."""
    for name, below in tree.items() if isinstance(tree, Mapping) else ():
        yield name
        yield from (f"{name}__{deeper}" for deeper in _joins(below))
