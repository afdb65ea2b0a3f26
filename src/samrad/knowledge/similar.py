"""Where a municipality stands against similar ones, in words, charts and tables.

Only for those who are signed in: figures of the whole group go into it, and of some of them the
public view holds something back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.analysis.words import Code
from samrad.areas.models import Area
from samrad.knowledge.rules.picture import Against, Member, NoGroup, Similar
from samrad.knowledge.telling import told_beside
from samrad.ui.charts import Flag, Mark, Strip, Table
from samrad.ui.charts.figures import told
from samrad.ui.formats import number

SMALLEST_RATIO = 1e-6  # where there is none, or nothing to compare with: that comes first
FLAGS = {Code.HIGHER: Flag.HIGH, Code.LOWER: Flag.LOW}
Names = Mapping[str, str]


@dataclass(frozen=True)
class Beside:
    """One indicator beside the group: its name, what may be said, and its drawing."""

    against: Against
    name: str
    says: str
    chart: Strip

    @property
    def rates(self) -> str:
        """The two rates that are compared."""
        own = self.against
        if own.rate is None or own.of_group is None:
            return ""
        return _("%(own)s per 1,000 inhabitants, the group together %(group)s") % {
            "own": number(own.rate, 1), "group": number(own.of_group, 1),
        }  # fmt: skip


@dataclass(frozen=True)
class SimilarTold:
    """A group ready to be shown, with every indicator of a picture beside it."""

    area: Area
    group: Similar
    names: Names
    lines: list[Beside]

    @property
    def apart(self) -> list[Beside]:
        """What is clearly apart from the group, the farthest first."""
        found = [one for one in self.lines if one.against.way in FLAGS]
        return sorted(found, key=lambda one: -abs(log(one.against.ratio or SMALLEST_RATIO)))

    @property
    def why_none(self) -> str:
        """Why there is nothing to compare with, if there is not."""
        words = {
            NoGroup.NO_PEOPLE: _(
                "How many live in %(name)s has not been taken in. So there are no rates, and"
                " nothing to compare."
            ),
            NoGroup.TOO_FEW: _(
                "Too few municipalities have figures to find some that are like %(name)s."
            ),
        }
        said = words.get(self.group.why_none, "")
        return said % {"name": self.area.name} if said else ""

    @property
    def key(self) -> str:
        """How the drawings are read, with the names they carry."""
        return _(
            "Dot: %(name)s. Rings: the municipalities most like it. Line through the rings: where"
            " one like them lies by chance and ordinary spread; a dot outside that line stands out,"
            " up or down as its triangle points. Upright lines: what several have together."
        ) % {"name": self.area.name}

    @property
    def how(self) -> str:
        """How the group was chosen, and who is in it."""
        by_both = self.group.own is not None and self.group.own.density is not None
        said = (
            _("The %(count)s municipalities of the country that are nearest to %(name)s in number"
              " of inhabitants and in how densely they live: %(names)s.")
            if by_both
            else _("The %(count)s municipalities of the country that are nearest to %(name)s in"
                   " number of inhabitants: %(names)s.")
        )  # fmt: skip
        members = [self._name(one.place) for one in self.group.members]
        return said % {
            "count": number(len(members)), "name": self.area.name, "names": ", ".join(members),
        }  # fmt: skip

    @property
    def members(self) -> Table:
        """Who is in the group, by what they were chosen."""
        heads = [_("Municipality"), _("Inhabitants"), _("Inhabitants per km²")]
        own = [self.group.own] if self.group.own else []
        return Table(heads, [self._member(one) for one in [*own, *self.group.members]])

    def _member(self, one: Member) -> list[str]:
        decimals = 0 if one.density is None or one.density >= 10 else 1  # noqa: PLR2004
        return [self._name(one.place), number(one.people), told(one.density, decimals)]

    @property
    def table(self) -> Table:
        """Every indicator: here, the group, the district and all, with what may be said."""
        heads = [
            _("The latest year per 1,000"), self.area.name, _("The group together"),
            *([self._name(self.group.district)] if self.group.district else []),
            _("All municipalities"), _("Times the group"), _("At least"), _("At most"),
            _("The difference"),
        ]  # fmt: skip
        return Table(heads, [self._row(one) for one in self.lines])

    def _row(self, one: Beside) -> list[str]:
        own = one.against
        district = [told(own.of_district, 1)] if self.group.district else []
        return [
            one.name, told(own.rate, 1), told(own.of_group, 1), *district, told(own.of_all, 1),
            told(own.ratio, 2), told(own.low, 2), told(own.high, 2), one.says,
        ]  # fmt: skip

    @property
    def each(self) -> Table:
        """The rate of every member, an indicator a column."""
        heads = [_("The latest year per 1,000"), *(one.name for one in self.lines)]
        own = [self.area.name, *(told(one.against.rate, 1) for one in self.lines)]
        rows = [
            [self._name(member.place), *(told(one.against.each[at], 1) for one in self.lines)]
            for at, member in enumerate(self.group.members)
        ]
        return Table(heads, [own, *rows])

    def _name(self, place: str) -> str:
        return self.names.get(place, "–")


def names_in(groups: Iterable[Similar | None], actor: Actor) -> Names:
    """The names of all areas that these groups speak of, in one query."""
    refs: set[str] = set()
    for group in groups:
        if group is not None and group.own is not None:
            refs |= {group.own.place, *(one.place for one in group.members)}
            refs |= {group.district} - {""}
    if not refs:
        return {}
    rows = Area.objects.visible_to(actor).filter(ref__in=refs).values_list("ref", "name")
    return {str(ref): name for ref, name in rows}


def similar_told(
    group: Similar, area: Area, indicators: Mapping[str, str], names: Names
) -> SimilarTold:
    """The group in words, with these indicators by their codes."""
    lines = [
        _beside(one, group, area, indicators[one.indicator], names)
        for one in group.lines
        if one.indicator in indicators
    ]
    return SimilarTold(area, group, names, lines)


def _beside(own: Against, group: Similar, area: Area, name: str, names: Names) -> Beside:
    says = told_beside(own)
    together = [Mark(_("The group together"), own.of_group)]
    together += [Mark(names.get(group.district, _("Police district")), own.of_district)]
    together += [Mark(_("All municipalities"), own.of_all)]
    ends = _ordinary(own)
    others = [
        Mark(names.get(member.place, "–"), rate)
        for member, rate in zip(group.members, own.each, strict=True)
    ]
    chart = Strip(
        f"{name}, {area.name}: {says}", Mark(area.name, own.rate), ends[0], ends[1], others,
        together, FLAGS.get(own.way), _("The latest year per 1,000"), says,
    )  # fmt: skip
    return Beside(own, name, says, chart)


def _ordinary(own: Against) -> tuple[float | None, float | None]:
    """Between what rates one of the group lies, were it as the group is.

    The interval of the ratio turned round: the own rate is outside where the interval leaves out 1.
    Where there is none here or in the group there is no such line to draw.
    """
    if not own.ratio or own.of_group is None or own.low is None:
        return None, None
    least = own.of_group * own.ratio / own.high if own.high else 0.0
    return least, own.of_group * own.ratio / own.low if own.low else None
