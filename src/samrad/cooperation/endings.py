"""What is still open in a council that is about to rest or end, and what becomes of it.

Apps that stand above register: what they keep of the council, in words for the page, and how they
bring it to an end when the council does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.kernel.verdict import Refused


@dataclass(frozen=True)
class OpenEnd:
    """Something open, and what becomes of it; `stops` when somebody has to deal with it first."""

    text: str
    url: str = ""
    stops: bool = False
    only_when_it_ends: bool = False  # a council that rests keeps it, and deals with it meanwhile


class Settler(Protocol):
    """Brings what an app keeps of a council to an end, inside the action's transaction.

    `ends` says whether the council ends for good, or rests and may wake again.
    """

    def __call__(
        self, council: Council, *, ends: bool, reason: str, by: Actor, at: datetime
    ) -> None: ...


OpenEnds = Callable[[Council, Actor], Iterable[OpenEnd]]
_open_ends: list[OpenEnds] = []
_settlers: list[Settler] = []


def register(open_ends: OpenEnds, settler: Settler | None = None) -> None:
    """`open_ends(council, actor)` names what is open; `settler` deals with what does not stop."""
    if open_ends not in _open_ends:
        _open_ends.append(open_ends)
        _settlers.extend([settler] if settler else [])


def open_ends_of(council: Council, actor: Actor) -> list[OpenEnd]:
    """Everything that is open, what stops the ending first."""
    found = [one for source in _open_ends for one in source(council, actor)]
    return sorted(found, key=lambda one: not one.stops)


def settle(council: Council, *, ends: bool, reason: str, by: Actor, at: datetime) -> None:
    """Refused by what somebody has to deal with first; the rest comes to its end."""
    concerned = (one for one in open_ends_of(council, by) if ends or not one.only_when_it_ends)
    stopping = next((one for one in concerned if one.stops), None)
    if stopping:
        raise Refused(stopping.text)
    for settler in _settlers:
        settler(council, ends=ends, reason=reason, by=by, at=at)
