"""What leaves the police of addresses that come back: a share, and how many were dealt with.

Never an address, its label, its month or its type; and no number of fewer than five (ADR 0030).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaCover
from samrad.kernel.clock import today
from samrad.knowledge import insiders
from samrad.knowledge.incident_models import AddressList, IncidentReport
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.parts import PicturePart
from samrad.knowledge.response_times import ResponseTold
from samrad.knowledge.rules.repeats import FEWEST_TOLD, few, year_to
from samrad.ui.formats import number, percent


def share_in_words(report: IncidentReport) -> str:
    """How much of a year happened where it happened before; nothing where too little did."""
    share = report.content.get("share")
    if not share or "of_incidents" not in share:
        return ""
    return _(
        "%(share)s of the incidents in the twelve months to %(month)s were at addresses with two"
        " or more."
    ) % {"share": percent(share["of_incidents"]), "month": period_in_words(share["until"])}


@dataclass(frozen=True)
class DealtWith:
    """How many addresses the police have assessed, and talked about with the municipality."""

    assessed: int
    contacted: int

    @property
    def told(self) -> str:
        """In words, small numbers as small."""
        sentence = _("%(assessed)s assessed, %(contacted)s contacted with the municipality")
        return sentence % {"assessed": _told(self.assessed), "contacted": _told(self.contacted)}


def _told(count: int) -> str:
    if few(count):
        return _("fewer than %(number)s") % {"number": number(FEWEST_TOLD)}
    return number(count)


def dealt_with(police: Iterable[int], *, on: date) -> DealtWith | None:
    """The sums of twelve months; None where the police have no list of addresses.

    Where they have one it is told also of a list that nothing came up in: a sentence that is not
    there yet would tell by coming.
    """
    this_year = Q(months__month__gte=year_to(on))
    found = AddressList.objects.filter(police__in=police).aggregate(
        lists=Count("pk", distinct=True),
        assessed=Sum("months__assessed", filter=this_year, default=0),
        contacted=Sum("months__contacted", filter=this_year, default=0),
    )
    if not found["lists"]:
        return None
    return DealtWith(found["assessed"], found["contacted"])


def incident_part(area: Area, actor: Actor) -> PicturePart | None:
    """On a municipality's crime picture: the way to response times, and what was dealt with."""
    countries = actor.countries_where(Permission.INTERNAL_SEE) | actor.countries_where(
        Permission.COUNCIL_OVERSEE
    )
    if area.country not in countries:
        return None
    around = AreaCover.objects.above([area.pk], on=today())
    reports = list(IncidentReport.objects.filter(police__in=around).select_related("police"))
    if not reports:
        return None
    read = IncidentReport.objects.visible_to(actor).filter(pk__in=[one.pk for one in reports])
    seen = [one for one in read.select_related("data_set") if ResponseTold(one).told]
    addresses = AddressList.objects.visible_to(actor).filter(police__in=around).first()
    police = {one.police_id for one in reports if one.police_id is not None}
    dealt = dealt_with(insiders.in_councils_of(police, actor, on=today()), on=today())
    if not (seen or addresses or dealt):
        return None
    context = {
        "reports": seen, "dealt_with": dealt, "police": reports[0].police, "addresses": addresses,
    }  # fmt: skip
    return PicturePart("knowledge/part_incidents.html", context)
