"""Which guests are due at a meeting, by the rhythm their seat says they come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from samrad.cooperation.models import Seat
from samrad.cooperation.rules import is_guest_due
from samrad.cooperation.seats import FilledSeat
from samrad.meetings.models import Meeting
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.rules import MeetingState
from samrad.ui.formats import local_date

LOOKED_BACK = 200  # guests asked to earlier meetings: more than a council sees in ten years


def guests_due(meeting: Meeting, filled: Sequence[FilledSeat]) -> set[int]:
    """The keys of the guest seats that are due, in one query; none where no guest has a rhythm."""
    return due_among([one.seat for one in filled if one.is_guest], meeting)


def due_among(seats: Iterable[Seat], meeting: Meeting) -> set[int]:
    """The same of guest seats that are known."""
    guests = [seat for seat in seats if seat.rhythm]
    if not guests:
        return set()
    before = _before(meeting)
    return {seat.pk for seat in guests if _is_due(seat, before, day_of(meeting))}


def _is_due(seat: Seat, before: Sequence[tuple[date, set[int]]], on: date) -> bool:
    places = [place for place, (_day, asked) in enumerate(before) if seat.pk in asked]
    since = places[0] if places else len(before)
    last = before[since][0] if places else None
    return is_guest_due(seat.rhythm, meetings_since=since, last=last, on=on)


def _before(meeting: Meeting) -> list[tuple[date, set[int]]]:
    """Earlier meetings that were called, the latest first: the day, and the guests asked to it."""
    rows = (
        Meeting.objects.filter(council=meeting.council_id, starts_at__lt=meeting.starts_at)
        .filter(state__in=[MeetingState.CALLED, MeetingState.HELD])
        .order_by("-starts_at", "pk")
        .values_list("pk", "starts_at", "guests")[:LOOKED_BACK]
    )
    found: dict[int, tuple[date, set[int]]] = {}
    for key, starts_at, seat in rows:
        day = local_date(starts_at, meeting.council.zone)
        found.setdefault(key, (day, set()))[1].update([seat] if seat else [])
    return list(found.values())
