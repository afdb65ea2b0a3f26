"""Organisations come and change; they are never removed, because history points at them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.verdict import Refused
from samrad.people import as_written
from samrad.people.events import ORGANISATION_ADDED, ORGANISATION_CHANGED
from samrad.people.models import Organisation
from samrad.people.permissions import may_add_organisation, may_keep_people_at
from samrad.profiles.reader import profile
from samrad.trail.api import record


@transaction.atomic
def add_organisation(
    *,
    kind: str,
    country: str,
    name: str,
    area: Area | None,
    by: Actor,
    at: datetime,
    parent: Organisation | None = None,
    short_name: str = "",
    number: str = "",
    phone: str = "",
    valid_from: date | None = None,
) -> Organisation:
    """Add an organisation; without an area of its own it lies where its parent does."""
    area = area or (parent.area if parent else None)
    may_add_organisation(by, area).enforce()
    profile(country).organisation_kind(kind)
    if parent is not None and parent.country != country:
        raise Refused(_("An organisation and what it is part of lie in the same country."))
    if Organisation.objects.filter(area=area, kind=kind, name__iexact=name).exists():
        raise Refused(_("There is an organisation of this kind and name here already."))
    organisation = Organisation.objects.create(
        kind=kind,
        country=country,
        name=name,
        short_name=short_name,
        number=number,
        phone=phone,
        area=area,
        parent=parent,
        valid_from=valid_from,
    )
    record(ORGANISATION_ADDED, about=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    short_name: str,
    phone: str,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """Correct what an organisation is called and how it is reached."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    may_keep_people_at(by, organisation).enforce()
    enforce_seen(seen, as_written.of_organisation(organisation))
    organisation.name, organisation.short_name, organisation.phone = name, short_name, phone
    organisation.save(update_fields=["name", "folded", "short_name", "phone"])
    record(ORGANISATION_CHANGED, about=organisation, by=by, at=at)
