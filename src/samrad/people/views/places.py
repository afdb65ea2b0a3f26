"""Choosing an area as the first step of a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from samrad.access.requests import ActorRequest
from samrad.areas.queries import with_districts
from samrad.kernel.clock import today
from samrad.kernel.text import normalise_line
from samrad.people.queries.directory import areas_kept

SHOWN = 12


def chosen_area_or_found(request: ActorRequest) -> dict[str, Any]:
    """The area chosen by its reference, or those that match what was typed."""
    text = normalise_line(request.GET.get("q", ""))[:100]
    chosen = request.GET.get("area", "")
    if chosen:
        return {"area": _area(request, chosen), "text": text}
    places = list(areas_kept(request.actor, text, today())[:SHOWN])
    return {"area": None, "text": text, "places": with_districts(places, on=today())}


def _area(request: ActorRequest, chosen: str) -> Any:
    """An area the reader keeps; to others it is not there."""
    try:
        found = areas_kept(request.actor, "", today()).filter(ref=UUID(chosen)).first()
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found
