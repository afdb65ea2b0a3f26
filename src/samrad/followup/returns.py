"""How often something has come back on an agenda; the app that keeps agendas counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from samrad.access.actor import Actor

Source = Callable[["Actor", list[UUID]], Mapping[UUID, int]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(actor, refs)` counts the agendas sent with each, as the actor reads them."""
    if source not in _sources:
        _sources.append(source)


def times_back(actor: Actor, refs: Iterable[UUID]) -> Counter[UUID]:
    """How often each has come back; nothing asked is nothing counted."""
    asked, found = list(refs), Counter[UUID]()
    for source in _sources:
        found.update(source(actor, asked) if asked else {})
    return found
