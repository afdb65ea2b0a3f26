"""When it happens: rows by columns, darker for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samrad.ui.charts.figures import Table, told
from samrad.ui.charts.scales import top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide

HEAD = 20.0
SHADES = 6


def shade_of(value: float | None, top: float) -> str:
    """The name of the shade of a figure: five up to the largest, one for nought, one for none."""
    if value is None:
        return "blank"
    if value <= 0 or top <= 0:
        return "shade0"
    return f"shade{min(int(value / top * (SHADES - 1)) + 1, SHADES - 1)}"


@dataclass(frozen=True)
class Heat:
    """Weekdays by hours, or any two lists of names with a figure where they meet."""

    says: str
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]
    corner: str = ""

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG."""
        names = max((as_wide(one) for one in self.rows), default=0.0) + 10
        side = (width - names) / max(len(self.columns), 1)
        high = min(max(side, 16.0), 26.0)
        sheet = Sheet(float(width), HEAD + high * len(self.rows), ink)
        top = top_of(value for row in self.values for value in row)
        free = -1.0
        for at, name in enumerate(self.columns):
            if (left := names + at * side) >= free:
                sheet.words("axis", name, left, HEAD - 7)
                free = left + as_wide(name) + 6
        for down, (name, row) in enumerate(zip(self.rows, self.values, strict=True)):
            y = HEAD + down * high
            sheet.words("label", name, 0, y + high / 2 + 4)
            for at, value in enumerate(row):
                sheet.add(
                    "rect", shade_of(value, top), x=names + at * side, y=y, width=side, height=high
                )
        return sheet.drawing(self.says)

    @property
    def table(self) -> Table:
        """The same figures in rows."""
        return Table(
            [self.corner, *self.columns],
            [[name, *(told(value, 1) for value in row)]
             for name, row in zip(self.rows, self.values, strict=True)],
        )  # fmt: skip
