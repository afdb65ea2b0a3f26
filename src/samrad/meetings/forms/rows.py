"""What the page of minutes shows of an item, a decision, a task and a seat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from samrad.cooperation.seats import FilledSeat
from samrad.followup.models import Decision, Task
from samrad.meetings.actions.minutes import Stale
from samrad.meetings.models import AgendaItem


@dataclass
class TaskRow:
    """A task to change, or the empty row under a decision for a new one."""

    prefix: str
    task: Task | None = None
    title: str = ""
    deadline: str = ""
    mark: str = ""
    options: SafeString = field(default_factory=SafeString)
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False


@dataclass
class DecisionRow:
    """A decision with its tasks and an empty row."""

    decision: Decision
    text: str
    mark: str
    tasks: list[TaskRow]
    new_task: TaskRow
    errors: list[str] = field(default_factory=list)
    other: str = ""


@dataclass
class ItemRow:
    """An item to write on."""

    number: int
    item: AgendaItem
    asks_for_decision: bool
    text: str
    version: str
    needs_no_task: bool
    no_task_mark: str
    decisions: list[DecisionRow]
    new_decision: str
    new_task: TaskRow
    errors: list[str] = field(default_factory=list)
    other: Stale | None = None


@dataclass
class SeatRow:
    """A seat to note attendance for."""

    filled: FilledSeat
    stand_in: str
    mark: str
    choices: list[tuple[str, Any, bool]]
    is_noted: bool
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False
