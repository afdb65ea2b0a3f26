"""What other apps show on a council's page: registered at start-up, since they stand above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from samrad.access.actor import Actor
from samrad.cooperation.models import Council


@dataclass(frozen=True)
class Panel:
    """A part of the council's page: a template with what it needs, as `panel` in its context."""

    template: str
    order: int = 50
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next in the council; the lowest order wins."""

    label: str
    url: str
    hint: str = ""
    order: int = 50


PanelSource = Callable[[Council, Actor], Iterable[Panel | NextStep]]
_sources: list[PanelSource] = []


def register(source: PanelSource) -> None:
    """`source(council, actor)` gives what the actor may see there, in few queries."""
    if source not in _sources:
        _sources.append(source)


def parts_of(council: Council, actor: Actor) -> tuple[list[Panel], NextStep | None]:
    """The panels in their order, and the next step if somebody has one."""
    parts = [part for source in _sources for part in source(council, actor)]
    panels = sorted((p for p in parts if isinstance(p, Panel)), key=lambda p: p.order)
    steps = sorted((p for p in parts if isinstance(p, NextStep)), key=lambda p: p.order)
    return panels, steps[0] if steps else None
