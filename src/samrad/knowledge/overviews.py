"""What a district or a nation reads: which municipalities stand out, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.analysis.words import Code
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.documents.rules import Classification
from samrad.knowledge.indicators import (
    Described,
    Everywhere,
    Standing,
    described,
    everywhere,
    funnel_of,
    map_of,
)
from samrad.knowledge.models import AreaPicture, DataSet, Indicator, SheetRow
from samrad.knowledge.moments import (
    drawn_of,
    interval_of,
    key_to_changes,
    period_in_words,
    unusual_in_words,
)
from samrad.knowledge.rules.picture import Change, Line, Picture, Unusual
from samrad.knowledge.rules.yearly import comes_yearly
from samrad.knowledge.sight import Sight
from samrad.knowledge.telling import told as in_words
from samrad.ui.charts import Bands, Intervals, Places, Series
from samrad.ui.sorting import by_name

MOST_PLOTS = 24  # small drawings on one page; a nation has too many for them
WIDE_KINDS = (AreaKind.NATION, AreaKind.POLICE_DISTRICT, AreaKind.COUNTY)


@dataclass(frozen=True)
class Finding:
    """One figure of one municipality outside what was to be expected of its period."""

    area: Area
    indicator: Indicator
    line: Line

    @property
    def says(self) -> str:
        """The figure and the limit it passed, with how sure one may be."""
        return unusual_in_words(self.line)

    @property
    def is_sure(self) -> bool:
        """Whether it stands out even among all the figures that were looked at."""
        return self.line.survives


@dataclass(frozen=True)
class Plotted:
    """One municipality among the small drawings."""

    area: Area
    says: str
    chart: Series


@dataclass(frozen=True)
class Overview:
    """A wide area's municipalities, first those that stand out, then one indicator in all."""

    area: Area
    data_set: DataSet
    period: str
    to_choose: Sequence[tuple[DataSet, Sequence[Indicator]]]
    rising: Sequence[Finding]
    falling: Sequence[Finding]
    looked_at: int
    untold: int  # those of which nobody could say what was to be expected
    whole: Everywhere
    inside: Sequence[Standing]
    plots: Sequence[Plotted]
    underway: Sequence[DataSet] = ()  # of which what anybody reads is not worked out yet

    @property
    def about(self) -> Described:
        """The indicator that is shown in all municipalities."""
        return self.whole.about

    @property
    def nothing(self) -> str:
        """What may be said where nothing stands out: of what was looked at, no more."""
        if not self.looked_at:
            return ""
        if self.untold:
            return _("Of what was looked at, nothing was outside what was to be expected.")
        return _("Nothing was outside what was to be expected.")

    @property
    def nothing_above(self) -> str:
        """The same of what is more than was to be expected."""
        if self.looked_at and not self.untold:
            return _("Nothing was above what was to be expected.")
        return self._in_part

    @property
    def nothing_below(self) -> str:
        """The same of what is less."""
        if self.looked_at and not self.untold:
            return _("Nothing was below what was to be expected.")
        return self._in_part

    @property
    def _in_part(self) -> str:
        if self.looked_at:
            return _("Of what was looked at, nothing.")
        if comes_yearly(self.about.sheet.periods):
            return _("Of one figure a year it is not told what is unusual.")
        return _("Too little is known to tell.")

    @property
    def sight(self) -> Sight:
        """Who reads, and what is held back from them."""
        own = next(own for one, own in self.to_choose if one.pk == self.data_set.pk)
        below = {str(one): getattr(one, "held_below", 0) for one in own}
        return Sight.of(self.data_set, is_public=self.about.reader.is_anonymous, below=below)

    @cached_property
    def map(self) -> Places | None:
        """The municipalities in shades."""
        return map_of(self.whole, self.inside)

    @property
    def funnel(self) -> Bands | None:
        """All municipalities of the country, those of the area marked."""
        chosen = {one.area.pk for one in self.inside}
        marked = chosen if len(chosen) < len(self.whole.standings) else set()
        return funnel_of(self.whole, self.whole.standings, marked)

    @property
    def tells_clear_changes_only(self) -> bool:
        """Whether there are too many municipalities to draw those without a clear change."""
        return len(self.inside) > MOST_PLOTS

    def _is_told(self, change: Change) -> bool:
        is_clear = change.way in {Code.RISES, Code.FALLS}
        return change.ratio is not None and (is_clear or not self.tells_clear_changes_only)

    @property
    def key_of_changes(self) -> str:
        """How that drawing is read."""
        return key_to_changes()

    @property
    def changes(self) -> Intervals:
        """The latest year against the years before in each, the surest rise first."""
        rows = [
            interval_of(one.area.name, one.line, one.says)
            for one in sorted(self.inside, key=_surest_rise_first)
            if one.line and self._is_told(one.line.change)
        ]
        says = _("%(what)s: the latest year against the years before, with 95 %% intervals")
        return Intervals(says % {"what": self.about.name}, rows, of=_("Municipality"))


def overview_of(area: Area, actor: Actor, *, on: date, chosen: str = "") -> Overview | None:
    """What stands out among the municipalities in `area`; None where nothing is drawn of them.

    `chosen` is the code of the indicator that is shown in all of them, the first by default. What
    stands out is told of its data set.
    """
    inside = municipalities_in(area, on)
    drawn = _drawn_in(inside, actor)
    to_choose = [pair for pair in drawn if not _is_underway(pair[1], actor)]
    if not to_choose:
        return None
    everything = [one for _data_set, own in to_choose for one in own]
    shown = next((one for one in everything if one.code == chosen), everything[0])
    data_set, indicators = next(pair for pair in to_choose if pair[0].pk == shown.data_set_id)
    about = described(shown, actor, data_set)
    if about is None:
        return None
    findings, looked_at, untold = _findings(indicators, inside, actor)
    whole = everywhere(about)
    keys = set(inside.values_list("pk", flat=True))
    standings = [one for one in whole.standings if one.area.pk in keys]
    return Overview(
        area=area, data_set=data_set, period=period_in_words(about.sheet.periods[-1]),
        to_choose=to_choose,
        rising=[one for one in findings if one.line.latest.unusual is Unusual.HIGH],
        falling=[one for one in findings if one.line.latest.unusual is Unusual.LOW],
        looked_at=looked_at, untold=untold, whole=whole, inside=standings,
        plots=_plots(about, standings) if len(standings) <= MOST_PLOTS else [],
        underway=[one for one, own in drawn if _is_underway(own, actor)],
    )  # fmt: skip


def municipalities_in(area: Area, on: date) -> QuerySet[Area]:
    """Those that a wide area covers."""
    return Area.objects.municipalities().covered_by([area.pk], on=on)


def _drawn_in(
    inside: QuerySet[Area], actor: Actor
) -> list[tuple[DataSet, list[Indicator]]]:  # fmt: skip
    """What the reader may choose among, data set by data set, those that all may read first.

    One that is drawn but has no sheet for this reader stands in nobody's way.
    """
    drawn = AreaPicture.objects.filter(area__in=inside).values("data_set")
    seen = _with_a_sheet(actor).filter(data_set__in=drawn)
    untold = AreaPicture.objects.filter(data_set=OuterRef("data_set"), shown__isnull=True)
    seen = seen.annotate(held_below=F("sheet__smallest_shown"), is_untold=Exists(untold))
    found: dict[int, tuple[DataSet, list[Indicator]]] = {}
    for one in seen.select_related("data_set").order_by("data_set__code", "pk"):
        found.setdefault(one.data_set_id, (one.data_set, []))[1].append(one)
    return sorted(found.values(), key=lambda pair: pair[0].classification != Classification.OPEN)


def _is_underway(own: Sequence[Indicator], actor: Actor) -> bool:
    """Whether what anybody reads of a data set is not worked out yet."""
    return actor.is_anonymous and any(getattr(one, "is_untold", False) for one in own)


def _with_a_sheet(actor: Actor) -> QuerySet[Indicator]:
    """The indicators with a population behind them of which there is a sheet for this reader."""
    return Indicator.objects.visible_to(actor).filter(sheet__isnull=False).exclude(base="")


def areas_with_overviews(actor: Actor, on: date) -> QuerySet[Area]:
    """Nations and districts with municipalities that have a picture."""
    data_sets = _with_a_sheet(actor).values("data_set")
    drawn = AreaPicture.objects.visible_to(actor).filter(data_set__in=data_sets).values("area")
    above = Area.objects.visible_to(actor).covering(drawn, on=on)
    wide = above.of_kind(AreaKind.NATION, AreaKind.POLICE_DISTRICT)
    return wide.order_by("country", "kind", by_name())


def has_overview(area: Area, actor: Actor, on: date) -> bool:
    """Whether there is a page of a wide area for this reader."""
    if area.kind not in WIDE_KINDS:
        return False
    return areas_with_overviews(actor, on).filter(pk=area.pk).exists()


def _findings(
    indicators: Sequence[Indicator], inside: QuerySet[Area], actor: Actor
) -> tuple[list[Finding], int, int]:
    """Everything outside what was to be expected, the surest first, of how much that is judged.

    Last of how much nobody could say what was to be expected.

    An area that had several codes is one. To readers who are not signed in nothing is told of a
    figure of an area of which something is held back, under whichever of its codes.
    """
    by_key = {one.pk: one for one in indicators}
    seen = SheetRow.objects.visible_to(actor)
    if actor.is_anonymous:
        held = SheetRow.objects.filter(sheet=OuterRef("sheet"), area=OuterRef("area"))
        seen = seen.filter(~Exists(held.exclude(protected=[])))
    finding = "finding_shown" if actor.is_anonymous else "finding"
    rows = seen.filter(sheet__indicator__in=by_key, area__in=inside).exclude(**{finding: None})
    kept = rows.order_by("sheet", "code").values_list("sheet__indicator", "area", finding)
    # Some eight hundred for a country, of which a few are told: the others are not taken apart.
    last = {(indicator, area): finding or {} for indicator, area, finding in kept}
    told = {key: one for key, one in last.items() if one["past"][-1]["unusual"]}
    areas = inside.in_bulk({area for _indicator, area in told})
    found = [
        Finding(areas[area], by_key[indicator], Line.from_json(finding))
        for (indicator, area), finding in told.items()
    ]
    judged = sum(_is_judged(one["past"][-1]) for one in last.values())
    in_order = sorted(found, key=lambda one: (not one.is_sure, -abs(one.line.how_far)))
    return in_order, judged, len(last) - judged


def _is_judged(latest: Mapping[str, Any]) -> bool:
    """Whether there is a figure of the period, and something to hold it against."""
    figure = latest["value"] if latest.get("over", 1) == 1 else latest.get("together")
    return figure is not None and latest.get("expected") is not None


def _plots(about: Described, standings: Sequence[Standing]) -> list[Plotted]:
    """A small drawing of each, the one farthest above what was to be expected first."""
    told = [one.area.pk for one in standings if not about.reader.is_anonymous or one.line]
    kept = AreaPicture.objects.visible_to(about.reader).filter(
        data_set=about.indicator.data_set_id, area__in=told
    )
    content = "shown" if about.reader.is_anonymous else "content"
    contents = dict(kept.exclude(**{content: None}).values_list("area", content))
    plots = []
    for one in sorted(standings, key=_farthest_first):
        lines = Picture.from_json(contents[one.area.pk]).lines if one.area.pk in contents else ()
        line = next((own for own in lines if own.indicator == about.indicator.code), None)
        if line is not None:
            says = _("%(what)s, %(where)s") % {"what": about.name, "where": one.area.name}
            chart = drawn_of(says, line.past, is_small=True)
            plots.append(Plotted(one.area, in_words(line.change), chart))
    return plots


def _farthest_first(one: Standing) -> tuple[bool, float, str]:
    if one.line is None:
        return True, 0.0, one.area.name
    return not one.line.survives, -one.line.how_far, one.area.name


def _surest_rise_first(one: Standing) -> tuple[float, str]:
    low = one.line.change.low if one.line else None
    return -(low if low is not None else -1.0), one.area.name
