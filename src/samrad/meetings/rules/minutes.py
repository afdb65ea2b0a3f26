"""What minutes lack before they can go to those who approve, and who these are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices
from samrad.meetings.rules.states import CouldDecide

ATTENDANCE, COULD_DECIDE = "attendance", "could-decide"  # places on the page of the minutes
LONGEST_TEXT, LONGEST_WORDING = 40_000, 4000  # of one item, and of one decision
MEMBER = "member"  # approves when nobody else than the writer fills the function


class Lack(Choices):
    """What can be missing, in the order it is told."""

    NOBODY_PRESENT = "nobody_present"
    SEATS_NOT_NOTED = "seats_not_noted"
    COULD_DECIDE_NOT_SAID = "could_decide_not_said"
    DECIDED_ALL_THE_SAME = "decided_all_the_same"
    NO_DECISION = "no_decision"
    NO_TASK = "no_task"
    NO_RESPONSIBLE = "no_responsible"
    NO_DEADLINE = "no_deadline"
    MANDATE_NOT_SAID = "mandate_not_said"


BLOCKING = frozenset(
    {
        Lack.NOBODY_PRESENT, Lack.NO_DECISION, Lack.NO_TASK, Lack.NO_RESPONSIBLE, Lack.NO_DEADLINE,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Shortcoming:
    """One thing that is missing; a blocking one must be mended before the minutes go out."""

    lack: Lack
    about: str = ""  # the item's number and title as the reader sees it, or the task
    place: str = ""  # where on the page it is mended
    count: int = 0

    @property
    def is_blocking(self) -> bool:
        """Whether the minutes cannot be circulated like this."""
        return self.lack in BLOCKING


@dataclass(frozen=True)
class TaskFacts:
    """What the check needs to know of a task."""

    label: str
    ref: str
    has_responsible: bool
    deadline: date | None


@dataclass(frozen=True)
class ItemFacts:
    """What the check needs to know of an item: the tasks under each of its decisions."""

    label: str
    ref: str
    asks_for_decision: bool
    needs_no_task: bool
    decisions: Sequence[Sequence[TaskFacts]]  # one list of tasks a decision
    mandate_is_said: bool = True


def shortcomings_of(
    items: Iterable[ItemFacts],
    *,
    present: int,
    not_noted: Sequence[str] = (),
    could_decide: CouldDecide = CouldDecide.YES,
) -> list[Shortcoming]:
    """Everything minutes lack, the whole meeting first and then item by item.

    `not_noted` are those of whom nobody has said whether they were there, by name.
    """
    items = list(items)
    found = []
    if not present:
        found.append(Shortcoming(Lack.NOBODY_PRESENT, place=ATTENDANCE))
    elif not_noted:
        who = ", ".join(not_noted)
        found.append(Shortcoming(Lack.SEATS_NOT_NOTED, who, ATTENDANCE, len(not_noted)))
    if could_decide == CouldDecide.NOT_SAID:
        found.append(Shortcoming(Lack.COULD_DECIDE_NOT_SAID, place=COULD_DECIDE))
    elif could_decide == CouldDecide.NO and any(item.decisions for item in items):
        found.append(Shortcoming(Lack.DECIDED_ALL_THE_SAME, place=COULD_DECIDE))
    for item in items:
        found += _shortcomings_of_item(item)
    return found


def _shortcomings_of_item(item: ItemFacts) -> list[Shortcoming]:
    """A decision that nobody is to carry out by a day is talk, unless somebody says it may be."""
    found = []
    place = f"item-{item.ref}"
    without_task = sum(1 for tasks in item.decisions if not tasks)
    if item.asks_for_decision and not item.decisions and not item.needs_no_task:
        found.append(Shortcoming(Lack.NO_DECISION, item.label, place, 1))
    if without_task and not item.needs_no_task:
        found.append(Shortcoming(Lack.NO_TASK, item.label, place, without_task))
    for tasks in item.decisions:
        for task in tasks:
            found += _shortcomings_of_task(task)
    if item.asks_for_decision and item.decisions and not item.mandate_is_said:
        found.append(Shortcoming(Lack.MANDATE_NOT_SAID, item.label, place, 1))
    return found


def _shortcomings_of_task(task: TaskFacts) -> list[Shortcoming]:
    """Given to nobody, or for no day: saying that no task follows does not mend a task."""
    lacking = {
        Lack.NO_RESPONSIBLE: not task.has_responsible,
        Lack.NO_DEADLINE: task.deadline is None,
    }
    place = f"task-{task.ref}"
    return [Shortcoming(lack, task.label, place, 1) for lack, lacks in lacking.items() if lacks]


@dataclass(frozen=True)
class ApprovalSlot:
    """One approval that is needed: who in the council gives it, and who did."""

    function: str
    given_by: int | None = None

    @property
    def is_given(self) -> bool:
        """Whether it has been given."""
        return self.given_by is not None


def approval_slots(
    required: Sequence[str],
    *,
    holders: Mapping[str, Collection[int]],
    writer: int,
    given: Mapping[str, int],
) -> list[ApprovalSlot]:
    """The approvals minutes need, each with who gave it.

    `holders` has an entry for every function the council has a seat for; one without a seat is not
    asked for. A function that nobody but the writer (or somebody who has approved already) fills
    cannot approve; one permanent member who did not write the minutes steps in.
    """
    slots: list[ApprovalSlot] = []
    seated = [function for function in required if function in holders] or [MEMBER]
    for function in seated:
        others = set(holders.get(function, ())) - {writer, *given.values()}
        name = function if function in given or others else MEMBER
        if name not in {slot.function for slot in slots}:
            slots.append(ApprovalSlot(name, given.get(name)))
    return slots


def slot_for(slots: Iterable[ApprovalSlot], functions: Collection[str], person: int) -> str:
    """The slot this person can fill now, or an empty string; nobody fills two."""
    slots = list(slots)
    if person in {slot.given_by for slot in slots}:
        return ""
    open_ones = [slot.function for slot in slots if not slot.is_given]
    return next((f for f in open_ones if f == MEMBER or f in functions), "")
