"""What every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, for navigation and for templates that ask what may be done."""
    return {"actor": getattr(request, "actor", None)}
