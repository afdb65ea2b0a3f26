"""Municipalities without a picture: what is known of them, what is missing, who can take it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.kernel.clock import today
from samrad.knowledge.askable import Askable, table_of, whom_to_ask
from samrad.knowledge.models import AreaPicture, Indicator, SheetRow
from samrad.knowledge.permissions import may_take_in_of

MOST_NAMED, MOST_KNOWN = 8, 6
PERSONS = "persons"  # the unit of how many live somewhere


@dataclass(frozen=True)
class Lacking:
    """Municipalities of which nothing is drawn; `known` are the figures there are of a single one.

    `may_take_in`: the reader can do something about it; `is_public`: it is only not published.
    """

    areas: Sequence[Area]
    known: Sequence[str]
    may_take_in: bool
    is_public: bool
    has_people: bool = False  # how many live there is known of every one of them
    ask: Askable | None = None
    table: str = ""
    country_has_none: bool = False

    @property
    def only(self) -> Area | None:
        """The municipality, where it is one."""
        return self.areas[0] if len(self.areas) == 1 else None


def lacking(text: str, actor: Actor) -> Lacking | None:
    """Those called so that have no picture; None where every one has, or none is called so."""
    drawn = AreaPicture.objects.visible_to(actor).values("area")
    called = Area.objects.visible_to(actor).municipalities().valid_on(today()).named(text)
    areas = list(called.exclude(pk__in=drawn)[:MOST_NAMED])
    exact = [one for one in areas if one.name.casefold() == text.casefold()]
    return lacking_in(exact or areas, actor) if areas else None


def lacking_in(areas: Sequence[Area], actor: Actor, *, has_none: bool = False) -> Lacking:
    """What is said of municipalities that have no picture; `has_none`: nor has their country."""
    can = any(may_take_in_of(actor, one.country) for one in areas)
    if actor.is_anonymous:
        return Lacking(areas, [], can, is_public=True)
    known = _known(areas, actor)
    return Lacking(
        areas, [str(one) for one in known], can, is_public=False,
        has_people=any(one.unit == PERSONS for one in known) or _has_people(areas, known, actor),
        ask=None if can else whom_to_ask(areas[0], actor),
        table=table_of(areas[0].country), country_has_none=has_none,
    )  # fmt: skip


def _has_people(areas: Sequence[Area], known: Sequence[Indicator], actor: Actor) -> bool:
    """Whether how many live there has been taken in of every one; `known` may tell it of one."""
    if len(areas) == 1 and len(known) < MOST_KNOWN:
        return False
    counted = SheetRow.objects.visible_to(actor).filter(
        sheet__indicator__in=Indicator.objects.visible_to(actor).filter(unit=PERSONS),
        area__in=areas,
        latest__isnull=False,
    )
    return counted.values("area").distinct().count() == len(areas)


def _known(areas: Sequence[Area], actor: Actor) -> list[Indicator]:
    """What is counted in a single one, if not in a way that a picture is made of."""
    if len(areas) != 1 or actor.is_anonymous:
        return []
    counted = Indicator.objects.visible_to(actor).filter(sheet__rows__area=areas[0])
    return list(counted.order_by("code").distinct()[:MOST_KNOWN])
