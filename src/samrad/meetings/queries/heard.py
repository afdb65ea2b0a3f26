"""Who hears that somebody has planned a council's meetings: none is called unheard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled_in
from samrad.people.models import Person

# Its own secretary, or else its chair, or else all who sit in it for good.
IN_ORDER = (
    {SeatFunction.SECRETARY},
    {SeatFunction.CHAIR},
    {SeatFunction.VICE_CHAIR, SeatFunction.MEMBER},
)


def who_hears(filled: Sequence[FilledSeat]) -> list[Person]:
    """The first of them who can be written to."""
    for functions in IN_ORDER:
        reached = {
            person.pk: person
            for one in filled
            if one.seat.function in functions
            for person in one.persons
            if person.email
        }
        if reached:
            return list(reached.values())
    return []


def unheard(councils: Sequence[Council], actor: Actor, on: date) -> list[Council]:
    """Those the actor would plan for from above, and where there is nobody to write to: a query."""
    from_above = [
        one for one in councils if not actor.holds(Permission.MEETING_PLAN, in_council=one.pk)
    ]
    if not from_above:
        return []
    filled = seats_filled_in(from_above, on)
    return [one for one in from_above if not who_hears(filled[one.pk])]
