"""What minutes lack before they can go to those who approve, and who these are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices

MEMBER = "member"  # approves when nobody else than the writer fills the function


class Lack(Choices):
    """What can be missing, in the order it is told."""

    NOBODY_PRESENT = "nobody_present"
    SEATS_NOT_NOTED = "seats_not_noted"
    NO_TASK = "no_task"
    NO_DEADLINE = "no_deadline"


BLOCKING = frozenset({Lack.NOBODY_PRESENT, Lack.NO_TASK})


@dataclass(frozen=True)
class Shortcoming:
    """One thing that is missing; a blocking one must be mended before the minutes go out."""

    lack: Lack
    about: str = ""  # the item's number and title as the reader sees it
    item_ref: str = ""
    count: int = 0

    @property
    def is_blocking(self) -> bool:
        """Whether the minutes cannot be circulated like this."""
        return self.lack in BLOCKING


@dataclass(frozen=True)
class ItemFacts:
    """What the check needs to know of an item: the deadlines of the tasks under each decision."""

    label: str
    ref: str
    asks_for_decision: bool
    needs_no_task: bool
    deadlines: Sequence[Sequence[date | None]]  # one list a decision


def shortcomings_of(
    items: Iterable[ItemFacts], *, present: int, not_noted: int
) -> list[Shortcoming]:
    """Everything minutes lack, the whole meeting first and then item by item."""
    found = []
    if not present:
        found.append(Shortcoming(Lack.NOBODY_PRESENT))
    elif not_noted:
        found.append(Shortcoming(Lack.SEATS_NOT_NOTED, count=not_noted))
    for item in items:
        found += _shortcomings_of_item(item)
    return found


def _shortcomings_of_item(item: ItemFacts) -> list[Shortcoming]:
    """A decision that nobody is to carry out by a day is talk: flagged, or refused."""
    if item.needs_no_task:
        return []
    without_task = sum(1 for deadlines in item.deadlines if not deadlines)
    if item.asks_for_decision and not item.deadlines:
        without_task = 1
    without_deadline = sum(
        1 for deadlines in item.deadlines for deadline in deadlines if deadline is None
    )
    counted = {Lack.NO_TASK: without_task, Lack.NO_DEADLINE: without_deadline}
    return [Shortcoming(lack, item.label, item.ref, n) for lack, n in counted.items() if n]


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
