"""Copies of a decision to take along; the app that makes them says where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samrad.ui.pieces import Words

if TYPE_CHECKING:
    from samrad.followup.models import Decision


@dataclass(frozen=True)
class Copy:
    """What a copy is called, and where it is fetched."""

    label: Words
    url: str


Source = Callable[["Decision"], Iterable[Copy]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(decision)` gives the copies there are for somebody who reads the decision."""
    if source not in _sources:
        _sources.append(source)


def copies_of(decision: Decision) -> list[Copy]:
    """Every copy of it that there is."""
    return [copy for source in _sources for copy in source(decision)]
