"""Where everything stands on the drawn wheel: angles from days, lanes where things would touch.

The year runs clockwise from the top, every month as wide as the others. Numbers leave here as text
with a point, because a page would write them with the comma of its language.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import cos, radians, sin

SIZE = 760
CENTRE = SIZE / 2
RIM, MONTHS_IN, MONTHS_AT = 366.0, 316.0, 333.0
MEETINGS_AT = 286.0
LANES_FROM, LANES_TO = 240.0, 158.0
HUB = 118.0
MARKER, SMALL = 17.0, 8.0
LANE_STEP = 38.0
BETWEEN = 1.06  # markers that stand closer than this times their width take another lane


@dataclass(frozen=True)
class Spot:
    """A place for a marker, with the arc of its window when that is longer than the marker."""

    x: str
    y: str
    r: str
    arc: str = ""


@dataclass(frozen=True)
class Slice:
    """One month: its field, and the line its name is written along."""

    month: int
    field: str
    line: str


@dataclass(frozen=True)
class Hand:
    """Where today is: a line from the hub to the rim, and its tip."""

    x1: str
    y1: str
    x2: str
    y2: str
    tip: str


def angle_of(day: date) -> float:
    """Degrees clockwise from the top: 30 for each month, and the part of the month that is over."""
    return 30 * (day.month - 1) + 30 * (day.day - 1) / monthrange(day.year, day.month)[1]


def end_of(day: date) -> float:
    """The angle at which the day is over."""
    return angle_of(day) + 30 / monthrange(day.year, day.month)[1]


def point(angle: float, radius: float) -> tuple[float, float]:
    """The place at an angle and a distance from the centre."""
    return CENTRE + radius * sin(radians(angle)), CENTRE - radius * cos(radians(angle))


def text(number: float) -> str:
    """A number as a drawing takes it."""
    return f"{number:.1f}"


def slices() -> list[Slice]:
    """The twelve months; names in the lower half are written the other way, so none hangs upside
    down."""
    return [Slice(month, _field(month), _line(month)) for month in range(1, 13)]


def _field(month: int) -> str:
    first, last = 30.0 * (month - 1) + 0.35, 30.0 * month - 0.35
    outer, inner = _arc(first, last, RIM), _arc(last, first, MONTHS_IN, back=True)
    return f"M{outer} L{inner} Z"


def _line(month: int) -> str:
    first, last = 30.0 * (month - 1), 30.0 * month
    if 4 <= month <= 9:  # noqa: PLR2004 - the lower half of the wheel
        return f"M{_arc(last, first, MONTHS_AT + 16, back=True)}"
    return f"M{_arc(first, last, MONTHS_AT)}"


def _arc(first: float, last: float, radius: float, *, back: bool = False) -> str:
    (x1, y1), (x2, y2) = point(first, radius), point(last, radius)
    large = int(abs(last - first) > 180)  # noqa: PLR2004 - half a circle
    sweep = 0 if back else 1
    return (
        f"{text(x1)} {text(y1)} A{text(radius)} {text(radius)} 0 {large} {sweep}"
        f" {text(x2)} {text(y2)}"
    )


def spots_of_windows(windows: Sequence[tuple[date, date]]) -> list[Spot]:
    """A marker in the middle of each window, in a lane where it touches no other."""
    spans = [(angle_of(first), end_of(last)) for first, last in windows]
    lanes, count = lanes_of([_taken(first, last) for first, last in spans])
    step = min(LANE_STEP, (LANES_FROM - LANES_TO) / max(1, count - 1))
    marker = min(MARKER, step * 0.46)
    return [
        _spot((first + last) / 2, LANES_FROM - lane * step, marker, (first, last))
        for (first, last), lane in zip(spans, lanes, strict=True)
    ]


def _taken(first: float, last: float) -> tuple[float, float]:
    """What a window takes of its lane: its arc, or at least the width of its marker there."""
    middle = (first + last) / 2
    half = max((last - first) / 2, _degrees(MARKER, LANES_TO) * BETWEEN)
    return middle - half, middle + half


def _degrees(width: float, radius: float) -> float:
    return width / radius * 57.3


def lanes_of(spans: Sequence[tuple[float, float]]) -> tuple[list[int], int]:
    """The innermost free lane counted from outside for each span, and how many there are.

    Lanes are rings: what reaches past the top is compared with what begins there.
    """
    lanes: list[list[tuple[float, float]]] = []
    places: dict[int, int] = {}
    for index in sorted(range(len(spans)), key=lambda i: spans[i]):
        free = next((n for n, lane in enumerate(lanes) if _fits(spans[index], lane)), len(lanes))
        if free == len(lanes):
            lanes.append([])
        lanes[free].append(spans[index])
        places[index] = free
    return [places[index] for index in range(len(spans))], len(lanes)


def _fits(span: tuple[float, float], lane: Sequence[tuple[float, float]]) -> bool:
    first, last = span
    turns = (0, 360, -360)
    return all(last + turn <= a or b <= first + turn for a, b in lane for turn in turns)


def spots_of_days(days: Sequence[date], radius: float = MEETINGS_AT) -> list[Spot]:
    """Markers at single days on one ring; those that would touch are moved apart a little."""
    least = min(_degrees(2 * MARKER, radius) * BETWEEN, 360 / max(1, len(days)))
    angles = spread([(angle_of(day) + end_of(day)) / 2 for day in days], least)
    return [_spot(angle, radius, MARKER) for angle in angles]


def dots(windows: Sequence[tuple[date, date]]) -> list[Spot]:
    """Small marks on the innermost ring, for what comes every month."""
    middles = [(angle_of(first) + end_of(last)) / 2 for first, last in windows]
    return [_spot(angle, HUB + 18, SMALL) for angle in middles]


def spread(angles: Sequence[float], least: float) -> list[float]:
    """The angles in their order, each at least so far after the one before, moved as little as a
    walk forward and one back allow; the year is round, so the last keeps from the first as well."""
    order = sorted(range(len(angles)), key=lambda i: angles[i])
    moved = list(angles)
    for earlier, later in pairwise(order):
        moved[later] = max(moved[later], moved[earlier] + least)
    if order:
        moved[order[-1]] = min(moved[order[-1]], moved[order[0]] + 360 - least)
    for earlier, later in zip(order[-2::-1], order[:0:-1], strict=True):
        moved[earlier] = min(moved[earlier], moved[later] - least)
    return moved


def _spot(
    angle: float, radius: float, marker: float, window: tuple[float, float] | None = None
) -> Spot:
    x, y = point(angle, radius)
    arc = ""
    if window and window[1] - window[0] > 3 * _degrees(marker, radius):
        arc = f"M{_arc(window[0] + 1, window[1] - 1, radius)}"
    return Spot(text(x), text(y), text(marker), arc)


def hand(today: date) -> Hand:
    """The line that says where in the year it is; it stops short of the month's name."""
    angle = (angle_of(today) + end_of(today)) / 2
    (x1, y1), (x2, y2) = point(angle, HUB + 2), point(angle, MONTHS_IN)
    corners = [point(angle, RIM - 2), point(angle - 1.6, RIM + 12), point(angle + 1.6, RIM + 12)]
    tip = " ".join(f"{text(x)},{text(y)}" for x, y in corners)
    return Hand(text(x1), text(y1), text(x2), text(y2), tip)
