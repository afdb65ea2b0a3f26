"""A figure over time, with what was to be expected behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts.figures import Flag, Moment, Table, Words, told
from samrad.ui.charts.scales import Scale, ticks_within, top_of
from samrad.ui.charts.sheet import SCREEN, Ink, Sheet, as_wide
from samrad.ui.formats import number

FOOT, HEAD, KEY = 24.0, 12.0, 18.0
HIDDEN = 5.0
BESIDE = 30.0  # room for the numbers of a small one's axis, so that all begin on one line
MOST_SHADE = 1.6  # times the largest figure: what a shade may ask of the height
LEAST_HIGH = 200.0
ROOM_FOR_A_TICK = 8.0
SMALL_HIGH = 0.72
ABOVE = 1.15  # room for the name of what was promised
LOOKS = {Flag.KEPT: "dot"}  # the others look like their names


@dataclass(frozen=True)
class Series:
    """Counts or rates of one place, period by period. `says` is the chart in one sentence.

    `written` is how figures are written, where that is not as numbers. `promised` is a named level
    that they are held against. What was to be expected is drawn of the newest `shaded` periods, or
    of all: further back it says little of today. The shade is between what each was to be
    expected, or where nothing is expected, between what it lies.
    """

    says: str
    moments: Sequence[Moment]
    of: Words = ""
    is_small: bool = False
    written: Callable[[float], str] = number
    promised: tuple[str, float] | None = None
    shaded: int | None = None

    def drawn(self, width: float = 640, ink: Ink | None = SCREEN) -> SafeString:
        """The chart as SVG; a small one stands among others."""
        height = width * SMALL_HIGH if self.is_small else max(width * 0.4, LEAST_HIGH)
        return _Drawing(self, Sheet(float(width), height, ink)).made()

    @property
    def table(self) -> Table:
        """Every period with its figure and what was to be expected."""
        expects = any(one.expected is not None for one in self.moments)
        heads = [_("Period"), self.of or _("Number")]
        heads += [_("Expected"), _("Expected at least"), _("Expected at most")] if expects else []
        return Table([*heads, _("Note")], [self._row(one, expects=expects) for one in self.moments])

    def _row(self, one: Moment, *, expects: bool) -> list[str]:
        among = [told(one.expected, 1), told(one.low, 0), told(one.high, 0)] if expects else []
        notes = {Flag.HIGH: _("higher than expected"), Flag.LOW: _("lower than expected")}
        figure = one.told if one.value is None or one.is_hidden else self.written(one.value)
        return [one.label, figure, *among, notes.get(one.flag, "") if one.flag else ""]


class _Drawing:
    """The drawing of one series while it is made."""

    def __init__(self, series: Series, sheet: Sheet) -> None:
        self.series, self.sheet, self.moments = series, sheet, _shaded(series)
        self.top, self.written = _top(self.moments), series.written
        if series.promised is not None:
            self.top = max(self.top, series.promised[1] * ABOVE)
        values = [one.value for one in self.moments if one.value is not None]
        whole = all(value == int(value) for value in values) or self.written is not number
        self.ticks = ticks_within(self.top, at_most=4, whole=whole)
        self.top = max(self.top, self.ticks[-1])
        self.key = _key(self.moments)
        last = self.moments[-1].value if self.moments else None
        self.right = sheet.width - 12 - (as_wide(self.written(last)) if last is not None else 0)
        self.y = Scale(0, self.top, sheet.height - FOOT, HEAD + (KEY if self.key else 0))
        self.left = max(*(as_wide(self.written(tick)) + 8 for tick in self.ticks), BESIDE)
        self.x = Scale(0, max(len(self.moments) - 1, 1), self.left + 4, self.right)

    def made(self) -> SafeString:
        self._ground()
        self._band()
        self._promise()
        self._lines()
        self._marks()
        self._periods()
        return self.sheet.drawing(self.series.says)

    def _ground(self) -> None:
        """Round numbers beside their lines, and above all what a gap or a square means."""
        for tick in self.ticks:
            at = self.y(tick)
            self.sheet.rule("grid" if tick else "base", self.left, at, self.right, at)
            self.sheet.words("axis", self.written(tick), self.left - 6, at + 4, "end")
        if self.key:
            self.sheet.words("axis", self.key, self.right, HEAD, "end")

    def _band(self) -> None:
        """Between what and what it was to be expected; cut off where it leads above the sheet."""
        for run in _runs(self.moments, "high"):
            upper = [f"{x:.1f} {y:.1f}" for x, y in self._upper(run)]
            lower = [f"{self.x(at):.1f} {self.y(self._of(at, 'low')):.1f}" for at in reversed(run)]
            self.sheet.add("path", "band", d=f"M{'L'.join([*upper, *lower])}Z")

    def _upper(self, run: Sequence[int]) -> Iterator[tuple[float, float]]:
        """The upper edge, with the places where it leaves the sheet and comes back."""
        yield self.x(run[0]), self.y(self._of(run[0], "high"))
        for one, other in pairwise(run):
            here, there = self._of(one, "high"), self._of(other, "high")
            if (here > self.top) != (there > self.top):
                part = (self.top - here) / (there - here)
                yield self.x(one) + part * (self.x(other) - self.x(one)), self.y(self.top)
            yield self.x(other), self.y(there)

    def _promise(self) -> None:
        """A level with its name above it, from edge to edge."""
        if self.series.promised is None:
            return
        name, level = self.series.promised
        at = self.y(level)
        self.sheet.rule("one", self.left, at, self.right, at)
        self.sheet.words("named", name, self.right, at - 5, "end")

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
                look, radius = (
                    (LOOKS.get(one.flag, one.flag.value), 4.5) if one.flag else ("dot", 3.5)
                )
                self.sheet.mark(look, self.x(at), self.y(one.value), radius)
        if self.moments:
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
            self.sheet.words(
                "value", self.written(one.value), self.right + 8, self.y(one.value) + 4
            )

    def _alone(self, at: int) -> bool:
        beside = [self.moments[one] for one in (at - 1, at + 1) if 0 <= one < len(self.moments)]
        return all(one.value is None for one in beside)

    def _periods(self) -> None:
        """The names below the axis, as many as there is room for and evenly apart."""
        named = [at for at, one in enumerate(self.moments) if one.tick]
        for every in range(1, len(named) + 1):
            shown = [(self._middle(at), self.moments[at].tick) for at in named[::every]]
            if all(_apart(one, other) for one, other in pairwise(shown)):
                for middle, tick in shown:
                    self.sheet.words("axis", tick, middle, self.sheet.height - 6, "middle")
                return

    def _middle(self, at: int) -> float:
        half = as_wide(self.moments[at].tick) / 2
        return min(max(self.x(at), half), self.sheet.width - half)


def _apart(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether there is room between two names, each at its middle."""
    halves = (as_wide(one[1]) + as_wide(other[1])) / 2
    return other[0] - one[0] >= halves + ROOM_FOR_A_TICK


def _shaded(series: Series) -> list[Moment]:
    """The periods as they are drawn: the older ones without what was to be expected."""
    plain = 0 if series.shaded is None else max(len(series.moments) - series.shaded, 0)
    return [
        replace(one, expected=None, low=None, high=None) if at < plain else one
        for at, one in enumerate(series.moments)
    ]


def _top(moments: Sequence[Moment]) -> float:
    """Where the axis ends: at the largest figure, or above it as far as a shade may ask for."""
    shades = top_of(one.high for one in moments)
    most = top_of(value for one in moments for value in (one.value, one.expected)) or 1.0
    return max(most, min(shades, most * MOST_SHADE))


def _key(moments: Sequence[Moment]) -> str:
    """What an empty square and a gap mean, where there are any."""
    hidden = any(one.is_hidden for one in moments)
    missing = any(one.value is None and not one.is_hidden for one in moments)
    said = [_("square: held back")] * hidden + [_("gap: missing")] * missing
    return ", ".join(said)


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
