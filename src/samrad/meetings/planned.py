"""Who wants to know that a council's year of meetings is planned: other apps register here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from samrad.access.actor import Actor
from samrad.cooperation.models import Council

Told = Callable[[Council, int, Actor, datetime], None]

_told: list[Told] = []


def register(told: Told) -> None:
    """`told(council, year, by, at)` is called in the transaction that plans the meetings."""
    _told.append(told)


def tell(council: Council, year: int, *, by: Actor, at: datetime) -> None:
    """The council has as many meetings in that year as it should have."""
    for told in _told:
        told(council, year, by, at)
