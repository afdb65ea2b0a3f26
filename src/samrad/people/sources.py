"""Who a user is, and roles that come from appointments and grants by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from samrad.access.actor import Actor, Held
from samrad.access.vocabulary import Role
from samrad.kernel.clock import today
from samrad.people.models import Appointment, ExplicitGrant, Person, User
from samrad.profiles.reader import profile


def actor_from_user(user: User) -> Actor | None:
    """The actor behind an account; nobody when the account or the person is no longer there."""
    person = Person.objects.filter(user=user.pk).first() if user.is_active else None
    if person is None or (person.left_date and person.left_date < today()):
        return None
    return Actor(
        label=person.name,
        user_id=user.pk,
        person_id=person.pk,
        person_ref=person.ref,
        language=person.language,
    )


def roles_from_appointments(actor: Actor, on: date) -> Iterable[Held]:
    """Covering and coordinating roles over the area of the organisation one is appointed at."""
    appointments = (
        Appointment.objects.on(on)
        .filter(person=actor.person_id)
        .values_list("role", "organisation__country", "organisation__area")
    )
    for role, country, area in appointments:
        if area is None:
            continue
        held = profile(country).role(role)
        if held.covers:
            yield Held(Role.COVERING, area_id=area)
        if held.coordinates:
            yield Held(Role.COORDINATOR, area_id=area)


def roles_from_grants(actor: Actor, on: date) -> Iterable[Held]:
    """Roles given by name, such as running the installation."""
    grants = ExplicitGrant.objects.filter(
        Q(to_date=None) | Q(to_date__gte=on), person=actor.person_id, from_date__lte=on
    ).values_list("role", "area")
    return [Held(Role(role), area_id=area) for role, area in grants]
