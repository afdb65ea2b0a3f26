"""A task as its page shows it: with whether its decision may be read, and who was told of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.followup.models import Decision, Task, Told
from samrad.followup.rules import Reminder

TASKS_WITH_ALL = Task.objects.select_related(
    "council", "decision", "responsible_person", "responsible_organisation", "closed_by"
)


def task_seen(actor: Actor, ref: UUID) -> Task | None:
    """The task with that reference, where the actor may see it: one query."""
    return next(iter(_seen(actor, ref)), None)


def decision_behind(task: Task, actor: Actor) -> Decision | None:
    """The decision it comes from, where the actor may read that."""
    return task.decision if _with_it(task, actor).reads_decision else None  # type: ignore[attr-defined]


def told_of(task: Task, actor: Actor) -> list[Told]:
    """Who was told of the deadline it has now, the first first."""
    there = _with_it(task, actor)
    days = {one: getattr(there, f"told_{one}") for one in Reminder}
    told = [Told(task=task, reminder=one, told_date=day) for one, day in days.items() if day]
    return sorted(told, key=lambda one: one.told_date)


def _with_it(task: Task, actor: Actor) -> Task:
    """The task itself, or read again where it was read for something else."""
    return task if hasattr(task, "reads_decision") else _again(actor, task.pk)[0]


@prepared
def _seen(actor: Actor, ref: UUID) -> QuerySet[Task]:
    return _beside(TASKS_WITH_ALL.visible_to(actor).filter(ref=ref), actor)


@prepared
def _again(actor: Actor, task: int) -> QuerySet[Task]:
    return _beside(Task.objects.filter(pk=task), actor)


def _beside(tasks: QuerySet[Task], actor: Actor) -> QuerySet[Task]:
    read = Decision.objects.visible_to(actor).filter(pk=OuterRef("decision"))
    told = Told.objects.filter(
        Q(person=None) | Q(person=OuterRef("responsible_person")),
        task=OuterRef("pk"),
        deadline_date=OuterRef("deadline_date"),
    )
    days = {
        f"told_{one}": Subquery(told.filter(reminder=one).values("told_date")[:1])
        for one in Reminder
    }
    return tasks.annotate(reads_decision=Exists(read), **days)
