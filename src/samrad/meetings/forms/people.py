"""Choosing among a council's seats, persons and organisations."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samrad.cooperation.models import Seat
from samrad.cooperation.seats import FilledSeat
from samrad.followup.models import Task
from samrad.people.models import Organisation, Person

Choice = tuple[str, str]
Grouped = tuple[str, list[Choice]]


def seat_choices(filled: Sequence[FilledSeat]) -> list[Choice]:
    """Every seat by who fills it, or by its role where it is vacant."""
    return [(str(one.seat.ref), seat_label(one)) for one in filled]


def seat_label(filled: FilledSeat) -> str:
    """Who fills the seat, and for whom."""
    return f"{filled.names}, {filled.seat}" if filled.persons else str(filled.seat)


def person_choices(filled: Sequence[FilledSeat]) -> list[Choice]:
    """Everybody who fills a seat, once; by the seat as well where the name is withheld."""
    found: dict[str, str] = {}
    for one in filled:
        for person in one.persons:
            name = f"{person.label}, {one.seat}" if person.name_withheld else person.label
            found.setdefault(str(person.ref), name)
    return list(found.items())


def responsible_choices(filled: Sequence[FilledSeat]) -> list[Grouped]:
    """Persons and organisations at the table, either of whom can have a task."""
    organisations = {one.seat.organisation.ref: one.seat.organisation for one in filled}
    return [
        (_("Persons"), [(f"p:{ref}", name) for ref, name in person_choices(filled)]),
        (
            _("Organisations"),
            [(f"o:{ref}", organisation.name) for ref, organisation in organisations.items()],
        ),
    ]


def seats_named(filled: Sequence[FilledSeat], refs: Sequence[str]) -> list[Seat]:
    """The seats behind the chosen references."""
    wanted = set(refs)
    return [one.seat for one in filled if str(one.seat.ref) in wanted]


def person_named(filled: Sequence[FilledSeat], ref: str) -> Person | None:
    """The person behind the chosen reference."""
    return next(
        (person for one in filled for person in one.persons if str(person.ref) == ref), None
    )


def responsible_named(
    filled: Sequence[FilledSeat], value: str
) -> tuple[Person | None, Organisation | None]:
    """The person or the organisation behind a choice of `responsible_choices`."""
    kind, _colon, ref = value.partition(":")
    if kind == "p":
        return person_named(filled, ref), None
    organisations = (one.seat.organisation for one in filled)
    return None, next((one for one in organisations if kind == "o" and str(one.ref) == ref), None)


def value_of(task: Task) -> str:
    """Who has the task, as the value of a choice."""
    if task.responsible_person:
        return f"p:{task.responsible_person.ref}"
    return f"o:{task.responsible_organisation.ref}" if task.responsible_organisation else ""


def responsible_for(
    task: Task, filled: Sequence[FilledSeat], value: str
) -> tuple[Person | None, Organisation | None]:
    """Whoever is chosen for a task; who has it already keeps it, also after leaving the table."""
    if value == value_of(task):
        return task.responsible_person, task.responsible_organisation
    return responsible_named(filled, value)
