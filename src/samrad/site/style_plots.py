"""Charts of invented counts, for the style page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samrad.ui.charts import (
    Bands,
    Flag,
    Heat,
    Interval,
    Intervals,
    Moment,
    Place,
    Places,
    Series,
    Spot,
)  # fmt: skip
from samrad.ui.formats import weekday

COUNTS = (14, 11, 9, 13, 15, 10, 12, 14, 11, None, 10, 0, 13, 12, 9, 24)
EXPECTED: dict[int, tuple[float, float, float]] = dict.fromkeys(range(8, 16), (12.0, 6.0, 18.0))
HIDDEN, THURSDAY = 9, 3
A_MONDAY = date(2026, 11, 16)
TOWNS = (("Nordvik", 4, 22), ("Midtby", 31, 18), ("Sydsund", 12, None), ("Vestøy", 2, 9))


def plots() -> dict[str, Any]:
    """One chart of each kind."""
    return {
        "series": Series(_("Break-ins in Midtby, quarter by quarter"), _quarters()),
        "small": Series(_("Break-ins in Midtby"), _quarters(), is_small=True),
        "intervals": Intervals(_("This year against the three before"), _ratios()),
        "heat": Heat(_("When it happens"), _week(), [f"{hour:02}" for hour in range(24)], _hours()),
        "bands": Bands(_("Midtby among other towns"), _towns(), 15.0, _("Inhabitants")),
        "places": Places(_("Where there is most"), _squares(), _("Per 1,000 inhabitants")),
    }


def _quarters() -> list[Moment]:
    return [_quarter(at, value) for at, value in enumerate(COUNTS)]


def _quarter(at: int, value: float | None) -> Moment:
    expected, low, high = EXPECTED.get(at, (None, None, None))
    return Moment(
        label=f"{2023 + at // 4} K{at % 4 + 1}",
        value=value,
        tick="" if at % 4 else str(2023 + at // 4),
        expected=expected,
        low=low,
        high=high,
        flag=Flag.HIGH if at == len(COUNTS) - 1 else None,
        is_hidden=at == HIDDEN,
    )


def _ratios() -> list[Interval]:
    return [
        Interval(_("Break-ins"), 1.9, 1.3, 2.7, Flag.HIGH, _("higher than expected")),
        Interval(_("Violence"), 1.05, 0.8, 1.4),
        Interval(_("Vandalism"), 0.6, 0.42, 0.86, Flag.LOW, _("lower than expected")),
        Interval(_("Weapons"), None, note=_("too few to tell")),
    ]


def _week() -> list[str]:
    return [weekday(A_MONDAY + timedelta(days))[:3] for days in range(7)]


def _hours() -> list[list[float | None]]:
    return [[float((hour + 2) % 24 // 3 * (2 if day > THURSDAY else 1)) for hour in range(24)]
            for day in range(7)]  # fmt: skip


def _towns() -> list[Spot]:
    return [
        Spot(name, size * 1000, rate or 12, 15 - 30 / size**0.5, 15 + 30 / size**0.5, at == 1)
        for at, (name, size, rate) in enumerate(TOWNS)
    ]


def _squares() -> list[Place]:
    """Four towns as squares beside each other."""
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    return [
        Place(
            name, [[(10 + (at % 2 + x) / 2, 60 + (at // 2 + y) / 4) for x, y in corners]],
            rate, is_hidden=rate is None, is_chosen=at == 1,
        )
        for at, (name, _size, rate) in enumerate(TOWNS)
    ]  # fmt: skip
