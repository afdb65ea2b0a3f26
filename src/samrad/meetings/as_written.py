"""What a form about a thing of the meetings begins with, field by field.

Actions compare the same values before they write over them, so both are made here and nowhere else.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from samrad.meetings.models import AgendaItem, Meeting, Paper


def of_item(item: AgendaItem) -> dict[str, Any]:
    """An item of an agenda."""
    return {
        "title": item.title,
        "text": item.text,
        "kind": item.kind,
        "presenter": str(item.presenter.ref) if item.presenter else "",
        "duration_minutes": item.duration_minutes,
        "mandate": item.mandate,
        **_readers(item),
    }


def of_paper(paper: Paper) -> dict[str, Any]:
    """What a paper is called, and whom it is for."""
    return {"title": paper.title, **_readers(paper)}


def _readers(thing: AgendaItem | Paper) -> dict[str, Any]:
    return {
        "classification": thing.classification,
        "legal_basis": thing.legal_basis,
        "audience": [str(ref) for ref in thing.audience.values_list("ref", flat=True)],
    }


def of_times(meeting: Meeting) -> dict[str, Any]:
    """When and where a meeting is."""
    zone = ZoneInfo(meeting.council.zone)
    return {
        "day": meeting.starts_at.astimezone(zone).date(),
        "starts": meeting.starts_at.astimezone(zone).time(),
        "ends": meeting.ends_at.astimezone(zone).time(),
        "place": meeting.place,
    }
