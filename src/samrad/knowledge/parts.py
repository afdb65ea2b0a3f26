"""What higher apps add to a municipality's crime picture: they register here at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from samrad.access.actor import Actor
from samrad.areas.models import Area


@dataclass(frozen=True)
class PicturePart:
    """A part of the page: a template with what it needs, as `part` in its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PartSource = Callable[[Area, Actor], PicturePart | None]
_sources: list[PartSource] = []


def register(source: PartSource) -> None:
    """`source(area, actor)` gives what the actor may see there, or nothing, in few queries."""
    if source not in _sources:
        _sources.append(source)


def parts_of(area: Area, actor: Actor) -> list[PicturePart]:
    """Everything for this reader."""
    return [part for source in _sources if (part := source(area, actor)) is not None]
