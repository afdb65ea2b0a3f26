"""The states of decisions and tasks, as tables one can read aloud (E1, E2)."""

from __future__ import annotations

from datetime import date

from samrad.kernel.choices import Choices


class DecisionState(Choices):
    """Drafted with the minutes, provisional when these go out, binding when they are approved."""

    DRAFTED = "drafted"
    PROVISIONAL = "provisional"
    BINDING = "binding"
    DONE = "done"
    DROPPED = "dropped"


NEXT_DECISION_STATES: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.DRAFTED: frozenset({DecisionState.PROVISIONAL}),
    DecisionState.PROVISIONAL: frozenset({DecisionState.DRAFTED, DecisionState.BINDING}),
    DecisionState.BINDING: frozenset({DecisionState.DONE, DecisionState.DROPPED}),
    DecisionState.DONE: frozenset({DecisionState.BINDING}),
    DecisionState.DROPPED: frozenset(),
}

# The states a decision is brought to, or taken up from, by whoever keeps the register; between the
# others it moves with the minutes it stands in.
CLOSED = frozenset({DecisionState.DONE, DecisionState.DROPPED})


def can_be_closed(now: DecisionState, to: DecisionState) -> bool:
    """Whether the step brings a decision to an end, or back from one."""
    return to in NEXT_DECISION_STATES[now] and bool(CLOSED & {now, to})


class TaskState(Choices):
    """A task is open until the responsible says it is done, or the council drops it."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


NEXT_TASK_STATES: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.DROPPED: frozenset(),
}


class Reminder(Choices):
    """What somebody is told about an open task, and when."""

    WEEK_AHEAD = "week_ahead"
    TOMORROW = "tomorrow"
    OVERDUE = "overdue"
    TO_SECRETARY = "to_secretary"
    TO_CHAIR = "to_chair"


DAYS_AFTER_DEADLINE: dict[Reminder, int] = {
    Reminder.WEEK_AHEAD: -7,
    Reminder.TOMORROW: -1,
    Reminder.OVERDUE: 1,
    Reminder.TO_SECRETARY: 8,
    Reminder.TO_CHAIR: 22,
}


def reminder_due(deadline: date, on: date) -> Reminder | None:
    """The latest reminder that is due by `on`, if the deadline is that near; only the latest.

    A worker that has stood still does not send everything it missed.
    """
    days = (on - deadline).days
    due = [reminder for reminder, after in DAYS_AFTER_DEADLINE.items() if after <= days]
    return due[-1] if due else None
