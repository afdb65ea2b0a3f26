"""Estimates with how sure they are, one a row: a dot, and the line it may lie on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Table, Words, told
from samrad.ui.charts.scales import Scale, ratio_ticks
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

ROW, ROW_WITH_NAME, HEAD, FOOT = 30.0, 42.0, 22.0, 6.0
NARROW, EDGE = 480, 14.0
LEAST, MOST = 1 / 8, 8.0


@dataclass(frozen=True)
class Interval:
    """A ratio to something, and between what it lies; `value` is None when too little is known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    flag: Flag | None = None
    note: Words = ""


@dataclass(frozen=True)
class Intervals:
    """Ratios, each on its row, on a scale where half and double lie equally far from one."""

    says: str
    rows: Sequence[Interval]
    of: Words = ""
    one: Words = ""

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG, as high as it has rows; in a narrow one names stand above lines."""
        above = width < NARROW
        high = ROW_WITH_NAME if above else ROW
        sheet = Sheet(float(width), HEAD + high * len(self.rows) + FOOT, ink)
        across = self._scale(sheet.width, above=above)
        self._ground(sheet, across)
        for place, row in enumerate(self.rows):
            y = HEAD + high * (place + 0.5)
            sheet.words("label", row.label, 0, y - 5 if above else y + 4)
            _draw_row(sheet, across, row, y + 10 if above else y)
        return sheet.drawing(self.says)

    def _scale(self, width: float, *, above: bool) -> Scale:
        known = [one for row in self.rows for one in (row.value, row.low, row.high) if one]
        low, high = min([*known, 0.5]), max([*known, 2.0])
        ticks = ratio_ticks(max(low, LEAST), min(high, MOST))
        longest = max((as_wide(row.label) for row in self.rows), default=0.0)
        names = EDGE if above else min(longest + EDGE, width * 0.45)
        return Scale(ticks[0], ticks[-1], names, width - EDGE, is_log=True)

    def _ground(self, sheet: Sheet, across: Scale) -> None:
        for tick in ratio_ticks(across.first, across.last):
            at = across(tick)
            sheet.rule("one" if tick == 1 else "grid", at, HEAD - 4, at, sheet.height)
            sheet.words("axis", f"× {number(tick)}", at, HEAD - 9, "middle")

    @property
    def table(self) -> Table:
        """Every row with its estimate and how sure it is."""
        heads = [self.of or _("What"), _("Ratio"), _("At least"), _("At most"), _("Note")]
        return Table(
            heads,
            [[row.label, told(row.value, 2), told(row.low, 2), told(row.high, 2), str(row.note)]
             for row in self.rows],
        )  # fmt: skip


def _draw_row(sheet: Sheet, across: Scale, row: Interval, y: float) -> None:
    if row.low is not None and row.high is not None:
        sheet.rule("whisker", across(max(row.low, LEAST)), y, across(max(row.high, LEAST)), y)
    if row.value:
        sheet.add("circle", row.flag or "dot", cx=across(row.value), cy=y, r=5.0)
    elif row.note:
        sheet.words("axis", str(row.note), across(1) + 8, y + 4)
