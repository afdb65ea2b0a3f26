"""What the pages about the crime picture read: pictures, and the words and charts they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.analysis.words import Code
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.kernel.clock import today
from samrad.knowledge.insiders import in_councils_of
from samrad.knowledge.models import AreaPicture, Indicator, Sheet, SheetRow
from samrad.knowledge.moments import (
    drawn_of,
    interval_of,
    key_to,
    key_to_changes,
    period_in_words,
    unusual_in_words,
)
from samrad.knowledge.rules.picture import Line, NotJudged, Picture
from samrad.knowledge.rules.protection import latest_year_is_shown
from samrad.knowledge.sight import Sight
from samrad.knowledge.similar import Beside, Names, SimilarTold, names_in, similar_told
from samrad.knowledge.telling import told
from samrad.ui.charts import Intervals, Series, Table
from samrad.ui.formats import number
from samrad.ui.sorting import by_name

_SAYS_NOTHING = frozenset({Code.TOO_FEW, Code.UNKNOWN})


@dataclass(frozen=True)
class Told:
    """One indicator of one area: its name, what may be said of it, and its drawing."""

    line: Line
    name: str
    says: str
    unusual: str
    chart: Series
    ref: UUID | None = None
    part_of: str = ""  # the total that counts it as well

    @property
    def beforehand(self) -> str:
        """How what a council named beforehand stands, whether anything is unusual or not."""
        if not self.line.named or self.line.why_not_judged:
            return ""
        if self.unusual:
            return self.unusual
        return _("Within what was to be expected.")

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
    sight: Sight
    held_back: list[str] = field(default_factory=list)
    similar: SimilarTold | None = None

    def _that(self, *ways: Code) -> list[Told]:
        return [one for one in self.lines if one.line.change.way in ways]

    @property
    def is_underway(self) -> bool:
        """Whether what anybody reads of it is not worked out yet, so that nothing can be said."""
        return self.sight.is_public and self.kept.shown is None

    @property
    def rising(self) -> list[Told]:
        """What rises, whichever way would be better."""
        return self._that(Code.RISES)

    @property
    def falling(self) -> list[Told]:
        """What falls."""
        return self._that(Code.FALLS)

    @property
    def unclear(self) -> list[Told]:
        """What shows no clear change, or is too little to tell."""
        return self._that(Code.NO_CLEAR_CHANGE, Code.ABOUT_THE_SAME, Code.TOO_FEW, Code.UNKNOWN)

    @property
    def unusual(self) -> list[Told]:
        """What is outside what was to be expected of its period."""
        return [one for one in self.lines if one.line.latest.unusual]

    @property
    def named(self) -> list[Told]:
        """What a council named beforehand, and can be judged: a question of its own."""
        return [one for one in self.lines if one.beforehand]

    @property
    def nothing_unusual(self) -> str:
        """What may be said where nothing told here is unusual: of what was looked at, no more."""
        if all(one.line.why_not_judged for one in self.lines):
            return ""
        if self.held_back or self.not_judged:
            return _("Of what was looked at, nothing was outside what was to be expected.")
        return _("Nothing was outside what was to be expected.")

    @property
    def apart(self) -> list[Beside]:
        """What is clearly apart from similar municipalities; only told to those signed in."""
        return self.similar.apart if self.similar else []

    @property
    def is_compared(self) -> bool:
        """Whether everything told here was held against similar municipalities."""
        if self.similar is None or self.similar.why_none:
            return False
        ways = [one.against.way for one in self.similar.lines]
        return bool(ways) and _SAYS_NOTHING.isdisjoint(ways)

    @property
    def _is_looked_at_in_part(self) -> bool:
        """Whether nobody knows of some figures how they changed, or whether they are unusual."""
        return bool(self.not_judged) or any(
            one.line.change.way is Code.UNKNOWN for one in self.lines
        )

    @property
    def in_all(self) -> str:
        """One sentence where nothing moves: that, and what differs from elsewhere all the same.

        Of what was looked at, no more; nothing is said where nobody could look.
        """
        if self.rising or self.falling or self.unusual or self.held_back or not self.lines:
            return ""
        knows_changes = any(one.line.change.way not in _SAYS_NOTHING for one in self.lines)
        if not knows_changes or all(one.line.why_not_judged for one in self.lines):
            return ""
        if self._is_looked_at_in_part:
            return _("Of what was looked at nothing has changed clearly, and nothing is unusual.")
        if not self.apart:
            if not self.is_compared:
                return _("No clear change, and nothing unusual.")
            return _(
                "No clear change, nothing unusual, and nothing stands out from similar"
                " municipalities."
            )
        return ngettext(
            "No clear change and nothing unusual, yet one figure stands out from similar"
            " municipalities: %(names)s.",
            "No clear change and nothing unusual, yet %(count)s figures stand out from similar"
            " municipalities: %(names)s.",
            len(self.apart),
        ) % {"count": number(len(self.apart)), "names": ", ".join(one.name for one in self.apart)}

    @property
    def not_judged(self) -> list[str]:
        """What was held against nothing, by name, and why."""
        said = {
            NotJudged.SHORT: _(
                "Too little is known of the time before to tell whether these are unusual:"
                " %(names)s."
            ),
            NotJudged.NO_FIGURE: _("For %(period)s there is no figure of these: %(names)s."),
            NotJudged.BY_YEAR: _(
                "Of one figure a year it is not told what is unusual, only what rises or falls:"
                " %(names)s."
            ),
        }
        named = {
            why: ", ".join(one.name for one in self.lines if one.line.why_not_judged is why)
            for why in said
        }
        return [
            said[why] % {"names": names, "period": self.period}
            for why, names in named.items()
            if names
        ]

    @property
    def left_out(self) -> str:
        """That something is held back from this reader, and that it may rise or fall too."""
        told = {"names": ", ".join(self.held_back)}
        if not self.lines:
            return (
                _(
                    "Small numbers are or may be among all figures of it, so nothing is told here"
                    " of what rises, falls or is unusual: %(names)s."
                )
                % told
            )
        return (
            _(
                "Small numbers are among the figures of these, in this period or an earlier one, so"
                " it is not told here whether they rise, fall or are unusual: %(names)s."
            )
            % told
        )

    @property
    def key(self) -> str:
        """How the drawings of the past are read."""
        expects = any(past.limits[0] is not None for one in self.lines for past in one.line.past)
        return key_to(self.kept.content["period"], expects=expects)

    @property
    def key_of_changes(self) -> str:
        """How the drawing of the latest year against those before is read."""
        return key_to_changes()

    @property
    def own_scales(self) -> str:
        """That drawings beside each other are not compared by their height."""
        return _("Each drawing has its own scale.")

    @property
    def changes(self) -> Intervals:
        """The latest year against those before, as a chart."""
        return Intervals(
            _("The latest year against the years before, with 95 % intervals"),
            [interval_of(one.name, one.line, one.says) for one in self.lines],
            of=_("What is counted"),
        )

    @property
    def table(self) -> Table:
        """Everything on one table."""
        heads = [
            _("What is counted"), self.period, _("Expected"), _("The latest year per 1,000"),
            _("All municipalities"), _("The change"),
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
    indicators = Indicator.objects.filter(data_set__in=[one.data_set_id for one in kept])
    with_sheets = indicators.annotate(
        has_sheet=Exists(Sheet.objects.filter(indicator=OuterRef("pk"))),
        held_below=F("sheet__smallest_shown"),
    )
    names = {one.code: one for one in with_sheets}
    drawn = [(one, Picture.from_json(one.content)) for one in kept]
    if actor.is_anonymous:
        whole, of_all = _told_whole(area, actor), _told_of_all(area, actor)
        shown = [(one, picture, _of_its_own(_shown(one), of_all)) for one, picture in drawn]
        return [_told(one, picture, area, names, (own, whole)) for one, picture, own in shown]
    places = names_in([picture.similar for _one, picture in drawn], actor)
    is_named = any(line.named for _one, picture in drawn for line in picture.lines)
    if is_named and not in_councils_of([area.pk], actor, on=today()):
        drawn = [(one, picture.without_names()) for one, picture in drawn]
    told = [(_told(one, picture, area, names, None), picture) for one, picture in drawn]
    return [_with_similar(one, picture, area, names, places) for one, picture in told]


def areas_with_pictures(actor: Actor, text: str) -> QuerySet[Area]:
    """The areas that have a picture, by a part of their name where one is given."""
    drawn = AreaPicture.objects.visible_to(actor).values("area")
    found = Area.objects.visible_to(actor).filter(pk__in=drawn)
    return (found.named(text) if text else found).order_by("country", by_name())


def _told_whole(area: Area, actor: Actor) -> set[str]:
    """The indicators of which nothing is held back there from readers who are not signed in."""
    rows = SheetRow.objects.visible_to(actor).filter(area=area)
    found = list(rows.values_list("sheet__indicator__code", "protected"))
    held = {code for code, protected in found if protected}
    return {code for code, _protected in found} - held


def _told_of_all(area: Area, actor: Actor) -> set[str]:
    """The indicators of which anybody may be told what all municipalities together come to."""
    rows = SheetRow.objects.visible_to(actor).filter(
        area__kind=AreaKind.NATION, area__country=area.country
    )
    found = rows.values_list("sheet__indicator__code", "sheet__periods", "protected")
    return {code for code, periods, held in found if latest_year_is_shown(periods, held)}


def _shown(kept: AreaPicture) -> Picture:
    """What was worked out of what anybody reads; nothing where that was not done yet."""
    return Picture.from_json(kept.shown) if kept.shown else Picture(kept.content["period"])


def _of_its_own(picture: Picture, of_all: set[str]) -> Picture:
    lines = [one if one.indicator in of_all else one.without_the_whole() for one in picture.lines]
    return replace(picture, lines=tuple(lines))


def _with_similar(
    told: AreaTold, picture: Picture, area: Area, indicators: Mapping[str, Indicator],
    places: Names,
) -> AreaTold:  # fmt: skip
    """The same with where the area stands against similar ones, where that was worked out."""
    if picture.similar is None:
        return told
    called = {code: str(one) for code, one in indicators.items()}
    return replace(told, similar=similar_told(picture.similar, area, called, places))


def _told(
    kept: AreaPicture, picture: Picture, area: Area, indicators: Mapping[str, Indicator],
    for_anybody: tuple[Picture, set[str]] | None,
) -> AreaTold:  # fmt: skip
    """The picture in words; of what is held back in part nothing that was worked out is told.

    `for_anybody`: the picture of what anybody reads, and of what nothing is held back.
    """
    own, whole = for_anybody or (picture, set())
    shown = [one for one in own.lines if for_anybody is None or one.indicator in whole]
    lines = [_line(one, area, indicators.get(one.indicator)) for one in shown]
    told = {one.indicator for one in shown}
    own_set = [one for one in indicators.values() if one.data_set_id == kept.data_set_id]
    asked = ((str(one), getattr(one, "held_below", None)) for one in own_set)
    below = {name: smallest for name, smallest in asked if smallest is not None}
    sight = Sight.of(kept.data_set, is_public=for_anybody is not None, below=below)
    left = [indicators.get(one.indicator) for one in picture.lines if one.indicator not in told]
    return AreaTold(
        kept, period_in_words(picture.period), lines, sight, [str(one) for one in left if one]
    )


def _line(line: Line, area: Area, indicator: Indicator | None) -> Told:
    name = str(indicator) if indicator else line.indicator
    ref = indicator.ref if indicator and getattr(indicator, "has_sheet", False) else None
    chart = drawn_of(f"{name}, {area.name}", line.past, is_small=True)
    return Told(line, name, told(line.change), unusual_in_words(line), chart, ref,
                indicator.part_of if indicator else "")  # fmt: skip


def _row(one: Told) -> list[str]:
    latest = one.line.latest
    expected = "–" if latest.limits[0] is None else number(latest.limits[0], 0)
    value = "–" if latest.value is None else number(latest.value)
    return [one.name, value, expected, one.rate, one.rate_of_all, one.says]
