"""The link in a reminder that ticks a task off with one press."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from samrad.access.actor import Actor
from samrad.followup.models import Task
from samrad.followup.permissions import is_responsible
from samrad.people.models import Person
from samrad.people.sources import actor_of_person
from samrad.post.api import Purpose

TICKING_OFF = Purpose("tick-off-task", lasts=timedelta(days=90))


def done_path(task: Task, person: Person) -> str:
    """The address of the page that says the task is done, good for this person."""
    return reverse("followup:done_by_link", args=[TICKING_OFF.sign(str(task.ref), str(person.ref))])


def task_and_person(signed: str, on: date) -> tuple[Task, Person, Actor] | None:
    """What a link is about, while the person has the task and nothing of it is restricted."""
    words = TICKING_OFF.words_of(signed, 2)
    if words is None:
        return None
    tasks = Task.objects.select_related("council", "decision", "responsible_person")
    task = tasks.given().filter(ref=UUID(words[0])).first()
    person = Person.objects.here_on(on).filter(ref=UUID(words[1])).first()
    if task is None or person is None or task.is_restricted:
        return None
    actor = actor_of_person(person, on)
    reads = Task.objects.visible_to(actor).filter(pk=task.pk).exists()
    return (task, person, actor) if reads and is_responsible(actor, task) else None
