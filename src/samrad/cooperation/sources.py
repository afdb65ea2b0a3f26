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
from samrad.kernel.clock import day_of
from samrad.profiles.reader import profile


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


def names_in_focus(areas: Iterable[int], *, on: date) -> list[tuple[int, str, date]]:
    """What councils of these areas gave special attention to in the latest year up to this day.

    Each with the day it was named here: what was named later than `on`, or nobody knows when, is
    left, whatever year it was said to be of.
    """
    rows = FocusArea.objects.filter(
        council__area__in=areas, year__lte=on.year, named_at__isnull=False
    )
    found = [
        (one, day_of(one.named_at, profile(one.council.country).zone))
        for one in rows.select_related("council").order_by("year")
        if one.named_at
    ]
    found = [(one, day) for one, day in found if day <= on]
    latest = {one.council_id: one.year for one, _day in found}
    return [
        (one.council.area_id, one.title, day)
        for one, day in found
        if one.year == latest[one.council_id]
    ]
