"""The whole page of minutes saved in one go: what can be saved is, what is stale stays untouched.

This is what the page does without scripts. Each part says what it started from; parts that
somebody else has changed meanwhile come back as conflicts, and everything else is saved. A row that
makes something new carries a mark of its own, so that what is sent twice is made once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.followup.api import (
    change_task,
    give_task,
    reword_decision,
    withdraw_decision,
    withdraw_task,
)
from samrad.followup.models import Decision, Task
from samrad.kernel.text import normalise
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.minutes import (
    Stale,
    note_ability,
    note_attendance,
    note_mandate,
    record_decision,
    save_text,
    seat_mark,
    set_needs_no_task,
)
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.permissions import may_write_minutes
from samrad.meetings.rules import CouldDecide, Mandate, Presence
from samrad.meetings.rules.sending import fingerprint
from samrad.people.models import Organisation, Person


@dataclass(frozen=True)
class TaskWords:
    """What, who, by when, as somebody filled it in."""

    title: str
    person: Person | None = None
    organisation: Organisation | None = None
    deadline: date | None = None
    once: UUID | None = None  # of the empty row it was filled in on


@dataclass(frozen=True)
class SeatNote:
    """What is noted for a seat, and what was noted when the page was opened."""

    seat: Seat
    presence: Presence | None
    stand_in: str
    started_from: str
    came: AgendaItem | None = None
    left: AgendaItem | None = None

    @property
    def mark(self) -> str:
        """What will be noted if nobody else has noted anything meanwhile."""
        if self.presence is None:
            return seat_mark(None, "")
        if self.presence != Presence.PRESENT and not self.stand_in:
            return seat_mark(self.presence, "")
        return seat_mark(self.presence, self.stand_in, self.came, self.left)


@dataclass(frozen=True)
class AbilityNote:
    """Whether the council could decide, and what was said of it when the page was opened."""

    could_decide: CouldDecide
    note: str
    started_from: str

    @property
    def mark(self) -> str:
        """What it will say."""
        return f"{self.could_decide}|{self.note}"


@dataclass(frozen=True)
class ItemNote:
    """What is written on an item, with any new decision and its task."""

    item: AgendaItem
    text: str
    started_from: int
    needs_no_task: bool | None = None  # None: the tick was left as it was
    mandate: Mandate | None = None  # None: likewise
    new_decision: str = ""
    once: UUID | None = None  # of the empty row the decision was filled in on
    new_task: TaskWords | None = None


@dataclass(frozen=True)
class DecisionNote:
    """A decision's wording, and a new task under it.

    `withdraw` takes the decision out, after its last words have been kept.
    """

    decision: Decision
    text: str
    started_from: str
    new_task: TaskWords | None = None
    withdraw: bool = False


@dataclass(frozen=True)
class TaskNote:
    """A task as it should be; `withdraw` takes it out."""

    task: Task
    words: TaskWords
    started_from: str
    withdraw: bool = False


@dataclass
class PageChanges:
    """Everything one press of Save brings."""

    seats: list[SeatNote] = field(default_factory=list)
    items: list[ItemNote] = field(default_factory=list)
    decisions: list[DecisionNote] = field(default_factory=list)
    tasks: list[TaskNote] = field(default_factory=list)
    ability: AbilityNote | None = None


@dataclass
class Conflicts:
    """What somebody else changed meanwhile, by reference; nothing of it was overwritten."""

    texts: dict[str, Stale] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    ability: bool = False
    made: set[str] = field(default_factory=set)  # rows that made something else the first time

    def __bool__(self) -> bool:
        parts = (self.texts, self.decisions, self.tasks, self.seats, self.ability, self.made)
        return any(bool(part) for part in parts)


@transaction.atomic
def save_page(*, meeting: Meeting, changes: PageChanges, by: Actor, at: datetime) -> Conflicts:
    """Save every part that nobody else has changed; the others come back."""
    meeting = locked(meeting, "council")
    may_write_minutes(by, meeting).enforce()
    found = Conflicts()
    for seat in changes.seats:
        if save_seat(meeting, seat, by=by, at=at) != seat.mark:
            found.seats.add(str(seat.seat.ref))
    if changes.ability:
        mark = save_ability(meeting, changes.ability, by=by, at=at)
        found.ability = mark != changes.ability.mark
    for task in changes.tasks:
        if save_task(meeting, task, by=by, at=at) is None:
            found.tasks.add(str(task.task.ref))
    for decision in changes.decisions:
        _save_decision(meeting, decision, found, by=by, at=at)
    for note in changes.items:
        _save_item(note, found, by=by, at=at)
    return found


def save_seat(meeting: Meeting, note: SeatNote, *, by: Actor, at: datetime) -> str:
    """Note who was there; the mark of what is noted now."""
    return note_attendance(
        meeting=meeting,
        seat=note.seat,
        presence=note.presence,
        stand_in=note.stand_in if note.presence else "",
        from_item=note.came,
        until_item=note.left,
        expected=note.started_from,
        by=by,
        at=at,
    )


def save_ability(meeting: Meeting, note: AbilityNote, *, by: Actor, at: datetime) -> str:
    """Say whether the council could decide; the mark of what is said now."""
    return note_ability(
        meeting=meeting,
        could_decide=note.could_decide,
        note=note.note,
        expected=note.started_from,
        by=by,
        at=at,
    )


def _save_item(note: ItemNote, found: Conflicts, *, by: Actor, at: datetime) -> None:
    if note.text != _text_at(note.item, note.started_from):
        answer = save_text(item=note.item, text=note.text, expected=note.started_from, by=by, at=at)
        if isinstance(answer, Stale):
            found.texts[str(note.item.ref)] = answer
    if note.needs_no_task is not None:
        set_needs_no_task(item=note.item, value=note.needs_no_task, by=by, at=at)
    if note.mandate is not None:
        note_mandate(item=note.item, value=note.mandate, by=by, at=at)
    if note.new_decision:
        _decide_once(note, found, by=by, at=at)


def _decide_once(note: ItemNote, found: Conflicts, *, by: Actor, at: datetime) -> None:
    """A new decision; one that is there already by its mark is not made again."""
    here = Decision.objects.filter(source_kind=note.item.trail_kind, source_ref=note.item.ref)
    decision = here.filter(once=note.once).first() if note.once else None
    if decision is None:
        decision = record_decision(item=note.item, text=note.new_decision, by=by, at=at)
        _mark(decision, note.once)
    elif decision.text != normalise(note.new_decision):
        found.made.add(str(note.item.ref))
        return
    if note.new_task:
        _give_once(decision, note.new_task, found, row=str(note.item.ref), by=by, at=at)


def _give_once(
    decision: Decision, words: TaskWords, found: Conflicts, *, row: str, by: Actor, at: datetime
) -> None:
    """A new task under it; one that is there already by its mark is not given again."""
    task = decision.tasks.filter(once=words.once).first() if words.once else None
    if task is None:
        _mark(give(decision, words, by=by, at=at), words.once)
    elif task_mark(task) != words_mark(words):
        found.made.add(row)


def _mark(made: Decision | Task, once: UUID | None) -> None:
    """A mark that stands elsewhere already says nothing about this row."""
    if once and not type(made).objects.filter(once=once).exists():
        made.once = once
        made.save(update_fields=["once"])


def _text_at(item: AgendaItem, version: int) -> str:
    """The text the writer started from: if they left it alone there is nothing to save."""
    if version == item.minutes_version:
        return item.minutes_text
    revision = item.revisions.filter(version=version).first()
    return revision.text if revision else ""


def _save_decision(
    meeting: Meeting, note: DecisionNote, found: Conflicts, *, by: Actor, at: datetime
) -> None:
    if save_wording(meeting, note, by=by, at=at) is None:
        found.decisions[str(note.decision.ref)] = note.decision.text
    elif note.withdraw:
        withdraw_decision(decision=note.decision, by=by, at=at)
        return
    if note.new_task:
        row = str(note.decision.ref)
        _give_once(note.decision, note.new_task, found, row=row, by=by, at=at)


@transaction.atomic
def save_wording(meeting: Meeting, note: DecisionNote, *, by: Actor, at: datetime) -> str | None:
    """Reword a decision; its new mark, or None when somebody else reworded it first.

    Without words, which only who takes it out leaves, it keeps those it has.
    """
    may_write_minutes(by, locked(meeting, "council")).enforce()
    note.decision.text = locked(note.decision).text
    mark = wording_mark(note.decision.text)
    if mark != note.started_from and wording_mark(note.text) != mark:
        return None
    if not note.text:
        return mark
    reword_decision(decision=note.decision, text=note.text, by=by, at=at)
    return wording_mark(note.text)


def wording_mark(text: str) -> str:
    """What a decision said, as one short text to compare with later."""
    return fingerprint(text)


@transaction.atomic
def save_task(meeting: Meeting, note: TaskNote, *, by: Actor, at: datetime) -> str | None:
    """Change a task; its new mark, or None when somebody else changed it first."""
    may_write_minutes(by, locked(meeting, "council")).enforce()
    task = locked(note.task, "responsible_person", "responsible_organisation")
    mark, wanted = task_mark(task), words_mark(note.words)
    if mark not in {note.started_from, wanted}:
        return None
    if note.words.title and wanted != mark:
        change_task(
            task=task,
            title=note.words.title,
            person=note.words.person,
            organisation=note.words.organisation,
            deadline_date=note.words.deadline,
            by=by,
            at=at,
        )
    if note.withdraw:
        withdraw_task(task=task, by=by, at=at)
    return wanted


def task_mark(task: Task) -> str:
    """What a task said, as one short text to compare with later."""
    return fingerprint(
        task.title, task.responsible_person_id, task.responsible_organisation_id, task.deadline_date
    )


def words_mark(words: TaskWords) -> str:
    """The same for a task as it is filled in."""
    person, organisation = words.person, words.organisation
    return fingerprint(
        words.title,
        person.pk if person else None,
        organisation.pk if organisation else None,
        words.deadline,
    )


def give(decision: Decision, words: TaskWords, *, by: Actor, at: datetime) -> Task:
    """A new task under a decision."""
    return give_task(
        council=decision.council,
        title=words.title,
        person=words.person,
        organisation=words.organisation,
        deadline_date=words.deadline,
        decision=decision,
        by=by,
        at=at,
    )
