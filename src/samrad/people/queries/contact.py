"""Whom a municipality calls at the police, now (A4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.people.models import Absence, Appointment, ContactPost, Organisation, Person
from samrad.profiles.model import PoliceContact as Arrangement
from samrad.profiles.model import Side
from samrad.profiles.reader import profile


@dataclass(frozen=True)
class Place:
    """One place in the chain: a role at a unit, and who holds it on the day."""

    role: str
    role_name: str
    organisation: Organisation
    person: Person | None = None
    appointment: Appointment | None = None
    away_until: date | None = None

    @property
    def is_vacant(self) -> bool:
        """Nobody is appointed."""
        return self.person is None

    @property
    def answers(self) -> bool:
        """Somebody is appointed and at work."""
        return self.person is not None and self.away_until is None

    @property
    def phone(self) -> str:
        """The number to call: the person's own, or else the unit's."""
        return (self.person.phone if self.person else "") or self.organisation.phone

    @property
    def name(self) -> str:
        """The person's name, unless it is withheld."""
        return "" if self.person is None or self.person.name_withheld else self.person.name


@dataclass(frozen=True)
class PoliceContact:
    """The chain of an area on a day, and what the country says about it."""

    area: Area
    chain: tuple[Place, ...]
    leader: Place | None
    arrangement: Arrangement

    @property
    def now(self) -> Place | None:
        """Whom to call: the first in the chain who answers."""
        return next((place for place in self.chain if place.answers), None)

    @property
    def stands_in_for(self) -> tuple[Place, ...]:
        """The places before, in whose stead the one to call answers."""
        before = []
        for place in self.chain:
            if place.answers:
                break
            before.append(place)
        return tuple(before)

    @property
    def vacancies(self) -> tuple[Place, ...]:
        """Places nobody is appointed to; the first one is the contact itself."""
        return tuple(place for place in self.chain if place.is_vacant)

    @property
    def is_set(self) -> bool:
        """Whether a chain has been set for the area at all."""
        return bool(self.chain)


def who_to_call_now(area: Area, on: date) -> PoliceContact:
    """The police contact of `area` on that day, the deputies and the leader responsible."""
    arrangement = profile(area.country).police_contact
    posts = list(ContactPost.objects.filter(area=area).select_related("organisation"))
    wanted = [(post.organisation, post.role) for post in posts]
    if posts:
        wanted.append((posts[0].organisation, arrangement.leader))
    places = _filled(wanted, on)
    return PoliceContact(
        area=area,
        chain=tuple(places[: len(posts)]),
        leader=places[-1] if posts else None,
        arrangement=arrangement,
    )


def chain_of(posts: Iterable[Appointment], actor: Actor, on: date) -> Area | None:
    """An area in whose chain one of these roles stands, rather one that the actor works in.

    Whether the actor sees that chain is for `may_see_contact` to say.
    """
    police = [post for post in posts if post.organisation.side == Side.POLICE]
    if not police:
        return None
    where = Q()
    for post in police:
        where |= Q(organisation=post.organisation_id, role=post.role)
    working = Organisation.objects.filter(pk__in=actor.organisation_ids)
    at = list(working.exclude(area=None).values_list("area", flat=True))
    near = Area.objects.filter(
        Q(pk__in=Area.objects.covered_by(at, on=on).values("pk"))
        | Q(pk__in=Area.objects.covering(at, on=on).values("pk"))
    )
    places = ContactPost.objects.filter(where).select_related("area")
    first = places.filter(area__in=near.values("pk")).first() or places.first()
    return first.area if first else None


def _filled(wanted: list[tuple[Organisation, str]], on: date) -> list[Place]:
    """Two queries: who holds these roles on the day, and who of them is away."""
    appointments = list(
        Appointment.objects.on(on)
        .filter(
            organisation__in={organisation.pk for organisation, _role in wanted},
            role__in={role for _organisation, role in wanted},
        )
        .select_related("person")
        .order_by("from_date", "pk")
        if wanted
        else []
    )
    away = _away({appointment.person_id for appointment in appointments}, on)
    return [_place(organisation, role, appointments, away) for organisation, role in wanted]


def _away(people: set[int], on: date) -> dict[int, date]:
    if not people:
        return {}
    found = Absence.objects.on(on).filter(person__in=people).values_list("person", "to_date")
    return dict(found)


def _place(
    organisation: Organisation,
    role: str,
    appointments: Iterable[Appointment],
    away: dict[int, date],
) -> Place:
    """Where several hold the role, one who is at work comes before one who is not."""
    holders = sorted(
        (a for a in appointments if a.organisation_id == organisation.pk and a.role == role),
        key=lambda appointment: appointment.person_id in away,
    )
    holder = holders[0] if holders else None
    named = Appointment(organisation=organisation, role=role)
    return Place(
        role=role,
        role_name=holder.title if holder and holder.title else named.role_name,
        organisation=organisation,
        person=holder.person if holder else None,
        appointment=holder,
        away_until=away.get(holder.person_id) if holder else None,
    )
