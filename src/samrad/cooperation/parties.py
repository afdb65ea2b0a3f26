"""The organisations that are parties to an agreement: found by name, or added."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation.rules import Side
from samrad.people.actions.organisations import add_organisation
from samrad.people.models import Organisation
from samrad.profiles.reader import profile


def organisations_of(
    area: Area, *, municipality: str, police: str, by: Actor, at: datetime
) -> dict[str, Organisation]:
    """By side of the table; seats of other sides are at the municipality, which convenes them."""
    kinds = profile(area.country).parties
    own = _found_or_added(area, kinds.municipality, municipality, by=by, at=at)
    theirs = _found_or_added(area, kinds.police[0], police, by=by, at=at)
    return {Side.MUNICIPALITY: own, Side.POLICE: theirs, Side.OTHER: own}


def _found_or_added(area: Area, kind: str, name: str, *, by: Actor, at: datetime) -> Organisation:
    there = Organisation.objects.filter(country=area.country, name__iexact=name).first()
    if there is not None:
        return there
    return add_organisation(kind=kind, country=area.country, name=name, area=area, by=by, at=at)
