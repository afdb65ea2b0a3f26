"""A map in shades: where there is more of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Table, Words, told
from samrad.ui.charts.heat import SHADES, shade_of
from samrad.ui.charts.scales import top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

Ring = Sequence[tuple[float, float]]
EDGE, KEY, KEY_OF_BLANK, NAMED = 4.0, 40.0, 18.0, 16.0
TENS = 20
HIGHEST = 560.0  # of a map, so that a long country fits a window
STEP = 0.5  # what is nearer than this on the sheet is the same place
LEAST_RING = 3


@dataclass(frozen=True)
class Place:
    """An area with its outline in degrees east and north, and its figure."""

    label: str
    outline: Sequence[Ring]
    value: float | None
    is_hidden: bool = False
    is_chosen: bool = False


@dataclass(frozen=True)
class Places:
    """Areas beside each other; a figure that is missing or held back leaves its area blank."""

    says: str
    places: Sequence[Place]
    of: Words = ""
    heads: Sequence[Words] = field(default_factory=tuple)

    def drawn(self, width: float = 420, ink: Ink | None = SCREEN) -> SafeString:
        """The map as SVG, as high as the areas are."""
        east, north, scale, height = self._frame(width)
        sheet = Sheet(float(width), height, ink)
        top = top_of(one.value for one in self.places)
        for one in sorted(self.places, key=lambda one: one.is_chosen):
            way = "".join(_way(ring, east, north, scale) for ring in one.outline)
            tip = format_html("<title>{}: {}</title>", one.label, self._figure(one))
            sheet.add("path", shade_of(one.value, top), tip, d=way)
            if one.is_chosen:
                sheet.add("path", "chosen", tip, d=way)
        self._key(sheet, top)
        return sheet.drawing(self.says)

    def _key(self, sheet: Sheet, top: float) -> None:
        """What the shades mean, below the map."""
        side = min((sheet.width - 2 * EDGE) / SHADES, 64.0)
        low = sheet.height - self._below + 8
        if self.of:
            sheet.words("axis", str(self.of), EDGE, low + 8)
            low += NAMED
        ends = [number(top * step / (SHADES - 1), 0 if top >= TENS else 1)
                for step in range(SHADES)]  # fmt: skip
        for step in range(SHADES):
            left = EDGE + step * side
            sheet.add("rect", f"shade{step}", x=left, y=low, width=side, height=10.0)
            said = f"{ends[step - 1]}–{ends[step]}" if step else ends[0]
            said = said if as_wide(said) < side else f"–{ends[step]}"
            sheet.words("axis", said, left + side / 2, low + 24, "middle")
        if self._blank:
            sheet.add("rect", "blank", x=EDGE, y=low + 32, width=side / 2, height=10.0)
            sheet.words("axis", _("missing or held back"), EDGE + side / 2 + 6, low + 41)

    @property
    def _below(self) -> float:
        """How high what is said below the map is."""
        return KEY + (KEY_OF_BLANK if self._blank else 0.0) + (NAMED if self.of else 0.0)

    @staticmethod
    def _figure(one: Place) -> str:
        """What is told of a place, in its tip and in the table."""
        return _("held back") if one.is_hidden else told(one.value, 1)

    @property
    def _blank(self) -> bool:
        """Whether an area has no figure."""
        return any(one.value is None for one in self.places)

    def _frame(self, width: float) -> tuple[float, float, tuple[float, float], float]:
        """West and north edge, how much a degree is each way, and how high the sheet is."""
        points = [point for one in self.places for ring in one.outline for point in ring]
        if not points:
            return 0.0, 0.0, (1.0, 1.0), EDGE * 2
        west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, north = min(y for _x, y in points), max(y for _x, y in points)
        narrowing = math.cos(math.radians((south + north) / 2))  # degrees east are shorter up north
        a_degree = min(
            (width - 2 * EDGE) / max((east - west) * narrowing, 1e-9),
            HIGHEST / max(north - south, 1e-9),
        )
        height = (north - south) * a_degree + 2 * EDGE + self._below
        return west, north, (a_degree * narrowing, a_degree), height

    @property
    def table(self) -> Table:
        """Every area with its figure, the largest first."""
        rows = sorted(self.places, key=lambda one: -(one.value if one.value is not None else -1))
        return Table(
            self.heads or [_("Place"), self.of or _("Number")],
            [[one.label, self._figure(one)] for one in rows],
        )


def _way(ring: Ring, west: float, north: float, scale: tuple[float, float]) -> str:
    """A ring as steps from point to point, on half a pixel: a country is a page's largest piece."""
    across, down = scale[0] / STEP, scale[1] / STEP
    points = [(round((x - west) * across), round((north - y) * down)) for x, y in ring]
    kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    if len(kept) < LEAST_RING:
        return ""
    steps = (
        f"{(x - was_x) * STEP:g} {(y - was_y) * STEP:g}"
        for (was_x, was_y), (x, y) in pairwise(kept)
    )
    x, y = kept[0]
    return f"M{EDGE + x * STEP:g} {EDGE + y * STEP:g}l{' '.join(steps)}z"
