"""What every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from samrad.access.actor import Actor
from samrad.knowledge.models import DataSet


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, for navigation and for templates that ask what may be done."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "published_figures": lambda: _published(actor)}


def _published(actor: Actor | None) -> str:
    """Where figures are that anybody may read, for whoever is not signed in; asked when shown."""
    if actor is None or not actor.is_anonymous or not DataSet.objects.visible_to(actor).exists():
        return ""
    return reverse("knowledge:pictures")
