"""Who sits in a council's seats on a day: one query, however many seats there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from samrad.access.prepared import prepared
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import SeatFunction
from samrad.people.models import Person
from samrad.people.queries.holders import held_in, with_holders


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


def seats_filled_in(
    councils: Iterable[Council], on: date, *, functions: Collection[str] = ()
) -> dict[int, list[FilledSeat]]:
    """The same for several councils, by key, in the same query; only these functions, if given."""
    known = {council.pk: council for council in councils}
    rows = _with_holders(list(known), on, sorted(functions)) if known else []
    found: dict[int, list[FilledSeat]] = {key: [] for key in known}
    for _key, same in groupby(rows, key=lambda seat: seat.pk):
        alike = list(same)
        seat = alike[0]
        seat.council = known[seat.council_id]
        found[seat.council_id].append(FilledSeat(seat, _persons(alike, on)))
    return found


@prepared
def _with_holders(councils: list[int], on: date, functions: list[str]) -> QuerySet[Any]:
    asked = Seat.objects.on(on).filter(council__in=councils)
    if functions:
        asked = asked.filter(function__in=functions)
    return with_holders(asked, on).order_by(
        "council_id", "order", "pk", "held__from_date", "held__pk"
    )


def _persons(alike: Iterable[Seat], on: date) -> tuple[Person, ...]:
    """Those who hold the seat's role, the longest there first; nobody who has left."""
    posts = [post for seat in alike if (post := held_in(seat))]
    return tuple(dict.fromkeys(post.person for post in posts if not post.person.has_left_by(on)))


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
