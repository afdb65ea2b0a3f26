"""Whose names are kept out of what everybody reads (N6)."""

from __future__ import annotations

from samrad.people.models import Person


def names_withheld() -> dict[str, str]:
    """By the person's reference; they are few."""
    rows = Person.objects.filter(name_withheld=True).values_list("ref", "name")
    return {str(ref): name for ref, name in rows}
