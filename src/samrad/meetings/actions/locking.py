"""What every action begins with: the row locked, and the person who acts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.kernel.verdict import Refused
from samrad.people.models import Person

__all__ = ["locked", "person_of"]


def person_of(actor: Actor) -> Person:
    """The person behind the actor; what stands under a name is never done by the system."""
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    if person is None:
        raise Refused(_("This is done by a person, under their own name."))
    return person
