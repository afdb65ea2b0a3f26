"""Estimates with how sure they are, one a row: a dot, and the line it may lie on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Table, Words, told
from samrad.ui.charts.scales import Scale, ratio_scale
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

ROW, ROW_WITH_NAME, HEAD, FOOT = 30.0, 42.0, 22.0, 6.0
DENSE = 23.0  # a row on paper
NARROW, EDGE, ARROW = 480, 14.0, 5.0
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
        high = ROW_WITH_NAME if above else ROW if ink is SCREEN else DENSE
        sheet = Sheet(float(width), HEAD + high * len(self.rows) + FOOT, ink)
        across = self._ground(sheet, above=above)
        for place, row in enumerate(self.rows):
            y = HEAD + high * (place + 0.5)
            sheet.words("label", row.label, 0, y - 5 if above else y + 4)
            _draw_row(sheet, across, row, y + 10 if above else y)
        return sheet.drawing(self.says)

    def _ground(self, sheet: Sheet, *, above: bool) -> Scale:
        """The scale and what it names."""
        known = [one for row in self.rows for one in (row.value, row.low, row.high) if one]
        low, high = min([*known, 1.0]), max([*known, 1.0])
        first, last, ticks = ratio_scale(max(low, LEAST), min(high, MOST))
        longest = max((as_wide(row.label) for row in self.rows), default=0.0)
        names = EDGE if above else min(longest + EDGE, sheet.width * 0.45)
        across = Scale(first, last, names, sheet.width - EDGE, is_log=True)
        free = -1.0
        for tick in ticks:
            at, name = across(tick), f"× {number(tick)}"
            sheet.rule("one" if tick == 1 else "grid", at, HEAD - 4, at, sheet.height)
            if (half := as_wide(name) / 2 + 3) <= at - free:
                sheet.words("axis", name, at, HEAD - 9, "middle")
                free = at + half
        return across

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
        left, right = across(max(row.low, LEAST)), across(max(row.high, LEAST))
        sheet.rule("whisker", left, y, right, y)
        for at, way, goes_on in (
            (left, 1, row.low < across.first), (right, -1, row.high > across.last),
        ):  # fmt: skip
            for up in (ARROW, -ARROW) if goes_on else ():
                sheet.rule("whisker", at, y, at + way * ARROW, y + up)
    if row.value:
        sheet.mark(row.flag or "unclear", across(row.value), y, 5.0)
    elif row.note:
        sheet.words("note", str(row.note), across(1) + 8, y + 4)
