"""The directory: people and organisations, found by name, organisation or role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, SmallIntegerField, When

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.access.vocabulary import Role as AccessRole
from samrad.areas.models import Area, AreaQuerySet, keys_within
from samrad.areas.queries import areas_wanted
from samrad.areas.rules.names import fold
from samrad.people.models import Appointment, ExplicitGrant, Organisation, Person
from samrad.people.models.register import AppointmentQuerySet
from samrad.profiles.model import Side
from samrad.profiles.reader import all_profiles, profile
from samrad.ui.sorting import by_name


def found_people(
    actor: Actor, *, text: str, on: date, country: str = "", with_those_who_left: bool = False
) -> QuerySet[Person, Person]:
    """Those whom `actor` may see and in whom every word is found: name, organisation or role.

    Those of the reader's own country come first: that is who they call.
    """
    people = Person.objects.visible_to(actor)
    if not with_those_who_left:
        people = people.here_on(on)
    current = Appointment.objects.on(on)
    if country:
        people = people.filter(pk__in=_holders(current.filter(organisation__country=country)))
    for word in fold(text).split():
        posts = current.filter(
            Q(organisation__folded__contains=f" {word}") | Q(role__in=_roles_called(word))
        )
        people = people.filter(Q(folded__contains=f" {word}") | Q(pk__in=_holders(posts)))
    near = current.filter(organisation__country__in=_countries_of(actor))
    own_first = Case(
        When(pk__in=_holders(near), then=0), default=1, output_field=SmallIntegerField()
    )
    return people.prefetch_related(posts_of_people(on)).order_by(own_first, by_name(), "pk")


def found_organisations(actor: Actor, *, text: str) -> QuerySet[Organisation, Organisation]:
    """Organisations in whose name every word of `text` is found."""
    found = Organisation.objects.visible_to(actor).select_related("parent", "area")
    for word in fold(text).split():
        found = found.filter(folded__contains=f" {word}")
    return found.order_by(by_name(), "pk")


def posts_of_people(on: date) -> Prefetch[str, AppointmentQuerySet, str]:
    """What each person is on the day, as `posts`."""
    current = Appointment.objects.on(on).select_related("organisation")
    return Prefetch("appointments", current, to_attr="posts")


def organisations_around(area: Area, on: date) -> QuerySet[Organisation]:
    """Those of the area and of the areas that contain it: what something there can be part of."""
    around = Area.objects.covering([area.pk], on=on).values("pk")
    return Organisation.objects.filter(area__in=around, country=area.country).order_by(
        by_name(), "pk"
    )


def areas_kept(actor: Actor, text: str, on: date) -> AreaQuerySet:
    """The areas whose people `actor` keeps, best match or widest first."""
    found = areas_wanted(actor, text=text, country="", kind="", on=on).valid_on(on)
    if actor.is_system or actor.manages_installation:
        return found
    kept = Area.objects.covered_by(actor.areas_where(Permission.PEOPLE_MANAGE), on=on)
    return found.filter(pk__in=kept.values("pk"))


def first_coordinator(on: date) -> Person | None:
    """Whoever was the first to coordinate some area, by office or by name; best one let in."""
    roles = {role.code for country in all_profiles() for role in country.roles if role.coordinates}
    offices = Appointment.objects.on(on).filter(role__in=roles, organisation__area__isnull=False)
    named = ExplicitGrant.objects.on(on).filter(role=AccessRole.COORDINATOR)
    found = Person.objects.filter(Q(pk__in=_holders(offices)) | Q(pk__in=named.values("person")))
    return found.here_on(on).order_by(F("user").asc(nulls_last=True), "pk").first()


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


def _countries_of(actor: Actor) -> QuerySet[Organisation, Any]:
    return Organisation.objects.filter(pk__in=actor.organisation_ids).values("country")


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
    inside = keys_within([area.pk], on=on)
    return Organisation.objects.filter(
        Q(area__in=around) | Q(area__in=inside), country=area.country, kind__in=kinds
    ).order_by(by_name(), "pk")
