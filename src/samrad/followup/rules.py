"""The states of decisions and tasks, as tables one can read aloud (E1, E2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

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


class PoliceState(Choices):
    """What a council asks of the police goes into the police's own system, and an answer back."""

    ASKED = "asked"
    HANDED_OVER = "handed_over"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    WITHDRAWN = "withdrawn"


NEXT_POLICE_STATES: dict[PoliceState, frozenset[PoliceState]] = {
    PoliceState.ASKED: frozenset(
        {PoliceState.HANDED_OVER, PoliceState.NOT_POSSIBLE, PoliceState.WITHDRAWN}
    ),
    PoliceState.HANDED_OVER: frozenset({PoliceState.DONE, PoliceState.NOT_POSSIBLE}),
    PoliceState.DONE: frozenset(),
    PoliceState.NOT_POSSIBLE: frozenset(),
    PoliceState.WITHDRAWN: frozenset(),
}
WITH_THE_POLICE = frozenset({PoliceState.ASKED, PoliceState.HANDED_OVER})
ANSWERS = frozenset({PoliceState.DONE, PoliceState.NOT_POSSIBLE})


def is_a_later_day(wanted: date, *, deadline: date | None, on: date) -> bool:
    """Whether a day may be asked for: ahead, and after the deadline there is."""
    return wanted >= on and (deadline is None or wanted > deadline)


class LaterState(Choices):
    """A later deadline is asked for, and the deadline moves or stands."""

    ASKED = "asked"
    MOVED = "moved"
    DECLINED = "declined"


class Reminder(Choices):
    """What somebody is told about an open task, and when."""

    WEEK_AHEAD = "week_ahead"
    TOMORROW = "tomorrow"
    OVERDUE = "overdue"
    TO_SECRETARY = "to_secretary"
    TO_CHAIR = "to_chair"
    CHAIR_LOST = "chair_lost"  # what the chair was to be told did not arrive


# Days after the deadline. The last two are this installation's own where its settings say so.
DAYS_AFTER_DEADLINE: dict[Reminder, int] = {
    Reminder.WEEK_AHEAD: -7,
    Reminder.TOMORROW: -1,
    Reminder.OVERDUE: 1,
    Reminder.TO_SECRETARY: 8,
    Reminder.TO_CHAIR: 22,
}
TO_RESPONSIBLE = (Reminder.WEEK_AHEAD, Reminder.TOMORROW, Reminder.OVERDUE)
ESCALATION = (Reminder.TO_SECRETARY, Reminder.TO_CHAIR)
UPWARDS = (*ESCALATION, Reminder.CHAIR_LOST)


def reminder_due(
    deadline: date, on: date, days: Mapping[Reminder, int] = DAYS_AFTER_DEADLINE
) -> Reminder | None:
    """The latest word to whoever has the task that is due by `on`; only the latest.

    A worker that has stood still does not send everything it missed.
    """
    passed = (on - deadline).days
    due = [reminder for reminder in TO_RESPONSIBLE if days[reminder] <= passed]
    return due[-1] if due else None


def escalation_due(
    deadline: date,
    on: date,
    told: Mapping[Reminder, date],
    *,
    has_secretary: bool = True,
    days: Mapping[Reminder, int] = DAYS_AFTER_DEADLINE,
) -> Reminder | None:
    """The next step upwards that is due by `on`, if there is one that has not been taken.

    The secretary hears first and has as many days as the calendar gives before the chair hears,
    also when nothing was sent for weeks. Where nobody is secretary, the chair hears in time.
    """
    passed = (on - deadline).days
    if Reminder.TO_CHAIR in told:
        return None
    if has_secretary and Reminder.TO_SECRETARY not in told:
        return Reminder.TO_SECRETARY if passed >= days[Reminder.TO_SECRETARY] else None
    if passed < days[Reminder.TO_CHAIR]:
        return None
    room = timedelta(days=days[Reminder.TO_CHAIR] - days[Reminder.TO_SECRETARY])
    first = told.get(Reminder.TO_SECRETARY)
    return Reminder.TO_CHAIR if first is None or on - first >= room else None


def calendar_of(to_secretary: int | str, to_chair: int | str) -> dict[Reminder, int]:
    """The calendar with an installation's own days; the chair never hears before the secretary."""
    first = max(int(to_secretary), DAYS_AFTER_DEADLINE[Reminder.OVERDUE] + 1)
    return {
        **DAYS_AFTER_DEADLINE,
        Reminder.TO_SECRETARY: first,
        Reminder.TO_CHAIR: max(int(to_chair), first + 1),
    }


def days_old(since: date | None, on: date) -> int:
    """How many days something has been open; never fewer than none."""
    return max((on - since).days, 0) if since else 0
