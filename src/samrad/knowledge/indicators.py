"""What the pages about indicators read: one row or one query of rows, and the words and charts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.outlines import outlines_of
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import fold
from samrad.knowledge.models import (
    AreaPicture,
    DataSet,
    Indicator,
    Sheet,
    SheetRow,
    in_own_language,
)
from samrad.knowledge.pictures import moments_of, period_in_words
from samrad.knowledge.rules.periods import PeriodKind, read_period
from samrad.knowledge.rules.picture import Line, Past, Picture, Unusual
from samrad.knowledge.rules.recipes import Direction, Theme
from samrad.knowledge.rules.table import Nothing
from samrad.knowledge.telling import told
from samrad.knowledge.unit_words import DIRECTIONS, NOTHINGS, THEMES, unit_in_words
from samrad.ui.charts import Bands, Place, Places, Series, Spot, Table
from samrad.ui.formats import number

FEWEST_FOR_A_FUNNEL = 10


@dataclass(frozen=True)
class Described:
    """An indicator in the reader's words."""

    indicator: Indicator
    sheet: Sheet
    base: str

    @property
    def data_set(self) -> DataSet:
        """Where it is from."""
        return self.indicator.data_set

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.indicator)

    @property
    def definition(self) -> str:
        """What it counts and what not, in the reader's language."""
        return in_own_language(self.indicator.definition)

    @property
    def unit(self) -> str | Promise:
        """What is counted."""
        return unit_in_words(self.indicator.unit)

    @property
    def direction(self) -> str | Promise:
        """Which way is better."""
        return DIRECTIONS[Direction(self.indicator.direction)]

    @property
    def first(self) -> str:
        """The oldest period."""
        return period_in_words(self.sheet.periods[0])

    @property
    def last(self) -> str:
        """The latest period."""
        return period_in_words(self.sheet.periods[-1])

    @property
    def overlaps(self) -> bool:
        """Whether its periods share days, so that nobody may add them up."""
        return read_period(self.sheet.periods[-1]).kind is PeriodKind.INTERVAL


@dataclass(frozen=True)
class Themed:
    """The indicators of a theme, data set by data set."""

    name: str | Promise
    code: str
    data_sets: Sequence[tuple[DataSet, Sequence[Indicator]]]


def indicators_by_theme(actor: Actor, text: str = "", theme: str = "") -> list[Themed]:
    """The indicators that have figures, by a part of their name and by what they are about."""
    rows = Indicator.objects.visible_to(actor).filter(sheet__isnull=False)
    rows = rows.filter(data_set__theme=theme) if theme else rows
    found: dict[str, dict[int, list[Indicator]]] = {}
    data_sets: dict[int, DataSet] = {}
    for one in rows.select_related("data_set").order_by("data_set__code", "pk"):
        if text and fold(text) not in fold(f"{one} {one.data_set} {one.data_set.citation}"):
            continue
        data_sets[one.data_set_id] = one.data_set
        found.setdefault(one.data_set.theme, {}).setdefault(one.data_set_id, []).append(one)
    return [
        Themed(THEMES[code], code, [(data_sets[key], own) for key, own in found[code].items()])
        for code in Theme
        if code in found
    ]


def described(indicator: Indicator, data_set: DataSet | None = None) -> Described | None:
    """The indicator with its sheet, None where nothing has been taken in."""
    if data_set is not None:
        indicator.data_set = data_set
    sheet = Sheet.objects.select_related("release").filter(indicator=indicator).first()
    if sheet is None or not sheet.periods:
        return None
    base = Indicator.objects.filter(code=indicator.base).first() if indicator.base else None
    return Described(indicator, sheet, str(base) if base else "")


# All areas at once ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One municipality's latest figure among those of the others."""

    row: SheetRow
    area: Area
    line: Line | None

    @property
    def rate(self) -> float | None:
        """The latest year for every 1,000 inhabitants."""
        return self.line.among.rate if self.line else None

    @property
    def says(self) -> str:
        """What may be said of its change."""
        return told(self.line.change) if self.line else ""

    @property
    def figure(self) -> str:
        """The latest figure, or why there is none."""
        return figure_in_words(self.row.latest, self.row.latest_nothing)

    @property
    def is_hidden(self) -> bool:
        """Whether the latest figure is held back."""
        return self.row.latest_nothing == Nothing.HIDDEN


@dataclass(frozen=True)
class Everywhere:
    """An indicator over all municipalities it is counted in, and the whole where it is given."""

    about: Described
    standings: Sequence[Standing]
    whole: SheetRow | None
    others: int = 0
    countries: Sequence[str] = field(default_factory=tuple)

    @property
    def has_rates(self) -> bool:
        """Whether there are people behind the counts."""
        return any(one.rate is not None for one in self.standings)

    @cached_property
    def measure(self) -> str:
        """What the map and the table compare by."""
        if self.has_rates:
            return _("The latest year for every 1,000 inhabitants")
        return f"{capfirst(str(self.about.unit))}, {self.about.last}"

    def value_of(self, one: Standing) -> float | None:
        """That figure of one municipality."""
        return one.rate if self.has_rates else one.row.latest

    @property
    def map(self) -> Places | None:
        """The municipalities in shades; None where no outline is at hand."""
        return map_of(self, self.standings)

    @property
    def credit(self) -> str:
        """Whose outlines they are."""
        return "; ".join(filter(None, (outlines_of(one).credit for one in self.countries)))

    @property
    def funnel(self) -> Bands | None:
        """Every municipality between the limits of chance; no league table."""
        return funnel_of(self, self.standings)

    @property
    def series(self) -> Series | None:
        """The whole country, period by period."""
        if self.whole is None:
            return None
        says = _("%(what)s, %(where)s") % {"what": self.about.name, "where": self.whole.name}
        moments = moments_of(pasts_of(self.about.sheet, self.whole, None))
        return Series(says, moments, of=self.about.unit)

    @property
    def table(self) -> Table:
        """All municipalities by name."""
        heads = [_("Municipality"), self.about.last]
        heads += [_("The latest year per 1,000"), _("Change")] if self.has_rates else []
        rows = []
        for one in self.standings:
            more = [_decimal(one.rate), one.says] if self.has_rates else []
            rows.append([one.area.name, one.figure, *more])
        return Table(heads, rows)


def everywhere(about: Described) -> Everywhere:
    """The latest figures of every area of a sheet: one query."""
    rows = (
        about.sheet.rows.select_related("area")
        .defer("values", "people", "nothing")
        .order_by("area__name", "code")
    )
    standings, whole, others = [], None, 0
    for row in rows:
        kind = row.area.kind if row.area else ""
        if kind == AreaKind.MUNICIPALITY and row.area and row.area.valid_to is None:
            line = Line.from_json(row.finding) if row.finding else None
            standings.append(Standing(row, row.area, line))
        elif kind == AreaKind.NATION:
            whole = row
        else:
            others += 1
    countries = sorted({one.area.country for one in standings})
    if whole is not None:
        whole.refresh_from_db(fields=["values", "people", "nothing"])
    return Everywhere(about, standings, whole, others, countries)


def map_of(whole: Everywhere, shown: Iterable[Standing]) -> Places | None:
    """These municipalities in shades."""
    places = []
    for one in shown:
        rings = outlines_of(one.area.country).of(one.area.code)
        if rings:
            value = whole.value_of(one)
            places.append(Place(one.area.name, rings, value, one.is_hidden))
    if not places:
        return None
    says = _("%(what)s by municipality. %(measure)s.") % {
        "what": whole.about.name, "measure": whole.measure,
    }  # fmt: skip
    return Places(says, places, of=whole.measure, heads=[_("Municipality"), whole.measure])


def funnel_of(
    whole: Everywhere, shown: Iterable[Standing], chosen: Collection[int] = ()
) -> Bands | None:
    """These municipalities by how many live there, between what chance alone explains."""
    spots, of_all = [], None
    for one in shown:
        among = one.line.among if one.line else None
        if among is None or among.rate is None or among.low is None or among.high is None:
            continue
        of_all = among.of_all
        if one.row.lived:
            spots.append(
                Spot(
                    one.area.name, one.row.lived, among.rate, among.low, among.high,
                    one.area.pk in chosen,
                )
            )  # fmt: skip
    if of_all is None or len(spots) < FEWEST_FOR_A_FUNNEL:
        return None
    says = _("%(what)s: %(measure)s against how many live there") % {
        "what": whole.about.name, "measure": whole.measure,
    }  # fmt: skip
    return Bands(says, spots, of_all, across=_("Inhabitants"), of=whole.measure)


# One area ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Here:
    """An indicator in one area: every period, what was to be expected, and what may be said."""

    about: Described
    area: Area
    past: Sequence[Past]
    line: Line | None

    @property
    def says(self) -> str:
        """What may be said of the change."""
        return told(self.line.change) if self.line else ""

    @property
    def series(self) -> Series:
        """Period by period."""
        says = _("%(what)s, %(where)s") % {"what": self.about.name, "where": self.area.name}
        return Series(says, moments_of(self.past), of=self.about.unit)

    @property
    def hidden(self) -> int:
        """How many figures are held back."""
        return sum(one.nothing == Nothing.HIDDEN for one in self.past)

    @property
    def missing(self) -> int:
        """How many are missing, or of a time when there was no such area."""
        return sum(one.nothing in {Nothing.MISSING, Nothing.NOT_THEN} for one in self.past)

    @property
    def table(self) -> Table:
        """Every period, the latest first."""
        heads = [_("Period"), capfirst(str(self.about.unit))]
        expects = any(one.expected is not None for one in self.past)
        if expects:
            heads += [_("Expected"), _("Expected at least"), _("Expected at most"), _("Note")]
        return Table(heads, [_period_row(one, expects=expects) for one in reversed(self.past)])


def here(about: Described, area: Area, actor: Actor) -> Here | None:
    """The indicator in an area; None where it is not counted there."""
    rows = list(about.sheet.rows.filter(area=area).order_by("code"))
    if not rows:
        return None
    kept = AreaPicture.objects.visible_to(actor).filter(
        data_set=about.indicator.data_set_id, area=area
    )
    content: Mapping[str, Sequence[Mapping[str, object]]] | None = kept.values_list(
        "content", flat=True
    ).first()
    lines = Picture.from_json(content).lines if content else ()
    line = next((one for one in lines if one.indicator == about.indicator.code), None)
    return Here(about, area, pasts_of(about.sheet, _joined(rows), line), line)


def _joined(rows: Sequence[SheetRow]) -> SheetRow:
    """One row of an area that the publisher gave several codes in turn."""
    first, *more = rows
    for row in more:
        for at, value in enumerate(row.values):
            if first.values[at] is None and (value is not None or str(at) in row.nothing):
                first.values[at] = value
                why = row.nothing.get(str(at))
                if value is not None:
                    first.nothing.pop(str(at), None)
                elif why != Nothing.MISSING:
                    first.nothing[str(at)] = why
    return first


def pasts_of(sheet: Sheet, row: SheetRow, line: Line | None) -> list[Past]:
    """Every period of a row, with what was to be expected where it is known."""
    known = {one.period: one for one in line.past} if line else {}
    return [
        known.get(code) or Past(code, row.values[at], row.nothing.get(str(at), ""))
        for at, code in enumerate(sheet.periods)
    ]


def figure_in_words(value: float | None, nothing: str) -> str:
    """A figure, or why there is none."""
    if value is not None:
        return number(value)
    return str(NOTHINGS[Nothing(nothing)]) if nothing else "–"


def _period_row(one: Past, *, expects: bool) -> list[str]:
    row = [period_in_words(one.period), figure_in_words(one.value, one.nothing)]
    if not expects:
        return row
    notes = {Unusual.HIGH: _("higher than expected"), Unusual.LOW: _("lower than expected")}
    note = notes.get(one.unusual, "")
    return [*row, _decimal(one.expected), _decimal(one.low, 0), _decimal(one.high, 0), note]


def _decimal(value: float | None, decimals: int = 1) -> str:
    return "–" if value is None else number(value, decimals)
