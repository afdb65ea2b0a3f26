"""A figure over time, with what was to be expected behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Moment, Table, Words, told
from samrad.ui.charts.scales import Scale, round_ticks, top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

FOOT, HEAD = 24.0, 16.0
HIDDEN = 5.0
LEAST_HIGH = 200.0
ROOM_FOR_A_TICK = 14.0


@dataclass(frozen=True)
class Series:
    """Counts or rates of one place, period by period. `says` is the chart in one sentence."""

    says: str
    moments: Sequence[Moment]
    of: Words = ""
    is_small: bool = False

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG; a small one stands among others."""
        height = width * 0.65 if self.is_small else max(width * 0.4, LEAST_HIGH)
        return _Drawing(self, Sheet(float(width), height, ink)).made()

    @property
    def table(self) -> Table:
        """Every period with its figure and what was to be expected."""
        expects = any(one.expected is not None for one in self.moments)
        heads = [_("Period"), self.of or _("Number")]
        heads += [_("Expected"), _("Expected at least"), _("Expected at most")] if expects else []
        return Table([*heads, _("Note")], [self._row(one, expects=expects) for one in self.moments])

    @staticmethod
    def _row(one: Moment, *, expects: bool) -> list[str]:
        among = [told(one.expected, 1), told(one.low, 0), told(one.high, 0)] if expects else []
        notes = {Flag.HIGH: _("higher than expected"), Flag.LOW: _("lower than expected")}
        return [one.label, one.told, *among, notes[one.flag] if one.flag else ""]


class _Drawing:
    """The drawing of one series while it is made."""

    def __init__(self, series: Series, sheet: Sheet) -> None:
        self.series, self.sheet, self.moments = series, sheet, series.moments
        top = top_of(value for one in self.moments for value in (one.value, one.high, one.expected))
        self.ticks = round_ticks(top, at_most=2 if series.is_small else 4)
        last = self.moments[-1].told if self.moments else ""
        self.right = sheet.width - 10 - (as_wide(last) if not series.is_small else 0)
        self.y = Scale(0, self.ticks[-1], sheet.height - FOOT, HEAD)
        names = 0.0 if series.is_small else max(as_wide(number(tick)) for tick in self.ticks) + 8
        self.x = Scale(0, max(len(self.moments) - 1, 1), max(names, 6), self.right)

    def made(self) -> SafeString:
        self._ground()
        self._band()
        self._lines()
        self._marks()
        self._periods()
        return self.sheet.drawing(self.series.says)

    def _ground(self) -> None:
        """Round numbers, written upon their own lines as newspapers do."""
        for tick in self.ticks:
            at = self.y(tick)
            self.sheet.rule("grid" if tick else "base", 0, at, self.sheet.width, at)
            if tick and (tick == self.ticks[-1] or not self.series.is_small):
                self.sheet.words("axis", number(tick), 0, at - 4)

    def _band(self) -> None:
        """Between what and what it was to be expected."""
        for run in _runs(self.moments, "high"):
            upper = [f"{self.x(at):.1f} {self.y(self._of(at, 'high')):.1f}" for at in run]
            lower = [f"{self.x(at):.1f} {self.y(self._of(at, 'low')):.1f}" for at in reversed(run)]
            self.sheet.add("path", "band", d=f"M{'L'.join([*upper, *lower])}Z")

    def _lines(self) -> None:
        for look, name in (("expected", "expected"), ("line", "value")):
            for run in _runs(self.moments, name):
                way = "L".join(f"{self.x(at):.1f} {self.y(self._of(at, name)):.1f}" for at in run)
                self.sheet.add("path", look, d=f"M{way}")

    def _of(self, at: int, name: str) -> float:
        value: float | None = getattr(self.moments[at], name)
        return value or 0.0

    def _marks(self) -> None:
        """What is held back, what stands alone, what is unusual, and where it stands now."""
        last = len(self.moments) - 1
        for at, one in enumerate(self.moments):
            if one.is_hidden:
                self._square(self.x(at))
            elif one.value is not None and (one.flag or at == last or self._alone(at)):
                look, radius = (one.flag.value, 4.5) if one.flag else ("dot", 3.5)
                self.sheet.add("circle", look, cx=self.x(at), cy=self.y(one.value), r=radius)
        if self.moments and not self.series.is_small:
            self._last(self.moments[-1])

    def _square(self, x: float) -> None:
        """An empty square on the ground: there is a figure, and it is held back."""
        self.sheet.add(
            "rect",
            "hidden",
            x=x - HIDDEN / 2,
            y=self.y(0) - HIDDEN - 2,
            width=HIDDEN,
            height=HIDDEN,
        )

    def _last(self, one: Moment) -> None:
        if one.value is not None:
            self.sheet.words("value", number(one.value), self.right + 8, self.y(one.value) + 4)

    def _alone(self, at: int) -> bool:
        beside = [self.moments[one] for one in (at - 1, at + 1) if 0 <= one < len(self.moments)]
        return all(one.value is None for one in beside)

    def _periods(self) -> None:
        """The names below the axis, as many as there is room for."""
        free = -1.0
        for at, one in enumerate(self.moments):
            half, middle = as_wide(one.tick) / 2, self.x(at)
            left = min(max(middle - half, 0), self.sheet.width - 2 * half)
            if one.tick and left >= free:
                self.sheet.words("axis", one.tick, left, self.sheet.height - 6)
                free = left + 2 * half + ROOM_FOR_A_TICK


def _runs(moments: Sequence[Moment], name: str) -> Iterator[list[int]]:
    """The stretches of periods without a gap in this figure."""
    run: list[int] = []
    for at, one in enumerate(moments):
        if getattr(one, name) is None:
            if run:
                yield run
            run = []
        else:
            run.append(at)
    if run:
        yield run
