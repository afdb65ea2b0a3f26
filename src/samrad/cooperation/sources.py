"""What lower apps ask for: roles that come from seats, and what councils named as their focus.

Whoever holds a seat's role at its organisation fills it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q

from samrad.access.actor import Actor, Held
from samrad.access.prepared import prepared
from samrad.access.vocabulary import Role
from samrad.cooperation.models import FocusArea, Seat


def roles_from_seats(actor: Actor, on: date) -> Iterable[Held]:
    """One query: seats joined with the person's appointments of that day."""
    if actor.person_id is None:
        return []
    return [
        Held(Role(function), council_id=council, seat_id=pk, country=country, side=side)
        for pk, council, country, function, side in _filled(actor.person_id, on)
    ]


@prepared
def _filled(person: int, on: date) -> Any:
    return (
        Seat.objects.on(on)
        .filter(
            Q(organisation__appointments__to_date=None)
            | Q(organisation__appointments__to_date__gte=on),
            organisation__appointments__person=person,
            organisation__appointments__role=F("role"),
            organisation__appointments__from_date__lte=on,
        )
        .values_list("pk", "council_id", "council__country", "function", "side")
        .order_by()
        .distinct()
    )


def names_in_focus(areas: Iterable[int], *, on: date) -> list[tuple[int, str]]:
    """What councils of these areas gave special attention to in the latest year up to this day."""
    rows = FocusArea.objects.filter(council__area__in=areas, year__lte=on.year)
    found = list(rows.values_list("council", "year", "council__area", "title"))
    latest = {council: year for council, year, _area, _title in sorted(found)}
    return [(area, title) for council, year, area, title in found if latest[council] == year]
