"""The register: decisions and tasks across meetings, years and councils, sifted and sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.cooperation.models import Council
from samrad.followup.models import Decision, DecisionQuerySet, Task, TaskQuerySet
from samrad.followup.returns import times_back
from samrad.followup.rules import DecisionState
from samrad.people.models import Organisation, Person
from samrad.ui.sorting import by_name

UNFINISHED = "unfinished"
NOT_ENDED = (DecisionState.PROVISIONAL, DecisionState.BINDING)
ORDERS: dict[str, dict[str, tuple[Any, ...]]] = {
    "decisions": {
        "newest": ("-decided_date", "-pk"),
        "oldest": ("decided_date", "pk"),
        "council": ("council__name", "council_id", "-decided_date", "-pk"),
    },
    "tasks": {
        "deadline": (F("deadline_date").asc(nulls_last=True), "pk"),
        "oldest": (F("given_date").asc(nulls_last=True), "pk"),
        "newest": (F("given_date").desc(nulls_last=True), "-pk"),
        "council": ("council__name", "council_id", "deadline_date", "pk"),
    },
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the register; what is not said is not sifted by."""

    council: Council | None = None
    state: str = ""
    year: int | None = None
    person: Person | None = None
    organisation: Organisation | None = None
    theme: str = ""
    text: str = ""
    overdue: bool = False
    sort: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """A decision with its open tasks, as far as the reader sees them."""

    decision: Decision
    tasks: list[Task] = field(default_factory=list)
    times_back: int = 0
    on: date = date.min

    @property
    def next_deadline(self) -> date | None:
        """The nearest deadline of what is open."""
        return min((one.deadline_date for one in self.tasks if one.deadline_date), default=None)

    @property
    def is_overdue(self) -> bool:
        """Whether something under it is past its deadline."""
        return any(task.is_overdue(self.on) for task in self.tasks)

    @property
    def responsible(self) -> str:
        """Who has what is open, each once."""
        return ", ".join(dict.fromkeys(one.responsible_name for one in self.tasks))


@dataclass(frozen=True)
class TaskRow:
    """A task, and how often it has come back."""

    task: Task
    times_back: int = 0


def decisions_found(actor: Actor, wanted: Wanted, on: date) -> DecisionQuerySet:
    """Those the actor may read, sifted; a task they may not read sifts nothing."""
    tasks = Task.objects.visible_to(actor).given()
    decisions = Decision.objects.visible_to(actor).select_related("council")
    found: DecisionQuerySet = _common(decisions, wanted, "decided_date")
    if wanted.state == UNFINISHED:
        found = found.filter(state__in=NOT_ENDED)
    if wanted.text:
        found = found.filter(
            contains(("text", "source_label", "closed_reason", "council__name"), wanted.text)
        )
    if wanted.theme:
        found = found.filter(contains(("source_label",), wanted.theme))
    if wanted.person or wanted.organisation:
        found = found.filter(pk__in=_decisions_of(_with(tasks, wanted)))
    if wanted.overdue:
        found = found.filter(pk__in=_decisions_of(tasks.overdue(on)))
    return found.order_by(*_order("decisions", wanted.sort))


def tasks_found(actor: Actor, wanted: Wanted, on: date) -> TaskQuerySet:
    """Tasks the actor may read that have been given to somebody, sifted."""
    found = (
        Task.objects.visible_to(actor)
        .given()
        .select_related("council", "decision", "responsible_person", "responsible_organisation")
    )
    found = _with(_common(found, wanted, "given_date"), wanted)
    if wanted.state == UNFINISHED:
        found = found.open()
    if wanted.text:
        found = found.filter(contains(("title", "outcome", "council__name"), wanted.text))
    if wanted.theme:
        decided = Decision.objects.visible_to(actor).filter(
            contains(("source_label",), wanted.theme)
        )
        found = found.filter(decision__in=set(decided.values_list("pk", flat=True)))
    if wanted.overdue:
        found = found.overdue(on)
    return found.order_by(*_order("tasks", wanted.sort))


def _decisions_of(tasks: TaskQuerySet) -> set[int]:
    """Their decisions' keys, read apart: SQLite cannot parse one such condition in another."""
    return {key for key in tasks.values_list("decision_id", flat=True) if key}


def _common(found: Any, wanted: Wanted, day: str) -> Any:
    if wanted.council:
        found = found.filter(council=wanted.council)
    if wanted.state and wanted.state != UNFINISHED:
        found = found.filter(state=wanted.state)
    if wanted.year:
        found = found.filter(**{f"{day}__year": wanted.year})
    return found


def _with(tasks: TaskQuerySet, wanted: Wanted) -> TaskQuerySet:
    if wanted.person:
        tasks = tasks.filter(responsible_person=wanted.person)
    if wanted.organisation:
        tasks = tasks.filter(responsible_organisation=wanted.organisation)
    return tasks


def _order(what: str, sort: str) -> tuple[Any, ...]:
    orders = ORDERS[what]
    return orders.get(sort) or next(iter(orders.values()))


def contains(fields: Iterable[str], text: str) -> Q:
    """Any of the fields holds the text, however it is written.

    SQLite knows capital letters of the English alphabet only, so the others are asked for by name.
    """
    ways = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
    condition = Q(pk__in=[])
    for name in fields:
        for way in ways:
            condition |= Q(**{f"{name}__icontains": way})
    return condition


def decision_rows(decisions: Sequence[Decision], actor: Actor, on: date) -> list[DecisionRow]:
    """The decisions with what is open under each: two queries for them all."""
    tasks: defaultdict[int, list[Task]] = defaultdict(list)
    for task in _open_under([one.pk for one in decisions], actor) if decisions else ():
        if task.decision_id:
            tasks[task.decision_id].append(task)
    back = times_back(actor, [one.ref for one in decisions])
    return [DecisionRow(one, tasks[one.pk], back[one.ref], on) for one in decisions]


@prepared
def _open_under(decisions: list[int], actor: Actor) -> QuerySet[Task]:
    found = Task.objects.visible_to(actor).open().filter(decision__in=decisions)
    return found.select_related("responsible_person", "responsible_organisation")


def task_rows(tasks: Sequence[Task], actor: Actor) -> list[TaskRow]:
    """The tasks with how often each has come back: one query."""
    back = times_back(actor, [one.ref for one in tasks])
    return [TaskRow(one, back[one.ref]) for one in tasks]


def those_responsible(
    actor: Actor, council: Council | None
) -> tuple[QuerySet[Person], QuerySet[Organisation]]:
    """Whoever has or had a task that the actor may read."""
    known = set(_pairs(actor, council.pk if council else None))
    persons = Person.objects.filter(pk__in={person for person, _unit in known if person})
    organisations = Organisation.objects.filter(pk__in={unit for _person, unit in known if unit})
    return persons.order_by(by_name(), "pk"), organisations.order_by(by_name(), "pk")


@prepared
def _pairs(actor: Actor, council: int | None) -> QuerySet[Any, Any]:
    tasks = Task.objects.visible_to(actor).given()
    if council:
        tasks = tasks.filter(council=council)
    pairs = tasks.order_by().values_list("responsible_person", "responsible_organisation")
    return pairs.distinct()
