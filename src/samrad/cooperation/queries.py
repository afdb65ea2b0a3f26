"""What a council's page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrad.access.actor import Actor
from samrad.cooperation.models import Agreement, Council, CouncilQuerySet
from samrad.cooperation.rules import AgreementState
from samrad.cooperation.seats import FilledSeat, seats_filled

COUNCILS_WITH_AREA = Council.objects.select_related("area", "parent")


@dataclass(frozen=True)
class SideOfTable:
    """The seats of one side, in their order."""

    side: str
    seats: list[FilledSeat]


def table(council: Council, on: date) -> list[SideOfTable]:
    """Who sits where on a day: the municipality's side, the police's, others'."""
    filled = seats_filled(council, on)
    sides = ("municipality", "police", "other")
    return [
        SideOfTable(side, found)
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
