"""What the pages about indicators read: one row or one query of rows, and the words and charts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.outlines import outlines_of
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import fold
from samrad.knowledge.models import (
    DataSet,
    Indicator,
    Sheet,
    SheetRow,
    in_own_language,
)
from samrad.knowledge.moments import moments_of, period_in_words
from samrad.knowledge.rules.periods import PeriodKind, read_period
from samrad.knowledge.rules.picture import Line, Past
from samrad.knowledge.rules.protection import latest_year_is_shown
from samrad.knowledge.rules.recipes import Direction, Theme
from samrad.knowledge.rules.table import Nothing, nothing_of
from samrad.knowledge.targets import how_many_keep_it, is_kept, target_in_words
from samrad.knowledge.telling import told
from samrad.knowledge.unit_words import (
    DIRECTIONS,
    NO_BETTER_WAY,
    NOTHINGS,
    THEMES,
    unit_in_words,
)
from samrad.ui.charts import Bands, Place, Places, Series, Spot, Table
from samrad.ui.formats import number

MOST_NAMED = 3  # dots of a drawing of many
FEWEST_FOR_A_FUNNEL = 10


@dataclass(frozen=True)
class Described:
    """An indicator in the reader's words."""

    indicator: Indicator
    sheet: Sheet
    base: str
    reader: Actor

    @property
    def data_set(self) -> DataSet:
        """Where it is from."""
        return self.indicator.data_set

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.indicator)

    @property
    def rows(self) -> QuerySet[SheetRow]:
        """The rows that the reader sees."""
        return self.sheet.rows.visible_to(self.reader)

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
        way = Direction(self.indicator.direction)
        if way is Direction.NEITHER and self.data_set.theme != Theme.CRIME:
            return NO_BETTER_WAY
        return DIRECTIONS[way]

    @property
    def first(self) -> str:
        """The oldest period."""
        return period_in_words(self.sheet.periods[0])

    @property
    def last(self) -> str:
        """The latest period."""
        return period_in_words(self.sheet.periods[-1])

    @property
    def target(self) -> str:
        """What has been aimed at."""
        return target_in_words(self.indicator)

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


def described(
    indicator: Indicator, actor: Actor, data_set: DataSet | None = None
) -> Described | None:
    """The indicator with its sheet, None where nothing has been taken in."""
    if data_set is not None:
        indicator.data_set = data_set
    sheet = Sheet.objects.select_related("release").filter(indicator=indicator).first()
    if sheet is None or not sheet.periods:
        return None
    base = Indicator.objects.filter(code=indicator.base).first() if indicator.base else None
    return Described(indicator, sheet, str(base) if base else "", actor)


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
    def against_target(self) -> str:
        """In how many of them the target is kept."""
        what = self.about.indicator
        return how_many_keep_it(
            is_kept(what, one.line.among if one.line else None, one.row.latest)
            for one in self.standings
        )

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
        heads += [_("The latest year per 1,000"), _("The change")] if self.has_rates else []
        rows = []
        for one in self.standings:
            more = [decimal(one.rate), one.says] if self.has_rates else []
            rows.append([one.area.name, one.figure, *more])
        return Table(heads, rows)


def everywhere(about: Described) -> Everywhere:
    """The latest figures of every area of a sheet: one query."""
    rows = (
        about.rows.select_related("area")
        .defer("values", "people", "nothing", "breaks")
        .order_by("area__name", "code")
    )
    municipalities: dict[int, list[SheetRow]] = {}
    whole, others, any_held = None, 0, False
    for row in (as_shown(row, about) for row in rows):
        any_held = any_held or bool(row.protected)
        kind = row.area.kind if row.area else ""
        if kind == AreaKind.MUNICIPALITY and row.area and row.area.valid_to is None:
            municipalities.setdefault(row.area.pk, []).append(row)
        elif kind == AreaKind.NATION:
            whole = row
        else:
            others += 1
    standings = [_standing(own, about) for own in municipalities.values()]
    if about.reader.is_anonymous and not _tells_of_all(about, whole, any_held=any_held):
        standings = [
            replace(one, line=one.line and one.line.without_the_whole()) for one in standings
        ]
    countries = sorted({one.area.country for one in standings})
    if whole is not None:
        whole.refresh_from_db(fields=["values", "people", "nothing"])
        whole = as_shown(whole, about, whole=True)
    return Everywhere(about, standings, whole, others, countries)


def _tells_of_all(about: Described, whole: SheetRow | None, *, any_held: bool) -> bool:
    """Whether a reader who is not signed in may be told what all together come to."""
    if whole is None:
        return not any_held
    return latest_year_is_shown(about.sheet.periods, whole.protected)


def _standing(rows: Sequence[SheetRow], about: Described) -> Standing:
    """An area once, by the code that knows its latest figure; some had several in turn."""
    row = next((one for one in rows if one.latest is not None), rows[-1])
    if row.latest is None:
        row.latest_nothing = nothing_of(one.latest_nothing for one in rows)
    held_back = about.reader.is_anonymous and any(one.protected for one in rows)
    kept = [finding_of(one, about.reader) for one in (row, *rows)]
    findings = [one for one in kept if one and not held_back]
    row.lived = next((one.lived for one in (row, *rows) if one.lived), None)
    assert row.area is not None  # noqa: S101 (rows are put together by their area)
    return Standing(row, row.area, Line.from_json(findings[0]) if findings else None)


def finding_of(row: SheetRow, reader: Actor) -> Any:
    """What was worked out on a row for this reader: for anybody, of what anybody reads."""
    return row.finding_shown if reader.is_anonymous else row.finding


def as_shown(row: SheetRow, about: Described, *, whole: bool = False) -> SheetRow:
    """The row as its reader may see it: a public one without what is held back for their sake.

    What was worked out on a row of which something is held back is not told either.
    """
    if not about.reader.is_anonymous or not row.protected:
        return row
    row.finding = row.finding_shown = None
    if len(about.sheet.periods) - 1 in row.protected:
        row.latest, row.latest_nothing = None, str(Nothing.HIDDEN)
    if whole:
        for at in row.protected:
            row.values[at], row.nothing[str(at)] = None, str(Nothing.HIDDEN)
    return row


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
    """These municipalities by how many live there, between what chance alone explains.

    The reader's own is named, and the chosen are where they are few.
    """
    spots, of_all = [], None
    own = whole.about.reader.workplace_ids
    named = own | frozenset(chosen) if len(chosen) <= MOST_NAMED else own
    for one in shown:
        among = one.line.among if one.line else None
        if among is None or among.rate is None or among.low is None or among.high is None:
            continue
        of_all = among.of_all
        if one.row.lived:
            spots.append(
                Spot(
                    one.area.name, one.row.lived, among.rate, among.low, among.high,
                    one.area.pk in chosen, one.area.pk in named,
                )
            )  # fmt: skip
    if of_all is None or len(spots) < FEWEST_FOR_A_FUNNEL:
        return None
    says = _("%(what)s: %(measure)s against how many live there") % {
        "what": whole.about.name, "measure": whole.measure,
    }  # fmt: skip
    return Bands(says, spots, of_all, across=_("Inhabitants"), of=whole.measure)


def pasts_of(sheet: Sheet, row: SheetRow, line: Line | None) -> list[Past]:
    """Every period of a row, with what was to be expected where it is known."""
    known = {one.period: one for one in line.past} if line else {}
    return [
        known.get(code) or Past(code, row.values[at], row.nothing.get(str(at), ""))
        for at, code in enumerate(sheet.periods)
    ]


# In words --------------------------------------------------------------------------------------


def figure_in_words(value: float | None, nothing: str) -> str:
    """A figure, or why there is none."""
    if value is not None:
        return number(value)
    return str(NOTHINGS[Nothing(nothing)]) if nothing else "–"


def decimal(value: float | None, decimals: int = 1) -> str:
    return "–" if value is None else number(value, decimals)
