"""What every action begins with: the row locked, and the person who acts."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import Refused
from samrad.people.models import Person

Row = TypeVar("Row", bound=models.Model)


GONE = _("Somebody has taken this out meanwhile. Open the page again to see how it stands.")


def locked(row: Row, *related: str) -> Row:
    """The same row as the database has it now, held until the transaction ends."""
    manager: Any = type(row)._default_manager
    rows = manager.select_for_update(of=("self",)).select_related(*related)
    found: Row | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(GONE)
    return found


def person_of(actor: Actor) -> Person:
    """The person behind the actor; what stands under a name is never done by the system."""
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    if person is None:
        raise Refused(_("This is done by a person, under their own name."))
    return person
