"""What leaves the police of addresses that come back: a share, and how many were dealt with.

Never an address, its label, its month or its type; and no number of fewer than five (ADR 0030).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaCover
from samrad.kernel.clock import today
from samrad.knowledge.incident_models import AddressList, AddressMonth, IncidentReport
from samrad.knowledge.parts import PicturePart
from samrad.knowledge.pictures import period_in_words
from samrad.knowledge.rules.repeats import FEWEST_TOLD, few
from samrad.ui.formats import number, percent


def share_in_words(report: IncidentReport) -> str:
    """How much of a year happened where it happened before; nothing where too little did."""
    share = report.content.get("share")
    if not share:
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


def dealt_with(reports: list[IncidentReport], *, on: date) -> DealtWith | None:
    """The sums of twelve months; None where the police have no list of addresses."""
    since = date(on.year - 1, on.month, 1)
    months = AddressMonth.objects.filter(
        address_list__data_set__in=[one.data_set_id for one in reports], month__gte=since
    )
    found = months.aggregate(assessed=Sum("assessed"), contacted=Sum("contacted"))
    if found["assessed"] is None:
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
    seen = [one for one in read.select_related("data_set") if one.content.get("response")]
    lists = AddressList.objects.visible_to(actor).filter(police__in=around)
    context = {
        "reports": seen, "dealt_with": dealt_with(reports, on=today()),
        "police": reports[0].police, "addresses": lists.first(),
    }  # fmt: skip
    return PicturePart("knowledge/part_incidents.html", context)
