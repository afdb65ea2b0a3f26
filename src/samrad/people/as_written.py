"""What a form about a person or an organisation begins with, field by field.

Actions compare the same values before they write over them, so both are made here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from samrad.people.models import Organisation, Person


def of_person(person: Person) -> dict[str, Any]:
    """A name and the address mail goes to."""
    return {"name": person.name, "email": person.email}


def of_organisation(organisation: Organisation) -> dict[str, Any]:
    """What it is called and how it is reached."""
    return {name: getattr(organisation, name) for name in ("name", "short_name", "phone")}
