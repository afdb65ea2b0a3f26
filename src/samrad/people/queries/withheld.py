"""Whose names are kept out of what everybody reads (N6)."""

from __future__ import annotations

from samrad.people.models import Person


def names_withheld() -> dict[str, tuple[str, ...]]:
    """Today's name and earlier ones, by the person's reference; they are few."""
    rows = Person.objects.filter(name_withheld=True).values_list("ref", "name", "former_names")
    return {str(ref): (name, *former.splitlines()) for ref, name, former in rows}
