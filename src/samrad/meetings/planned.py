"""Who wants to know that a council's year of meetings is planned or taken back: registered here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from samrad.access.actor import Actor
from samrad.cooperation.models import Council

Told = Callable[[Council, int, Actor, datetime], None]
Holds = Callable[[Collection[UUID]], Collection[UUID]]

_told: list[Told] = []
_untold: list[Told] = []
_holds: list[Holds] = []


def register(told: Told, *, untold: Told | None = None, holds: Holds | None = None) -> None:
    """`told(council, year, by, at)` is called in the transaction that plans the meetings.

    `untold` likewise, where they are taken back and the year has too few again. `holds(refs)` gives
    the references of those of the meetings that something leads to: these are not taken back.
    """
    _told.append(told)
    if untold:
        _untold.append(untold)
    if holds:
        _holds.append(holds)


def tell(council: Council, year: int, *, by: Actor, at: datetime) -> None:
    """The council has as many meetings in that year as it should have."""
    for told in _told:
        told(council, year, by, at)


def take_back(council: Council, year: int, *, by: Actor, at: datetime) -> None:
    """The council has fewer meetings in that year than it should have, after all."""
    for untold in _untold:
        untold(council, year, by, at)


def held_by_others(refs: Collection[UUID]) -> set[UUID]:
    """Those of the meetings that something else leads to."""
    return {ref for holds in _holds for ref in holds(refs)}
