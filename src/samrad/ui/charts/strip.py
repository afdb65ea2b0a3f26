"""One place among those it is like: a dot, a ring for each of them, lines for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Table, Words, told
from samrad.ui.charts.scales import Scale, ticks_within, top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet
from samrad.ui.formats import number

HEIGHT, FOOT, EDGE = 78.0, 20.0, 10.0
OWN, OTHERS, TOP = 16.0, 40.0, 4.0
LOOKS = ("one", "expected", "dotted")  # of the upright lines, in their order
WIDE_ENOUGH = 400


@dataclass(frozen=True)
class Mark:
    """A figure with a name: a place of the group, or what several places have together."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Strip:
    """Rates on one line. `low` and `high` is between what the own one may lie.

    `lines` are what several have together, drawn whole, dashed and dotted: the group, the
    district, all.
    """

    says: str
    own: Mark
    low: float | None
    high: float | None
    others: Sequence[Mark]
    lines: Sequence[Mark] = ()
    flag: Flag | None = None
    of: Words = ""
    note: Words = ""

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG, equally high at every width."""
        sheet = Sheet(float(width), HEIGHT, ink)
        shown = [self.own.value, self.high, *(one.value for one in (*self.others, *self.lines))]
        top = top_of(shown)
        ticks = ticks_within(top, at_most=6 if width > WIDE_ENOUGH else 3)
        across = Scale(0, max(top, ticks[-1]), EDGE, width - EDGE)
        for tick in ticks:
            sheet.words("axis", number(tick), across(tick), HEIGHT - 4, "middle")
        sheet.rule("grid", EDGE, HEIGHT - FOOT, width - EDGE, HEIGHT - FOOT)
        for look, line in zip(LOOKS, self.lines, strict=False):
            if line.value is not None:
                sheet.rule(look, across(line.value), TOP, across(line.value), HEIGHT - FOOT)
        for one in self.others:
            if one.value is not None:
                sheet.add("circle", "hidden", cx=across(one.value), cy=OTHERS, r=4.5)
        self._draw_own(sheet, across)
        return sheet.drawing(self.says)

    def _draw_own(self, sheet: Sheet, across: Scale) -> None:
        if self.low is not None and self.high is not None:
            sheet.rule("whisker", across(self.low), OWN, across(self.high), OWN)
        if self.own.value is not None:
            sheet.mark(self.flag or "dot", across(self.own.value), OWN, 6.0)

    @property
    def table(self) -> Table:
        """The place itself, what several have together, and each of the others."""
        heads = [_("Where"), self.of or _("Rate"), _("At least"), _("At most"), _("Note")]
        own = [self.own.label, told(self.own.value, 1), told(self.low, 1), told(self.high, 1)]
        rest = [*self.lines, *self.others]
        rows = [[one.label, told(one.value, 1), "", "", ""] for one in rest]
        return Table(heads, [[*own, str(self.note)], *rows])
