"""What other apps use of the year wheel."""

from __future__ import annotations

from samrad.wheel.actions.activities import (
    WantedActivity,
    add_activity,
    change_activity,
    end_activity,
)
from samrad.wheel.actions.calendar import open_calendar, revoke_calendar
from samrad.wheel.actions.wheel import (
    give_task_for,
    mark_occasion,
    move_years,
    plan_meeting_for,
    plan_theme_day_for,
    start_wheel,
    take_up_at,
)
from samrad.wheel.queries.year import Entry, entries_of, entry_with_key

__all__ = [
    "Entry",
    "WantedActivity",
    "add_activity",
    "change_activity",
    "end_activity",
    "entries_of",
    "entry_with_key",
    "give_task_for",
    "mark_occasion",
    "move_years",
    "open_calendar",
    "plan_meeting_for",
    "plan_theme_day_for",
    "revoke_calendar",
    "start_wheel",
    "take_up_at",
]
