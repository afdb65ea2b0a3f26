"""Where a municipality lies: its police district on a map in shades, itself outlined.

One indicator, the first of its picture with rates. What is held back from anybody is blank there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.outlines import outlines_of
from samrad.kernel.clock import today
from samrad.knowledge.indicators import finding_of
from samrad.knowledge.models import SheetRow
from samrad.knowledge.pictures import AreaTold
from samrad.ui.charts import Place, Places

FEWEST = 2  # one alone is no map


@dataclass(frozen=True)
class Around:
    """An indicator in the municipalities of a district, one of them chosen."""

    area: Area
    district: str
    district_ref: UUID
    what: str
    chart: Places

    @property
    def credit(self) -> str:
        """Whose outlines they are."""
        return outlines_of(self.area.country).credit


def around(area: Area, pictures: Sequence[AreaTold], actor: Actor) -> Around | None:
    """The map of the first picture: one query; None where there is nothing to draw."""
    lines = [one for told in pictures[:1] for one in told.lines]
    line = next((one for one in lines if one.ref and one.line.among.rate is not None), None)
    if line is None or line.ref is None or not outlines_of(area.country).of(area.code):
        return None
    rows = list(_rows(line.ref, area, actor))
    chart = _map(line.name, rows, area, actor)
    if len(chart.places) < FEWEST:
        return None
    district, ref = rows[0].district, rows[0].district_ref  # type: ignore[attr-defined]
    return Around(area, district, ref, line.name, chart)


def _rows(indicator: UUID, area: Area, actor: Actor) -> QuerySet[SheetRow]:
    """The municipalities of the same district, each row with what that is called."""
    above = Area.objects.police_districts().covering([area.pk], on=today()).order_by("pk")
    inside = Area.objects.municipalities().covered_by(above.values("pk")[:1], on=today())
    return (
        SheetRow.objects.visible_to(actor)
        .filter(sheet__indicator__ref=indicator, area__in=inside)
        .annotate(
            district=Subquery(above.values("name")[:1]),
            district_ref=Subquery(above.values("ref")[:1]),
        )
        .select_related("area")
        .defer("values", "people", "nothing", "breaks")
        .order_by("area__name", "code")
    )


def _map(what: str, rows: Sequence[SheetRow], here: Area, reader: Actor) -> Places:
    found: dict[int, list[SheetRow]] = {}
    for row in rows:
        found.setdefault(row.area_id or 0, []).append(row)
    measure = _("The latest year for every 1,000 inhabitants")
    says = _("%(what)s by municipality. %(measure)s.") % {"what": what, "measure": measure}
    places = [_place(own, here, reader) for own in found.values()]
    drawn = [one for one in places if one.outline]
    return Places(says, drawn, of=measure, heads=[_("Municipality"), measure])


def _place(rows: Sequence[SheetRow], here: Area, reader: Actor) -> Place:
    """One municipality, be it under several codes in turn."""
    area = rows[0].area
    assert area is not None  # noqa: S101 (rows are put together by their area)
    held = reader.is_anonymous and any(row.protected for row in rows)
    findings = [finding_of(row, reader) for row in rows if not held]
    rates = [finding["among"]["rate"] for finding in findings if finding]
    rings = outlines_of(area.country).of(area.code)
    return Place(area.name, rings, next(iter(rates), None), held, area.pk == here.pk)
