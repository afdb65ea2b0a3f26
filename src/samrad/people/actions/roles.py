"""Roles given by name, and whom a municipality calls at the police."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Role
from samrad.areas.models import Area
from samrad.kernel.verdict import Refused
from samrad.people.actions.appointments import refuse_to_prolong
from samrad.people.events import CONTACT_CHAIN_SET, GRANT_ENDED, ROLE_GRANTED
from samrad.people.models import ContactPost, ExplicitGrant, Organisation, Person
from samrad.people.permissions import may_end_grant, may_grant_role, may_set_contact_chain
from samrad.profiles.model import Side
from samrad.profiles.reader import profile
from samrad.trail.api import record

GIVEN_BY_NAME = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.COVERING, Role.ADDRESS_READER}


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    reason: str,
    from_date: date,
    by: Actor,
    at: datetime,
    area: Area | None = None,
    to_date: date | None = None,
) -> ExplicitGrant:
    """Give a role by name, with the reason; only administrators need no area."""
    may_grant_role(by).enforce()
    if role not in GIVEN_BY_NAME:
        raise Refused(_("Roles in a council come from seats."))
    if (area is None) != (role == Role.ADMINISTRATOR):
        raise Refused(_("Name the area the role reaches; an administrator’s reaches everything."))
    if to_date is not None and to_date < from_date:
        raise Refused(_("The last day lies before the first one."))
    if person.has_left_by(from_date):
        raise Refused(_("This person has left."))
    if role == Role.ADDRESS_READER and not _is_at_the_police(person, from_date):
        raise Refused(_("Addresses with repeats are for somebody who works at the police."))
    grant = ExplicitGrant.objects.create(
        person=person, role=role, area=area, reason=reason, from_date=from_date, to_date=to_date
    )
    record(ROLE_GRANTED, about=grant, by=by, at=at, person=person.name, reason=reason)
    return grant


def _is_at_the_police(person: Person, on: date) -> bool:
    held = person.appointments.on(on).select_related("organisation")
    return any(one.organisation.side == Side.POLICE for one in held)


@transaction.atomic
def end_grant(*, grant: ExplicitGrant, to_date: date, by: Actor, at: datetime) -> None:
    """End a role that was given by name."""
    grant = ExplicitGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    may_end_grant(by, grant).enforce()
    refuse_to_prolong(grant.from_date, grant.to_date, to_date)
    grant.to_date = to_date
    grant.save(update_fields=["to_date"])
    record(GRANT_ENDED, about=grant, by=by, at=at, person=grant.person.name)


@transaction.atomic
def set_contact_chain(
    *, area: Area, organisation: Organisation, by: Actor, at: datetime
) -> list[ContactPost]:
    """The roles of the country's chain at this police unit are called, in that order (A4)."""
    area = Area.objects.select_for_update().get(pk=area.pk)  # one chain at a time
    may_set_contact_chain(by, area).enforce()
    country = profile(organisation.country)
    if organisation.country != area.country or organisation.side != "police":
        raise Refused(_("Choose a police unit of the same country."))
    ContactPost.objects.filter(area=area).delete()
    posts = ContactPost.objects.bulk_create(
        ContactPost(area=area, organisation=organisation, role=role, order=order)
        for order, role in enumerate(country.police_contact.chain, start=1)
    )
    names = [country.role(post.role).name.in_language(country.languages[0]) for post in posts]
    record(
        CONTACT_CHAIN_SET, about=organisation, by=by, at=at,
        area=area.name, organisation=organisation.name, roles=", ".join(names),
    )  # fmt: skip
    return posts
