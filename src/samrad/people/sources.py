"""Who a user or a person is to the installation, with what appointments and grants give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, Q

from samrad.access.actor import ANONYMOUS, Actor, Held
from samrad.access.prepared import prepared
from samrad.access.sources import with_all_roles
from samrad.access.vocabulary import Role
from samrad.people.models import Person, User
from samrad.profiles.model import Side
from samrad.profiles.reader import profile

ROLES = "roles_read"  # beside an account, what was read with it
ACCOUNT = [field.attname for field in User._meta.concrete_fields]
PERSON = ("pk", "ref", "name", "language", "left_date", "seen_at", "before_at")
GIVEN = (
    "now__role", "now__organisation", "now__organisation__country",
    "now__organisation__area", "given__role", "given__area", "given__area__country",
)  # fmt: skip


class _Row(NamedTuple):
    """One current appointment and one current grant of a person, either of which may be missing."""

    person: int
    ref: UUID
    name: str
    language: str
    left_date: date | None
    seen_at: datetime | None
    before_at: datetime | None
    role: str | None
    organisation: int | None
    country: str | None
    area: int | None
    granted: str | None
    granted_area: int | None
    granted_country: str | None


def actor_from_user(user: User, on: date) -> Actor | None:
    """The actor behind an account; nobody when the account, person or last role is gone."""
    if not user.is_active:
        return None
    day, rows = getattr(user, ROLES, (None, ()))
    if day == on:
        delattr(user, ROLES)  # they answer the question they were read for, and none after it
    else:
        rows = _of_account(user.pk, on)
    return _actor([row[len(ACCOUNT) :] for row in rows], on, user_id=user.pk)


def account_with_roles(user: int, on: date) -> User | None:
    """The account with that key; what its person may do that day comes with it."""
    rows = _of_account(user, on)
    if not rows:
        return None
    found = User.from_db(DEFAULT_DB_ALIAS, ACCOUNT, rows[0][: len(ACCOUNT)])
    setattr(found, ROLES, (on, rows))
    return found


def actor_of_person(person: Person, on: date) -> Actor:
    """What a person may see on a day without having signed in: for mail, feeds and queued work."""
    actor = _actor(_of_person(person.pk, on), on, user_id=person.user_id)
    return ANONYMOUS if actor is None else with_all_roles(actor, on)


def _actor(found: list[tuple[Any, ...]], on: date, *, user_id: int | None) -> Actor | None:
    """The person with the appointments and grants of that day, one query.

    Somebody without any has nothing to do here, whatever account they still have.
    """
    rows = [_Row(*row) for row in found if row[0] is not None]
    if not rows or (rows[0].left_date and rows[0].left_date < on):
        return None
    if all(row.role is None and row.granted is None for row in rows):
        return None
    return Actor(
        label=rows[0].name,
        user_id=user_id,
        person_id=rows[0].person,
        person_ref=rows[0].ref,
        language=rows[0].language,
        seen_at=rows[0].seen_at,
        before_at=rows[0].before_at,
        organisation_ids=frozenset(row.organisation for row in rows if row.organisation),
        workplace_ids=frozenset(row.area for row in rows if row.area),
        held=frozenset(_held(rows)),
    )


def _with_roles(rows: Any, on: date, *, person: str = "") -> Any:
    """`rows` once for each appointment and grant of that day; `person` is the path to whose."""
    appointments, grants = f"{person}appointments", f"{person}grants"
    return rows.annotate(
        now=FilteredRelation(appointments, condition=_on(f"{appointments}__", on)),
        given=FilteredRelation(grants, condition=_on(f"{grants}__", on)),
    )


def _on(prefix: str, day: date) -> Q:
    return Q(**{f"{prefix}from_date__lte": day}) & (
        Q(**{f"{prefix}to_date": None}) | Q(**{f"{prefix}to_date__gte": day})
    )


@prepared
def _of_account(user: int, on: date) -> Any:
    rows = _with_roles(User.objects.filter(pk=user), on, person="person__")
    return rows.values_list(*ACCOUNT, *(f"person__{name}" for name in PERSON), *GIVEN)


@prepared
def _of_person(person: int, on: date) -> Any:
    return _with_roles(Person.objects.filter(pk=person), on).values_list(*PERSON, *GIVEN)


def _held(rows: Sequence[_Row]) -> Iterator[Held]:
    """Covering and coordinating roles over the organisation's area, and roles given by name."""
    for row in rows:
        if row.role and row.country and row.area is not None:
            role = profile(row.country).role(row.role)
            if role.covers:
                yield Held(Role.COVERING, area_id=row.area, country=row.country)
            if role.analyses:
                yield Held(Role.ANALYST, area_id=row.area, country=row.country)
            if role.reads_addresses:
                yield Held(Role.ADDRESS_READER, area_id=row.area, country=row.country)
            if role.coordinates:
                yield Held(Role.COORDINATOR, area_id=row.area, country=row.country)
        if row.granted and (row.granted != Role.ADDRESS_READER or _is_at_the_police(rows)):
            country = row.granted_country or ""
            yield Held(Role(row.granted), area_id=row.granted_area, country=country)


def _is_at_the_police(rows: Sequence[_Row]) -> bool:
    """Whether an appointment is there: a role for the police ends with the last of them."""
    roles = [profile(row.country).role(row.role) for row in rows if row.role and row.country]
    return any(role.side == Side.POLICE for role in roles)
