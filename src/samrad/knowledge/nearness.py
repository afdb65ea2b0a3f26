"""Whose figures a reader looks for first: those of their own place, then of their own country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from samrad.access.actor import Actor
from samrad.areas.models import COUNTRY_NAMES, Area
from samrad.areas.rules.kinds import AreaKind, Country
from samrad.kernel.clock import today
from samrad.knowledge.lacking import Lacking, lacking_in
from samrad.knowledge.models import AreaPicture
from samrad.knowledge.overviews import has_overview

MOST_OWN = 4


@dataclass(frozen=True)
class OwnPlace:
    """A place that the reader works for: its picture or its overview, or what is missing."""

    area: Area
    has_picture: bool
    has_overview: bool
    lacking: Lacking | None


@dataclass(frozen=True)
class Abroad:
    """The municipalities of another country that have figures."""

    country: str
    areas: Sequence[Area]


def own_places(actor: Actor) -> list[OwnPlace]:
    """Municipalities and wide areas that the reader's organisations are in, a few."""
    if not actor.workplace_ids:
        return []
    areas = Area.objects.visible_to(actor).filter(pk__in=actor.workplace_ids).valid_on(today())
    own = list(areas.widest_first().reverse()[:MOST_OWN])
    in_country = {one.country for one in own}
    rows = AreaPicture.objects.visible_to(actor).filter(area__country__in=in_country)
    drawn = dict(rows.values_list("area", "area__country"))
    with_some = set(drawn.values())
    return [
        _own(area, actor, has_picture=area.pk in drawn, has_none=area.country not in with_some)
        for area in own
    ]


def _own(area: Area, actor: Actor, *, has_picture: bool, has_none: bool) -> OwnPlace:
    wide = not has_picture and has_overview(area, actor, today())
    is_missing = not has_picture and not wide and area.kind == AreaKind.MUNICIPALITY
    return OwnPlace(
        area,
        has_picture,
        wide,
        lacking_in([area], actor, has_none=has_none) if is_missing else None,
    )


def by_nearness(
    found: QuerySet[Area], actor: Actor, *, is_looking: bool
) -> tuple[QuerySet[Area], list[Abroad]]:
    """Those of the reader's countries, and those of the others folded under their country.

    Whoever looks for a name is shown all there are, wherever.
    """
    countries = {one.country for one in actor.held if one.country}
    if is_looking or not countries:
        return found, []
    others = list(found.exclude(country__in=countries))
    abroad = [
        Abroad(str(COUNTRY_NAMES[Country(code)]), list(areas))
        for code, areas in groupby(others, key=lambda one: one.country)
    ]
    return found.filter(country__in=countries), abroad
