"""One place among those it is like: a dot, a ring for each of them, named lines for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Table, Words, told
from samrad.ui.charts.scales import Scale, ticks_within, top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet
from samrad.ui.formats import number

FOOT, EDGE, ROW, BESIDE = 20.0, 10.0, 15.0, 9.0
OWN, OTHERS = 16.0, 38.0  # below the names
CAP, ARROW, MOST_ASKED = 4.0, 5.0, 1.5  # times the largest figure: what the line may ask for
ROOM = 1.03  # so that nothing ends on the edge
LOOKS = ("one", "expected", "dotted")  # of the upright lines, in their order
WIDE_ENOUGH = 400


@dataclass(frozen=True)
class Mark:
    """A figure with a name: a place of the group, or what several places have together."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Strip:
    """Rates on one line. Between `low` and `high` lies what is ordinary for one like the others.

    An end that is None goes on. `lines` are what several have together, drawn whole, dashed and
    dotted, each with its name: the group, the district, all.
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
        """The chart as SVG, as high as there are names to write."""
        named = [(look, line) for look, line in zip(LOOKS, self.lines, strict=False)
                 if line.value is not None]  # fmt: skip
        below = ROW * len(named)
        sheet = Sheet(float(width), below + OTHERS + 18.0 + FOOT, ink)
        across = self._ground(sheet)
        for place, (look, line) in enumerate(named):
            at, y = across(line.value or 0.0), ROW * place
            sheet.rule(look, at, y + 2, at, sheet.height - FOOT)
        for place, (_look, line) in enumerate(named):
            at, y = across(line.value or 0.0), ROW * place
            sheet.name("named", f"{line.label} {told(line.value, 1)}", (at, y + 11), 4.0)
        self._draw_ordinary(sheet, across, below + OTHERS)
        for one in self.others:
            if one.value is not None:
                sheet.add("circle", "hidden", cx=across(one.value), cy=below + OTHERS, r=4.5)
        if self.own.value is not None:
            at = across(self.own.value)
            sheet.mark(self.flag or "dot", at, below + OWN, 6.0)
            name = f"{self.own.label} {told(self.own.value, 1)}"
            sheet.name("own", name, (at, below + OWN + 4), BESIDE)
        return sheet.drawing(self.says)

    def _ground(self, sheet: Sheet) -> Scale:
        """The axis, with room for the line of what is ordinary as far as that is sensible."""
        values = [self.own.value, *(one.value for one in (*self.others, *self.lines))]
        most = top_of(values) or 1.0
        top = max(most, min(self.high or 0.0, most * MOST_ASKED)) * ROOM
        ticks = ticks_within(top, at_most=6 if sheet.width > WIDE_ENOUGH else 3)
        across = Scale(0, max(top, ticks[-1]), EDGE, sheet.width - EDGE)
        for tick in ticks:
            sheet.words("axis", number(tick), across(tick), sheet.height - 4, "middle")
        sheet.rule("grid", EDGE, sheet.height - FOOT, sheet.width - EDGE, sheet.height - FOOT)
        return across

    def _draw_ordinary(self, sheet: Sheet, across: Scale, y: float) -> None:
        """A line with ends, or with an arrow where it goes on."""
        if self.low is None:
            return
        left, last = across(self.low), across.last
        right = across(last if self.high is None else self.high)
        sheet.rule("whisker", left, y, right, y)
        sheet.rule("whisker", left, y - CAP, left, y + CAP)
        if self.high is not None and self.high <= last:
            sheet.rule("whisker", right, y - CAP, right, y + CAP)
            return
        for up in (ARROW, -ARROW):
            sheet.rule("whisker", right, y, right - ARROW, y + up)

    @property
    def table(self) -> Table:
        """The place itself, what is ordinary, what several have together, each of the others."""
        heads = [_("Where"), self.of or _("Rate"), _("At least"), _("At most"), _("Note")]
        own = [self.own.label, told(self.own.value, 1), "", "", str(self.note)]
        usual = [_("Ordinary for one like them"), "", told(self.low, 1), told(self.high, 1), ""]
        rest = [*self.lines, *self.others]
        rows = [[one.label, told(one.value, 1), "", "", ""] for one in rest]
        return Table(heads, [own, *([] if self.low is None else [usual]), *rows])
