"""What the mail about approved minutes says: what is open, and what its recipient is to do.

A mayor who never signs in reads here what was decided. What is open is for everybody, so it travels
in words, as it was approved; of the rest a number does. One's own task is named as a reminder of it
would name it: as it stands when the mail is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Prefetch

from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.followup.models import Decision, Task
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.queries.recipients import Recipient, items_to_send, readers_of
from samrad.meetings.queries.said import Names, names_in
from samrad.meetings.rules.said import Said, SaidItem
from samrad.meetings.rules.sending import OPEN, Reader
from samrad.people.models import Person


@dataclass(frozen=True)
class MailedItem:
    """An open item, numbered as its reader sees it, and what was approved on it."""

    number: int
    item: AgendaItem
    said: SaidItem
    open: list[Decision] = field(default_factory=list)  # with their tasks


@dataclass(frozen=True)
class Mailed:
    """What one person's mail says; `further` items are read on the page."""

    items: list[MailedItem]
    further: int
    own: list[Task]
    names: Names

    @property
    def speaks_of(self) -> Iterator[Classified]:
        """Everything it repeats, so that nothing travels that has become restricted meanwhile."""
        for one in self.items:
            yield one.item
            for decision in one.open:
                yield decision
                yield from _open_tasks(decision)
        yield from self.own


class MinutesInMail:
    """What was approved, read once for everybody who has a mail about it: six queries."""

    def __init__(self, meeting: Meeting, said: Said, recipients: Iterable[Recipient]) -> None:
        self._items = items_to_send(meeting)
        self._said = {one.ref: one for one in said.items}
        self._names = names_in(replace(said, seats=(), approvals=()))
        self._decisions = _decisions_under(self._items)
        self._readers = {one.person.pk: one.reader for one in recipients}

    def to(self, person: Person) -> Mailed:
        """What this person's mail says; somebody without a seat reads what is open."""
        reader = self._readers.get(person.pk, Reader(is_permanent=False))
        theirs = [one for one in self._items if reader.reads(readers_of(one))]
        shown = [
            self._open_part(number, item)
            for number, item in enumerate(theirs, start=1)
            if readers_of(item) == OPEN
        ]
        return Mailed(shown, len(theirs) - len(shown), self._own(person), self._names)

    def _open_part(self, number: int, item: AgendaItem) -> MailedItem:
        """What was approved on an open item, with its open decisions and their open tasks."""
        decisions = [one for one in self._decisions[item.ref] if _is_open(one)]
        tasks = {str(one.ref): _keys(_open_tasks(one)) for one in decisions}
        said = Said(items=(self._said[str(item.ref)],))
        shown = said.for_reader(items={str(item.ref)}, decisions=tasks, inside=False)
        return MailedItem(number, item, shown.items[0], decisions)

    def _own(self, person: Person) -> list[Task]:
        given = (
            task
            for decisions in self._decisions.values()
            for decision in decisions
            for task in decision.tasks.all()
        )
        return [
            task
            for task in given
            if task.responsible_person_id == person.pk and task.is_open and not task.is_restricted
        ]


def _decisions_under(items: Sequence[AgendaItem]) -> dict[UUID, list[Decision]]:
    tasks = Task.objects.select_related("responsible_person", "responsible_organisation")
    found: dict[UUID, list[Decision]] = defaultdict(list)
    decisions = Decision.objects.filter(
        source_kind=AgendaItem.trail_kind, source_ref__in=[item.ref for item in items]
    )
    order = Prefetch("tasks", tasks.order_by("pk"))
    for decision in decisions.select_related("council").prefetch_related(order).order_by("pk"):
        if decision.source_ref:
            found[decision.source_ref].append(decision)
    return found


def _open_tasks(decision: Decision) -> list[Task]:
    return [task for task in decision.tasks.all() if _is_open(task)]


def _keys(tasks: Iterable[Task]) -> set[str]:
    return {key for task in tasks for key in (str(task.ref), task.title)}


def _is_open(thing: Decision | Task) -> bool:
    return thing.classification == Classification.OPEN
