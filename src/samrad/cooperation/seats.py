"""Who sits in a council's seats on a day: two queries, however many seats there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import SeatFunction
from samrad.people.models import Appointment, Person


@dataclass(frozen=True)
class FilledSeat:
    """A seat with those who fill it on the day asked about; nobody when it is vacant."""

    seat: Seat
    persons: tuple[Person, ...] = field(default=())

    @property
    def is_guest(self) -> bool:
        """Whether the seat is asked only for its theme."""
        return self.seat.function == SeatFunction.GUEST

    @property
    def names(self) -> str:
        """What the holders are called, or nothing when the seat is vacant."""
        return ", ".join(person.label for person in self.persons)


def seats_filled(council: Council, on: date) -> list[FilledSeat]:
    """The council's seats on that day in their order, each with who fills it."""
    return seats_filled_in([council], on)[council.pk]


def seats_filled_in(councils: Iterable[Council], on: date) -> dict[int, list[FilledSeat]]:
    """The same for several councils, by key, in the same two queries."""
    known = {council.pk: council for council in councils}
    seats = list(Seat.objects.on(on).filter(council__in=known).select_related("organisation"))
    persons = _holders({(seat.organisation_id, seat.role) for seat in seats}, on)
    found: dict[int, list[FilledSeat]] = {key: [] for key in known}
    for seat in seats:
        seat.council = known[seat.council_id]
        filled = FilledSeat(seat, tuple(persons[seat.organisation_id, seat.role]))
        found[seat.council_id].append(filled)
    return found


def _holders(posts: set[tuple[int, str]], on: date) -> defaultdict[tuple[int, str], list[Person]]:
    appointments = (
        Appointment.objects.on(on)
        .filter(
            organisation__in={organisation for organisation, _role in posts},
            role__in={role for _organisation, role in posts},
        )
        .select_related("person")
        .order_by("from_date", "pk")
    )
    found: defaultdict[tuple[int, str], list[Person]] = defaultdict(list)
    for appointment in appointments:
        person = appointment.person
        here = found[appointment.organisation_id, appointment.role]
        if person not in here and not (person.left_date and person.left_date < on):
            here.append(person)
    return found


def holders_by_function(filled: Sequence[FilledSeat]) -> dict[str, set[int]]:
    """The keys of the persons in each function; an entry, perhaps empty, for each with a seat."""
    found: dict[str, set[int]] = {}
    for one in filled:
        found.setdefault(one.seat.function, set()).update(person.pk for person in one.persons)
    return found


def side_of(council: Council, seat_ids: frozenset[int]) -> str:
    """The side of the table that these seats in the council sit on; empty without a seat."""
    sides = Seat.objects.filter(council=council, pk__in=seat_ids).order_by("order", "pk")
    return sides.values_list("side", flat=True).first() or ""
