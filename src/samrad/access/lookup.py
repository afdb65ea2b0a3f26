"""Fetch a thing only if the actor may see it: a stranger gets the same 404 as for no thing."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from samrad.access.actor import Actor

Thing = TypeVar("Thing", bound=models.Model)


def visible_or_404(
    things: type[Thing] | models.QuerySet[Thing], actor: Actor, *, ref: UUID | str
) -> Thing:
    """The one with that reference among those visible to `actor`, or 404.

    `things` is a model, or a queryset that already has the joins a page needs.
    """
    queryset: Any = things if isinstance(things, models.QuerySet) else things._default_manager.all()
    found: Thing = get_object_or_404(queryset.visible_to(actor), ref=ref)
    return found
