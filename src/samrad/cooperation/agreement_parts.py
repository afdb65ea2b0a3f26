"""What other apps show on an agreement's page: they stand above, and register."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from samrad.access.actor import Actor
from samrad.cooperation.models import Agreement
from samrad.cooperation.panels import NextStep, Panel

PartsSource = Callable[[Agreement, Actor], Iterable[Panel | NextStep]]
_sources: list[PartsSource] = []


def register(source: PartsSource) -> None:
    """`source(agreement, actor)` gives what the actor may see there, in few queries.

    Panels of an order below 50 stand under the text, the others beside it.
    """
    if source not in _sources:
        _sources.append(source)


def parts_of(
    agreement: Agreement, actor: Actor
) -> tuple[list[Panel], list[Panel], NextStep | None]:
    """The panels under the text and beside it, and the next step if there is one."""
    parts = [part for source in _sources for part in source(agreement, actor)]
    panels = sorted((p for p in parts if isinstance(p, Panel)), key=lambda p: p.order)
    steps = sorted((p for p in parts if isinstance(p, NextStep)), key=lambda p: p.order)
    below = [one for one in panels if one.order < 50]  # noqa: PLR2004 (see above)
    return below, panels[len(below) :], steps[0] if steps else None
