"""What has been made of occasions, read with them: meetings, tasks and theme days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.gatherings.models import ThemeDay
from samrad.gatherings.rules import ThemeDayState
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.wheel.models import Occasion, OccasionQuerySet
from samrad.wheel.rules import Made, Mark, Started
from samrad.wheel.rules.states import NOT_STARTED

MADE = (
    "meeting_state", "meeting_ends", "task_state", "task_deadline",
    "theme_day_state", "theme_day_ends",
)  # fmt: skip


def what_was_made(ref: str) -> dict[str, Subquery]:
    """The columns of `MADE`: state and day of the thing that the field `ref` refers to."""
    meeting = Meeting.objects.filter(ref=OuterRef(ref))
    task = Task.objects.filter(ref=OuterRef(ref))
    theme_day = ThemeDay.objects.filter(ref=OuterRef(ref))
    return {
        "meeting_state": Subquery(meeting.values("state")[:1]),
        "meeting_ends": Subquery(meeting.values("ends_at")[:1]),
        "task_state": Subquery(task.values("state")[:1]),
        "task_deadline": Subquery(task.values("deadline_date")[:1]),
        "theme_day_state": Subquery(theme_day.values("state")[:1]),
        "theme_day_ends": Subquery(theme_day.values("ends_at")[:1]),
    }


def with_what_was_made(occasions: OccasionQuerySet) -> QuerySet[Occasion]:
    """The occasions, each with the state and the day of what was made of it: one query.

    How it stands is told to whoever sees the wheel; the thing itself keeps its own readers.
    """
    return occasions.select_related("marked_by").annotate(**what_was_made("made_ref"))


def started_of(occasion: Occasion | None, zone: str, on: date) -> Started:
    """How what was made of it stands, as the rules take it."""
    if occasion is None or not occasion.made_kind:
        return NOT_STARTED
    if occasion.made_kind == Meeting.trail_kind:
        return _of_meeting(occasion, zone, on)
    if occasion.made_kind == ThemeDay.trail_kind:
        return _of_theme_day(occasion, zone, on)
    return _of_task(occasion)


def years_done(occasions: QuerySet[Occasion], zone: str, on: date) -> list[int]:
    """The years in which something was done: marked, or arranged and not called off since."""
    rows = occasions.annotate(**what_was_made("made_ref")).order_by("year")
    return [
        row.year
        for row in rows
        if row.mark != Mark.NONE or started_of(row, zone, on).made is not Made.NOTHING
    ]


def _of_meeting(occasion: Occasion, zone: str, on: date) -> Started:
    """Held by its minutes, or called and over."""
    state, ends = occasion.meeting_state, occasion.meeting_ends  # type: ignore[attr-defined]
    if state is None or state == MeetingState.CANCELLED:
        return NOT_STARTED
    day = _day(ends, zone)
    if state == MeetingState.HELD or (state == MeetingState.CALLED and day < on):
        return Started(Made.FINISHED)
    return Started(Made.ARRANGED, until=day)


def _of_theme_day(occasion: Occasion, zone: str, on: date) -> Started:
    """Noted as held, or opened and over; one that nobody was invited to never was."""
    state, ends = occasion.theme_day_state, occasion.theme_day_ends  # type: ignore[attr-defined]
    if state is None or state == ThemeDayState.CANCELLED:
        return NOT_STARTED
    day, has_been = _day(ends, zone), {ThemeDayState.HELD, ThemeDayState.DONE}
    if state in has_been or (state == ThemeDayState.OPEN and day < on):
        return Started(Made.FINISHED)
    return Started(Made.ARRANGED, until=day)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _of_task(occasion: Occasion) -> Started:
    state, deadline = occasion.task_state, occasion.task_deadline  # type: ignore[attr-defined]
    if state == TaskState.DONE:
        return Started(Made.FINISHED)
    if state == TaskState.OPEN:
        return Started(Made.ARRANGED, until=deadline)
    return NOT_STARTED
