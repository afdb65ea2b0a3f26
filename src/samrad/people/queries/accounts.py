"""What is asked about accounts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samrad.people.agencies import Agency, agencies
from samrad.people.models import Appointment, Organisation, Person


def vouching_agencies(person: Person, on: date) -> list[Agency]:
    """The agencies that vouch for somebody who works where this person does."""
    if not agencies():
        return []
    around = _organisations_around(person, on)
    return [agency for agency in agencies() if agency.organisation in around]


def _organisations_around(person: Person, on: date) -> set[UUID]:
    """References of the organisations somebody works at and of all they are part of."""
    found: set[UUID] = set()
    level = set(
        Appointment.objects.on(on).filter(person=person).values_list("organisation", flat=True)
    )
    seen: set[int] = set()
    while level:
        seen |= level
        rows = Organisation.objects.filter(pk__in=level).values_list("ref", "parent")
        found |= {ref for ref, _parent in rows}
        level = {parent for _ref, parent in rows if parent} - seen
    return found
