"""Who holds a role at an organisation, read in one go with what asks: a seat, a place in a chain.

A row that names an organisation and a role comes once for each who holds that role on the day, and
once with nobody where it is vacant.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from samrad.people.models import Appointment, Person

POST = [field.attname for field in Appointment._meta.concrete_fields]
HOLDER = [field.attname for field in Person._meta.concrete_fields]


def with_holders(rows: QuerySet[Any], on: date, *, or_roles: Collection[str] = ()) -> QuerySet[Any]:
    """`rows` with those who hold their role on the day, or one of `or_roles` in the same place."""
    here = "organisation__appointments__"
    role = Q(**{f"{here}role": F("role")}) | Q(**{f"{here}role__in": or_roles})
    in_force = Q(**{f"{here}from_date__lte": on}) & (
        Q(**{f"{here}to_date": None}) | Q(**{f"{here}to_date__gte": on})
    )
    columns = {f"held_{name}": F(f"held__{name}") for name in POST} | {
        f"holder_{name}": F(f"held__person__{name}") for name in HOLDER
    }
    held = FilteredRelation("organisation__appointments", condition=role & in_force)
    found: QuerySet[Any] = rows.select_related("organisation").annotate(held=held, **columns)
    return found


def held_in(row: Any) -> Appointment | None:
    """The appointment that a row came with, together with its person and organisation."""
    if row.held_id is None:
        return None
    database = row._state.db
    found = Appointment.from_db(database, POST, [getattr(row, f"held_{name}") for name in POST])
    found.person = Person.from_db(
        database, HOLDER, [getattr(row, f"holder_{name}") for name in HOLDER]
    )
    found.organisation = row.organisation
    return found
