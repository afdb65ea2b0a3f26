"""What a council's page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrad.access.actor import Actor
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation import words
from samrad.cooperation.models import Agreement, Council, CouncilQuerySet
from samrad.cooperation.rules import AgreementState, Side
from samrad.cooperation.seats import FilledSeat, seats_filled

WIDER_THAN_A_MUNICIPALITY = {AreaKind.NATION, AreaKind.POLICE_DISTRICT, AreaKind.COUNTY}
COUNCILS_WITH_AREA = Council.objects.select_related("area", "parent")


@dataclass(frozen=True)
class SideOfTable:
    """The seats of one side, in their order."""

    side: str
    seats: list[FilledSeat]
    is_wide: bool = False  # the council's area is larger than one municipality

    @property
    def title(self) -> str:
        """Whose side it is."""
        if self.is_wide and self.side == Side.MUNICIPALITY:
            return str(words.MUNICIPALITIES)
        return str(words.SIDES[Side(self.side)])


def table(council: Council, on: date) -> list[SideOfTable]:
    """Who sits where on a day: the municipality's side, the police's, others'."""
    filled = seats_filled(council, on)
    sides = (Side.MUNICIPALITY, Side.POLICE, Side.OTHER)
    is_wide = council.area.kind in WIDER_THAN_A_MUNICIPALITY
    return [
        SideOfTable(side, found, is_wide)
        for side in sides
        if (found := [one for one in filled if one.seat.side == side])
    ]


def agreement_in_force(council: Council, actor: Actor) -> Agreement | None:
    """The agreement that holds today, if there is one to see."""
    agreements = Agreement.objects.visible_to(actor).filter(council=council)
    return agreements.filter(state=AgreementState.IN_FORCE).first()


def councils_seen(actor: Actor) -> CouncilQuerySet:
    """All councils the actor may see, with what a list shows of each."""
    return COUNCILS_WITH_AREA.visible_to(actor).order_by("country", "name", "pk")
