"""Whom a municipality calls at the police, now (A4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.areas.models import Area
from samrad.areas.queries import is_near
from samrad.people.models import Absence, Appointment, ContactPost, Organisation, Person
from samrad.people.queries.holders import held_in, with_holders
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

    def is_served_by(self, actor: Actor) -> bool:
        """Whether the actor works at one of the units in the chain."""
        return any(place.organisation.pk in actor.organisation_ids for place in self.chain)

    @property
    def is_set(self) -> bool:
        """Whether a chain has been set for the area at all."""
        return bool(self.chain)


def who_to_call_now(area: Area, on: date) -> PoliceContact:
    """The police contact of `area` on that day, the deputies and the leader responsible."""
    arrangement = profile(area.country).police_contact
    rows = _chain_of(area.pk, on, arrangement.leader)
    return _contact(area, rows, arrangement)


@prepared
def _chain_of(area: int, on: date, leader: str) -> QuerySet[Any]:
    return _with_those_who_answer(ContactPost.objects.filter(area=area), on, [leader])


def is_called(person: Person, on: date) -> bool:
    """Whether a municipality calls this person at the police, so that somebody stands in."""
    held = Appointment.objects.on(on).filter(
        person=person, organisation=OuterRef("organisation"), role=OuterRef("role")
    )
    return ContactPost.objects.filter(Exists(held)).exists()


def contact_through(
    posts: Iterable[Appointment], actor: Actor, on: date
) -> tuple[PoliceContact, bool] | None:
    """The chain in which one of these roles stands, rather one around which the actor works.

    With it, whether the actor works around there or in it; what follows from that is for
    `may_see_contact` to say. One query.
    """
    police = [post for post in posts if post.organisation.side == Side.POLICE]
    if not police:
        return None
    where = Q()
    for post in police:
        where |= Q(organisation=post.organisation_id, role=post.role)
    leaders = {profile(post.organisation.country).police_contact.leader for post in police}
    chains = ContactPost.objects.filter(area__in=ContactPost.objects.filter(where).values("area"))
    rows = list(
        _with_those_who_answer(chains, on, leaders)
        .select_related("area")
        .annotate(is_near=is_near(actor.workplace_ids, on=on, area="area"))
    )
    if not rows:
        return None
    area = min(rows, key=lambda row: (not row.is_near, row.area_id)).area
    rows = [row for row in rows if row.area_id == area.pk]
    contact = _contact(area, rows, profile(area.country).police_contact)
    return contact, rows[0].is_near or contact.is_served_by(actor)


def _with_those_who_answer(
    posts: QuerySet[ContactPost], on: date, leaders: Collection[str]
) -> QuerySet[Any]:
    """Places in chains, each with who holds its role, or leads there, and until when they are away.

    The whole answer is one query.
    """
    away = Absence.objects.on(on).filter(person=OuterRef("held__person")).order_by("-to_date")
    rows: QuerySet[Any] = (
        with_holders(posts, on, or_roles=leaders)
        .annotate(away_until=Subquery(away.values("to_date")[:1]))
        .order_by("area", "order", "held__from_date", "held__pk")
    )
    return rows


def _contact(area: Area, rows: Sequence[Any], arrangement: Arrangement) -> PoliceContact:
    """What the rows of one area's chain say."""
    posts = {row.order: row for row in rows}
    wanted = [(row.organisation, row.role) for row in posts.values()]
    if wanted:
        wanted.append((wanted[0][0], arrangement.leader))
    holders = [(held, row.away_until) for row in rows if (held := held_in(row))]
    places = [_place(organisation, role, holders) for organisation, role in wanted]
    return PoliceContact(
        area=area,
        chain=tuple(places[:-1]),
        leader=places[-1] if places else None,
        arrangement=arrangement,
    )


def _place(
    organisation: Organisation, role: str, holders: Iterable[tuple[Appointment, date | None]]
) -> Place:
    """Where several hold the role, one who is at work comes before one who is not."""
    here = sorted(
        (
            (held, away)
            for held, away in holders
            if held.organisation_id == organisation.pk and held.role == role
        ),
        key=lambda pair: pair[1] is not None,
    )
    holder, away_until = here[0] if here else (None, None)
    named = Appointment(organisation=organisation, role=role)
    return Place(
        role=role,
        role_name=holder.title if holder and holder.title else named.role_name,
        organisation=organisation,
        person=holder.person if holder else None,
        appointment=holder,
        away_until=away_until,
    )
