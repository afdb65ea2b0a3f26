"""Whom to ask for figures that are missing: the analyst of the district, and which table it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.kernel.clock import today
from samrad.knowledge.analysing import posts_of_analysts
from samrad.people.models import Appointment

#: Where a country's figures by municipality are, and how often.
TABLES: dict[str, str | Promise] = {
    "no": _(
        "Statistics Norway’s table 08487 has them by municipality, as means of two years; month by"
        " month only the police have them."
    ),
    "dk": _("Statistics Denmark’s table STRAF11 has them by municipality, quarter by quarter."),
    "se": _("Brå’s statistics of reported offences have them by municipality, month by month."),
}

#: Kinds of areas from the smallest on.
NEAREST_FIRST = (
    AreaKind.MUNICIPALITY,
    AreaKind.LOCAL_POLICE_AREA,
    AreaKind.POLICE_DISTRICT,
    AreaKind.COUNTY,
    AreaKind.NATION,
)


@dataclass(frozen=True)
class Askable:
    """An analyst whose area holds the municipality."""

    name: str
    organisation: str
    ref: UUID


def whom_to_ask(area: Area, actor: Actor) -> Askable | None:
    """The analyst nearest above an area: one query; None where there is none."""
    above = Area.objects.covering([area.pk], on=today())
    posts = posts_of_analysts(area.country, on=today()).filter(organisation__area__in=above)
    found = posts.filter(pk__in=Appointment.objects.visible_to(actor).values("pk"))
    how_near = Case(
        *(When(organisation__area__kind=kind, then=at) for at, kind in enumerate(NEAREST_FIRST)),
        default=len(NEAREST_FIRST),
    )
    nearest = found.select_related("person", "organisation").order_by(how_near, "person__name")
    first = nearest.first()
    if first is None:
        return None
    return Askable(first.person.name, str(first.organisation), first.person.ref)


def table_of(country: str) -> str:
    """Which publication it is, in a sentence."""
    return str(TABLES.get(country, ""))
