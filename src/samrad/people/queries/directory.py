"""The directory: people and organisations, found by name, organisation or role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.rules.names import fold
from samrad.people.models import Appointment, Organisation, Person
from samrad.people.models.register import AppointmentQuerySet
from samrad.profiles.model import Side
from samrad.profiles.reader import all_profiles, profile


def found_people(
    actor: Actor, *, text: str, on: date, country: str = ""
) -> QuerySet[Person, Person]:
    """Those whom `actor` may see and in whom every word is found: name, organisation or role."""
    people = Person.objects.visible_to(actor).here_on(on)
    current = Appointment.objects.on(on)
    if country:
        people = people.filter(pk__in=_holders(current.filter(organisation__country=country)))
    for word in fold(text).split():
        posts = current.filter(
            Q(organisation__folded__contains=f" {word}") | Q(role__in=_roles_called(word))
        )
        people = people.filter(Q(folded__contains=f" {word}") | Q(pk__in=_holders(posts)))
    return people.prefetch_related(posts_of_people(on)).order_by("folded", "pk")


def found_organisations(actor: Actor, *, text: str) -> QuerySet[Organisation, Organisation]:
    """Organisations in whose name every word of `text` is found."""
    found = Organisation.objects.visible_to(actor).select_related("parent", "area")
    for word in fold(text).split():
        found = found.filter(folded__contains=f" {word}")
    return found.order_by("folded", "pk")


def posts_of_people(on: date) -> Prefetch[str, AppointmentQuerySet, str]:
    """What each person is on the day, as `posts`."""
    current = Appointment.objects.on(on).select_related("organisation")
    return Prefetch("appointments", current, to_attr="posts")


def kept_organisations(actor: Actor, areas: Iterable[int], on: date) -> QuerySet[Organisation]:
    """The organisations whose people `actor` keeps: all of them for an administrator."""
    everywhere = actor.is_system or actor.manages_installation
    found = Organisation.objects.all()
    if not everywhere:
        found = found.filter(area__in=Area.objects.covered_by(areas, on=on).values("pk"))
    return found.select_related("area").order_by("folded", "pk")


def units_within(organisation: Organisation) -> set[int]:
    """Keys of the organisation and everything that is part of it, however deep: a query a level."""
    found: set[int] = set()
    level = {organisation.pk}
    while level:
        found |= level
        below = Organisation.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = set(below) - found
    return found


def works_within(person: Person, organisation: Organisation, on: date) -> bool:
    """Whether the person is appointed somewhere in the organisation's tree on the day."""
    current = Appointment.objects.on(on).filter(person=person)
    return current.filter(organisation__in=units_within(organisation)).exists()


def _holders(posts: AppointmentQuerySet) -> QuerySet[Appointment, Any]:
    return posts.values("person")


def _roles_called(word: str) -> set[str]:
    """Codes of the roles that have a word beginning so in any language, or in an old name."""
    return {
        role.code
        for country in all_profiles()
        for role in country.roles
        if any(
            f" {word}" in f" {fold(name)}"
            for name in (*role.name.as_mapping().values(), *role.also_called)
        )
    }


def police_units(area: Area, on: date) -> QuerySet[Organisation]:
    """The police organisations in the area, or whose own area covers it."""
    kinds = {
        kind.code for kind in profile(area.country).organisation_kinds if kind.side == Side.POLICE
    }
    around = Area.objects.covering([area.pk], on=on).values("pk")
    inside = Area.objects.covered_by([area.pk], on=on).values("pk")
    return Organisation.objects.filter(
        Q(area__in=around) | Q(area__in=inside), country=area.country, kind__in=kinds
    ).order_by("folded", "pk")
