"""What a form about a theme day or a workshop begins with, field by field.

Actions compare the same values before they write over them, so both are made here and nowhere else.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from samrad.gatherings.models import ThemeDay, Workshop


def of_day(day: ThemeDay) -> dict[str, Any]:
    """When and where, what about, for whom."""
    zone = ZoneInfo(day.council.zone)
    return {
        "title": day.title,
        "invitation": day.invitation,
        "day": day.starts_at.astimezone(zone).date(),
        "starts": day.starts_at.astimezone(zone).time(),
        "ends": day.ends_at.astimezone(zone).time(),
        "place": day.place,
        "host": str(day.host.ref) if day.host else "",
        "nominate_by": day.nominate_by,
        "invited": [str(ref) for ref in day.invited.values_list("ref", flat=True)],
    }


def of_workshop(workshop: Workshop) -> dict[str, Any]:
    """A part of the programme."""
    return {"title": workshop.title, "text": workshop.text, "led_by": workshop.led_by}


def of_outcome(workshop: Workshop) -> dict[str, Any]:
    """What it came to."""
    return {"outcome": workshop.outcome, "goes_no_further": workshop.goes_no_further}
