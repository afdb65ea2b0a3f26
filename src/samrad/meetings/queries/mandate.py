"""Who can bind each party when the council decides, and which items lack that (D7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samrad.cooperation.models import Council
from samrad.cooperation.rules import Side
from samrad.cooperation.seats import FilledSeat
from samrad.cooperation.words import SIDES
from samrad.meetings.models import AgendaItem
from samrad.meetings.rules import ItemKind, Mandate
from samrad.profiles.reader import profile

PARTIES = (Side.MUNICIPALITY, Side.POLICE)


@dataclass(frozen=True)
class Binding:
    """One party, and those at the table who may promise something on its behalf."""

    side: Side
    seats: tuple[FilledSeat, ...] = ()

    @property
    def party(self) -> str:
        """Whose side it is."""
        return str(SIDES[self.side])

    @property
    def told(self) -> str:
        """Who they are, each with their role."""
        return "; ".join(f"{one.names}, {one.seat.role_name()}" for one in self.seats)


def who_binds(council: Council, filled: Iterable[FilledSeat]) -> list[Binding]:
    """For each party the filled seats whose role binds it; none where nobody can."""
    country = profile(council.country)
    binding = [
        one
        for one in filled
        if one.persons and not one.is_guest and country.role(one.seat.role).binds
    ]
    return [
        Binding(side, tuple(one for one in binding if one.seat.side == side)) for side in PARTIES
    ]


def without_mandate(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Items to be decided on whose mandate nobody has secured."""
    return [
        item for item in items if item.kind == ItemKind.DECISION and item.mandate != Mandate.SECURED
    ]
