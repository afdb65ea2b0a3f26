"""What the page of minutes shows of an item, a decision, a task and a seat.

References and the names made of them stand in many places of a row, so they are written once, as
text that needs no escaping.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from samrad.cooperation.seats import FilledSeat
from samrad.followup.models import Decision, Task
from samrad.meetings.actions.minutes import Stale
from samrad.meetings.models import AgendaItem


def name_of(ref: UUID, kind: str = "") -> SafeString:
    """A reference, or the name of a field: `task-…` when the kind is `task`."""
    return SafeString(f"{kind}-{ref}" if kind else str(ref))


@dataclass
class TaskRow:
    """A task to change, or the empty row under a decision for a new one."""

    prefix: SafeString
    task: Task | None = None
    title: str = ""
    deadline: str = ""
    mark: str = ""
    options: SafeString = field(default_factory=SafeString)
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False
    once: str = ""  # of an empty row: what is made of it twice is made once


@dataclass
class DecisionRow:
    """A decision with its tasks and an empty row."""

    decision: Decision
    ref: SafeString
    text: str
    mark: str
    tasks: list[TaskRow]
    new_task: TaskRow
    errors: list[str] = field(default_factory=list)
    other: str = ""
    is_made: bool = False  # the new task was given before, in other words


@dataclass
class ItemRow:
    """An item to write on."""

    number: int
    item: AgendaItem
    ref: SafeString
    asks_for_decision: bool
    text: str
    version: str
    needs_no_task: bool
    mandates: list[tuple[str, Any, bool]]
    settled_mark: str
    decisions: list[DecisionRow]
    new_decision: str
    once: str
    new_task: TaskRow
    errors: list[str] = field(default_factory=list)
    other: Stale | None = None
    is_made: bool = False  # the new decision or its task was made before, in other words


@dataclass
class SeatRow:
    """A seat to note attendance for."""

    filled: FilledSeat
    ref: SafeString
    stand_in: str
    mark: str
    choices: list[tuple[str, Any, bool]]
    is_noted: bool
    came: SafeString
    left: SafeString
    was_partly_there: bool
    told: str = ""  # who was to come instead, while nothing is noted
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False


@dataclass
class AbilityRow:
    """Whether the council could decide."""

    choices: list[tuple[str, Any, bool]]
    note: str
    mark: str
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False
