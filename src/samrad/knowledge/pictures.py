"""What the pages about the crime picture read: pictures, and the words and charts they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.knowledge.models import AreaPicture, Indicator, in_own_language
from samrad.knowledge.rules.periods import PeriodKind, in_words, read_period
from samrad.knowledge.rules.picture import Line, Past, Picture, Unusual, Way
from samrad.knowledge.telling import told
from samrad.ui.charts import Flag, Interval, Intervals, Moment, Series, Table
from samrad.ui.formats import number
from samrad.ui.sorting import by_name

FLAGS = {Unusual.HIGH: Flag.HIGH, Unusual.LOW: Flag.LOW}


@dataclass(frozen=True)
class Told:
    """One indicator of one area: its name, what may be said of it, and its drawing."""

    line: Line
    name: str
    says: str
    unusual: str
    chart: Series

    @property
    def rate(self) -> str:
        """The latest year's rate per 1,000."""
        among = self.line.among
        return "–" if among.rate is None else number(among.rate, 1)

    @property
    def rate_of_all(self) -> str:
        """The same for all municipalities together."""
        among = self.line.among
        return "–" if among.of_all is None else number(among.of_all, 1)


@dataclass(frozen=True)
class AreaTold:
    """A picture ready to be shown."""

    kept: AreaPicture
    period: str
    lines: list[Told]

    def _that(self, *ways: Way) -> list[Told]:
        return [one for one in self.lines if one.line.change.way in ways]

    @property
    def rising(self) -> list[Told]:
        """What rises, whichever way would be better."""
        return self._that(Way.RISES)

    @property
    def falling(self) -> list[Told]:
        """What falls."""
        return self._that(Way.FALLS)

    @property
    def unclear(self) -> list[Told]:
        """What shows no clear change, or is too little to tell."""
        return self._that(Way.NO_CLEAR_CHANGE, Way.TOO_FEW, Way.UNKNOWN)

    @property
    def unusual(self) -> list[Told]:
        """What is outside what was to be expected of its period."""
        return [one for one in self.lines if one.line.latest.unusual]

    @property
    def changes(self) -> Intervals:
        """The latest year against those before, as a chart."""
        return Intervals(
            _("The latest year against the years before, with 95 % intervals"),
            [_interval(one) for one in self.lines],
            of=_("What is counted"),
        )

    @property
    def table(self) -> Table:
        """Everything on one table."""
        heads = [
            _("What is counted"), self.period, _("Expected"), _("The latest year per 1,000"),
            _("All municipalities"), _("Change"),
        ]  # fmt: skip
        return Table(heads, [_row(one) for one in self.lines])


def pictures_of(area: Area, actor: Actor) -> list[AreaTold]:
    """The pictures of an area, a data set each."""
    kept = list(
        AreaPicture.objects.visible_to(actor)
        .filter(area=area)
        .select_related("data_set", "release")
        .order_by("data_set__code")
    )
    names = {
        one.code: in_own_language(one.name)
        for one in Indicator.objects.filter(data_set__in=[one.data_set_id for one in kept])
    }
    return [_told(one, area, names) for one in kept]


def areas_with_pictures(actor: Actor, text: str) -> QuerySet[Area]:
    """The areas that have a picture, by a part of their name where one is given."""
    drawn = AreaPicture.objects.visible_to(actor).values("area")
    found = Area.objects.visible_to(actor).filter(pk__in=drawn)
    return (found.named(text) if text else found).order_by("country", by_name())


def _told(kept: AreaPicture, area: Area, names: Mapping[str, str]) -> AreaTold:
    picture = Picture.from_json(kept.content)
    lines = [_line(one, area, names.get(one.indicator, one.indicator)) for one in picture.lines]
    return AreaTold(kept, period_in_words(picture.period), lines)


def _line(line: Line, area: Area, name: str) -> Told:
    chart = Series(f"{name}, {area.name}", [moment_of(one) for one in line.past], is_small=True)
    return Told(line, name, told(line.change), _unusual(line), chart)


def moment_of(past: Past) -> Moment:
    """One period as it is drawn."""
    period = read_period(past.period)
    begins = period.kind is PeriodKind.YEAR or period.start.month == 1
    return Moment(
        label=period_in_words(past.period), value=past.value,
        tick=str(period.start.year) if begins else "",
        expected=past.expected, low=past.low, high=past.high, flag=FLAGS.get(past.unusual),
        is_hidden=past.nothing == "hidden",
    )  # fmt: skip


def period_in_words(code: str) -> str:
    """A period for the reader."""
    return in_words(read_period(code), get_language() or "en")


def _unusual(line: Line) -> str:
    """How far the latest figure is from what was to be expected, if it is."""
    latest = line.latest
    if not latest.unusual or latest.value is None:
        return ""
    said = {
        Unusual.HIGH: _("%(count)s, where at most %(limit)s were to be expected"),
        Unusual.LOW: _("%(count)s, where at least %(limit)s were to be expected"),
    }[latest.unusual]
    limit = latest.high if latest.unusual is Unusual.HIGH else latest.low
    words = said % {"count": number(latest.value), "limit": number(limit)}
    return words if line.survives else _("%(what)s; it may be chance") % {"what": words}


def _interval(one: Told) -> Interval:
    change = one.line.change
    flag = {Way.RISES: Flag.HIGH, Way.FALLS: Flag.LOW}.get(change.way)
    high = change.high if change.high is not None and change.high < BEYOND else None
    return Interval(one.name, change.ratio, change.low, high, flag, one.says)


BEYOND = 1e6


def _row(one: Told) -> list[str]:
    latest = one.line.latest
    expected = "–" if latest.expected is None else number(latest.expected, 0)
    value = "–" if latest.value is None else number(latest.value)
    return [one.name, value, expected, one.rate, one.rate_of_all, one.says]
