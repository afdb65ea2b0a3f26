"""What other apps show of councils, on their page and in lists: they stand above, and register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.seats import FilledSeat
from samrad.ui.pieces import Words


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


PanelSource = Callable[[Council, Actor, Sequence[FilledSeat]], Iterable[Panel | NextStep]]
_sources: list[PanelSource] = []


def register(source: PanelSource) -> None:
    """`source(council, actor, seats)` gives what the actor may see there, in few queries.

    `seats` are the council's today, which the page has read.
    """
    if source not in _sources:
        _sources.append(source)


def parts_of(
    council: Council, actor: Actor, seats: Sequence[FilledSeat]
) -> tuple[list[Panel], NextStep | None]:
    """The panels in their order, and the next step if somebody has one."""
    parts = [part for source in _sources for part in source(council, actor, seats)]
    panels = sorted((p for p in parts if isinstance(p, Panel)), key=lambda p: p.order)
    steps = sorted((p for p in parts if isinstance(p, NextStep)), key=lambda p: p.order)
    return panels, steps[0] if steps else None


_lists: list[tuple[Words, str, Callable[[Actor], bool]]] = []


def register_list(
    label: Words, url_name: str, *, seen_by: Callable[[Actor], bool] = lambda _actor: True
) -> None:
    """Another list of what councils have, reached from the list of councils by those it is for."""
    if all(known != url_name for _label, known, _seen_by in _lists):
        _lists.append((label, url_name, seen_by))


def other_lists(actor: Actor) -> list[tuple[Words, str]]:
    """What other lists there are for the reader: the label and the address of each."""
    return [(label, reverse(url_name)) for label, url_name, seen_by in _lists if seen_by(actor)]


@dataclass(frozen=True)
class Mark:
    """How a council stands in one respect, in a word or two."""

    text: str
    tone: str = "neutral"


StandingSource = Callable[[Sequence[Council], Actor], Mapping[int, Sequence[Mark]]]
_standings: list[StandingSource] = []


def register_standing(source: StandingSource) -> None:
    """`source(councils, actor)` gives marks by the council's key, in few queries for them all."""
    if source not in _standings:
        _standings.append(source)


def standing_of(councils: Sequence[Council], actor: Actor) -> dict[int, list[Mark]]:
    """How each of the councils in a list stands."""
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for source in _standings:
        for key, marks in source(councils, actor).items():
            found[key] += marks
    return found
