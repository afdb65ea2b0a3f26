"""What has been made of occasions, read with them: meetings and tasks."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.wheel.models import Occasion, OccasionQuerySet
from samrad.wheel.rules import Made, Started
from samrad.wheel.rules.states import NOT_STARTED


def with_what_was_made(occasions: OccasionQuerySet) -> QuerySet[Occasion]:
    """The occasions, each with the state and the day of its meeting or task: one query.

    How it stands is told to whoever sees the wheel; the thing itself keeps its own readers.
    """
    meeting = Meeting.objects.filter(ref=OuterRef("made_ref"))
    task = Task.objects.filter(ref=OuterRef("made_ref"))
    return occasions.select_related("marked_by").annotate(
        meeting_state=Subquery(meeting.values("state")[:1]),
        meeting_ends=Subquery(meeting.values("ends_at")[:1]),
        task_state=Subquery(task.values("state")[:1]),
        task_deadline=Subquery(task.values("deadline_date")[:1]),
    )


def started_of(occasion: Occasion | None, zone: str, on: date) -> Started:
    """How what was made of it stands, as the rules take it."""
    if occasion is None or not occasion.made_kind:
        return NOT_STARTED
    if occasion.made_kind == Meeting.trail_kind:
        return _of_meeting(occasion, zone, on)
    return _of_task(occasion)


def _of_meeting(occasion: Occasion, zone: str, on: date) -> Started:
    """Held by its minutes, or called and over."""
    state, ends = occasion.meeting_state, occasion.meeting_ends  # type: ignore[attr-defined]
    if state is None or state == MeetingState.CANCELLED:
        return NOT_STARTED
    day = ends.astimezone(ZoneInfo(zone)).date()
    if state == MeetingState.HELD or (state == MeetingState.CALLED and day < on):
        return Started(Made.FINISHED)
    return Started(Made.ARRANGED, until=day)


def _of_task(occasion: Occasion) -> Started:
    state, deadline = occasion.task_state, occasion.task_deadline  # type: ignore[attr-defined]
    if state == TaskState.DONE:
        return Started(Made.FINISHED)
    if state == TaskState.OPEN:
        return Started(Made.ARRANGED, until=deadline)
    return NOT_STARTED
