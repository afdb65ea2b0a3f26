"""Who came late or left early, when the agenda changes after it was noted.

What is noted names items. When one of them goes, or they change places, the note moves to a
neighbour: it never becomes "from the start" or "to the end" unseen, and the record says so.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samrad.access.actor import Actor
from samrad.meetings import events
from samrad.meetings.models import AgendaItem, Attendance, Meeting
from samrad.trail.api import record


def move_stays_from(item: AgendaItem, *, by: Actor, at: datetime) -> bool:
    """The item goes: whoever came at it came at the next one, whoever left after it before that.

    Whether anybody did. Whoever was there for this item alone is noted at one neighbour.
    """
    others = list(item.meeting.items.exclude(pk=item.pk).order_by("order", "pk"))
    place = sum(1 for one in others if (one.order, one.pk) < (item.order, item.pk))
    earlier = others[place - 1] if place else None
    later = others[place] if place < len(others) else None
    rows = list(_noted(item.meeting).filter(Q(from_item=item) | Q(until_item=item)))
    for row in rows:
        if row.from_item_id == item.pk:
            row.from_item = later or earlier
        if row.until_item_id == item.pk:
            row.until_item = earlier or later
        if _is_crossed(row):
            row.until_item = row.from_item
    return _keep(item.meeting, rows, by=by, at=at)


def uncross_stays(meeting: Meeting, *, by: Actor, at: datetime) -> bool:
    """The items have another order: who now would leave before coming was there for both items."""
    rows = [row for row in _noted(meeting) if _is_crossed(row)]
    for row in rows:
        row.from_item, row.until_item = row.until_item, row.from_item
    return _keep(meeting, rows, by=by, at=at)


def _noted(meeting: Meeting) -> QuerySet[Attendance]:
    related = ("from_item", "until_item", "seat__organisation", "seat__council")
    return Attendance.objects.filter(meeting=meeting).select_related(*related)


def _is_crossed(row: Attendance) -> bool:
    came, left = row.from_item, row.until_item
    return came is not None and left is not None and came.order > left.order


def _keep(meeting: Meeting, rows: list[Attendance], *, by: Actor, at: datetime) -> bool:
    if not rows:
        return False
    Attendance.objects.bulk_update(rows, ["from_item", "until_item"])
    seats = ", ".join(str(row.seat) for row in rows if row.seat)
    record(events.STAYS_MOVED, about=meeting.minutes, by=by, at=at, seats=seats or "–")
    return True
