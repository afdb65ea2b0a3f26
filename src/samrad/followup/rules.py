"""The states of decisions and tasks, as tables one can read aloud (E1, E2)."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class DecisionState(Choices):
    """Provisional when taken, binding when the minutes are approved, then followed to an end."""

    PROVISIONAL = "provisional"
    BINDING = "binding"
    DONE = "done"
    DROPPED = "dropped"


NEXT_DECISION_STATES: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.PROVISIONAL: frozenset({DecisionState.BINDING, DecisionState.DROPPED}),
    DecisionState.BINDING: frozenset({DecisionState.DONE, DecisionState.DROPPED}),
    DecisionState.DONE: frozenset({DecisionState.BINDING}),
    DecisionState.DROPPED: frozenset(),
}


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
