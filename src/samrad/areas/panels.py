"""What higher apps add to an area's page: they register here when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from samrad.access.actor import Actor
from samrad.areas.models import Area


@dataclass(frozen=True)
class PanelLine:
    """One line of a panel: a link with a word or two beside it."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class AreaPanel:
    """A titled list on an area's page, already narrowed to what the reader may see."""

    title: str
    lines: list[PanelLine] = field(default_factory=list)
    when_empty: str = ""


PanelSource = Callable[[Area, Actor], AreaPanel | Iterable[AreaPanel] | None]

_sources: list[PanelSource] = []


def register_panel(source: PanelSource) -> None:
    """`source(area, actor)` gives a panel, several, or None when it has nothing to say there."""
    if source not in _sources:
        _sources.append(source)


def panels_for(area: Area, actor: Actor) -> list[AreaPanel]:
    """The panels of an area's page for one reader."""
    found: list[AreaPanel] = []
    for source in _sources:
        given = source(area, actor) or ()
        found.extend([given] if isinstance(given, AreaPanel) else given)
    return found
