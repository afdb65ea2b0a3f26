"""One place among many: rates against how many people live there, between limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Table, Words, told
from samrad.ui.charts.scales import Scale, powers_between, ticks_within, top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

FOOT, HEAD = 40.0, 18.0
LEAST_HIGH = 220.0


@dataclass(frozen=True)
class Spot:
    """A place: how many it was to be counted on, and what was found for each of those.

    One that is chosen is darker and larger than the others, and one that is named has its name.
    """

    label: str
    size: float
    value: float
    low: float
    high: float
    is_chosen: bool = False
    is_named: bool = False


@dataclass(frozen=True)
class Bands:
    """A funnel: most places lie between the limits by chance alone; `middle` is what all have."""

    says: str
    spots: Sequence[Spot]
    middle: float
    across: Words = ""
    of: Words = ""

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG."""
        height = max(width * 0.45, LEAST_HIGH)
        sheet = Sheet(float(width), height, ink)
        spots = sorted(self.spots, key=lambda one: one.size)
        top = top_of([*(one.value for one in spots), self.middle * 1.5])
        ups = ticks_within(top, at_most=4)
        sizes = [one.size for one in spots if one.size > 0] or [1.0]
        names = max(as_wide(number(tick)) for tick in ups) + 8
        x = Scale(min(sizes) * 0.9, max(sizes) * 1.1, names, width - 8, is_log=True)
        y = Scale(0, max(top, ups[-1]), height - FOOT, HEAD)
        for tick in ups:
            sheet.rule("grid" if tick else "base", names, y(tick), width, y(tick))
            sheet.words("axis", number(tick), names - 6, y(tick) + 4, "end")
        _sizes(sheet, x, height - FOOT + 16)
        _limits(sheet, [one for one in spots if one.size > 0], x, y)
        sheet.rule("one", names, y(self.middle), width, y(self.middle))
        for one in sorted(spots, key=lambda one: (one.is_named, one.is_chosen)):
            if one.size > 0:
                look, radius = ("here", 5.0) if one.is_chosen or one.is_named else ("dot", 3.0)
                tip = format_html("<title>{} {}</title>", one.label, told(one.value, 1))
                sheet.add("circle", look, tip, cx=x(one.size), cy=y(one.value), r=radius)
        for one in spots:
            if one.is_named and one.size > 0:
                name = f"{one.label} {told(one.value, 1)}"
                sheet.name("own", name, (x(one.size), y(one.value) + 4), 9.0)
        sheet.words("axis", str(self.across), width, height - 4, "end")
        return sheet.drawing(self.says)

    @property
    def table(self) -> Table:
        """Every place, the largest first."""
        heads = [
            _("Place"),
            self.across or _("Size"),
            self.of or _("Rate"),
            _("At least"),
            _("At most"),
        ]
        rows = sorted(self.spots, key=lambda one: -one.size)
        return Table(
            heads,
            [[one.label, told(one.size, 0), told(one.value, 1), told(one.low, 1), told(one.high, 1)]
             for one in rows],
        )  # fmt: skip


def _sizes(sheet: Sheet, x: Scale, y: float) -> None:
    """How many live there, as many round numbers as there is room for."""
    free = x.start
    for size in powers_between(x.first, x.last):
        name, at = number(size), x(size)
        half = as_wide(name) / 2
        if at - half >= free and at + half <= sheet.width:
            sheet.words("axis", name, at, y, "middle")
            free = at + half + 12


def _limits(sheet: Sheet, spots: Sequence[Spot], x: Scale, y: Scale) -> None:
    """Between what chance alone puts a place of each size."""
    if not spots:
        return
    upper = [f"{x(one.size):.1f} {y(one.high):.1f}" for one in spots]
    lower = [f"{x(one.size):.1f} {y(max(one.low, 0)):.1f}" for one in reversed(spots)]
    sheet.add("path", "band", d=f"M{'L'.join([*upper, *lower])}Z")
