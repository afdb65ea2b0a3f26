"""What is still open, for a council and for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.followup.events import WENT_OUT
from samrad.followup.models import Decision, Task, TaskQuerySet
from samrad.followup.permissions import reads_drafts
from samrad.trail.events import Event


@dataclass(frozen=True)
class Unfinished:
    """What a council has decided and not brought to an end, and tasks of its own."""

    decisions: list[Decision]
    tasks: list[Task]

    def __len__(self) -> int:
        return len(self.decisions) + len(self.tasks)


def unfinished_for(council: Council, actor: Actor) -> Unfinished:
    """What the actor may see of it; a task whose decision is listed is not listed again."""
    decisions = list(
        Decision.objects.visible_to(actor)
        .unfinished()
        .filter(council=council)
        .order_by("decided_date", "pk")
    )
    tasks = list(
        Task.objects.visible_to(actor)
        .given()
        .open()
        .filter(council=council)
        .exclude(decision__in=decisions)
    )
    return Unfinished(decisions, tasks)


def tasks_of(actor: Actor) -> TaskQuerySet:
    """My tasks: mine by name, or my organisation's and nobody's in particular."""
    mine = Q(responsible_person=actor.person_id)
    ours = Q(responsible_person=None, responsible_organisation__in=actor.organisation_ids)
    return (
        Task.objects.visible_to(actor)
        .given()
        .filter(mine | ours)
        .select_related("council", "decision", "responsible_person", "responsible_organisation")
    )


def mine_by_name(actor: Actor) -> TaskQuerySet:
    """What I have myself."""
    return tasks_of(actor).filter(responsible_person=actor.person_id)


def waiting_for_hands(actor: Actor) -> TaskQuerySet:
    """What my organisation has, and nobody there in particular."""
    return tasks_of(actor).open().filter(responsible_person=None)


def asked_for_by(actor: Actor) -> TaskQuerySet:
    """What I gave to others, as far as I may read it now."""
    others = ~Q(responsible_person=actor.person_id) | Q(responsible_person=None)
    return (
        Task.objects.visible_to(actor)
        .given()
        .filter(others, asked_by=actor.person_id)
        .select_related("council", "decision", "responsible_person", "responsible_organisation")
    )


def untold_before(actor: Actor, council_id: int) -> tuple[Event, ...]:
    """The events a history begins with for who does not read draft minutes: none for who does."""
    return () if reads_drafts(actor, council_id) else WENT_OUT


def due_by(tasks: TaskQuerySet, day: date) -> TaskQuerySet:
    """Open ones with a deadline on or before `day`."""
    return tasks.filter(state="open", deadline_date__lte=day)


def may_still_read(actor: Actor, ref: UUID) -> bool:
    """Whether a mail about a task may still go to this person."""
    return Task.objects.visible_to(actor).filter(ref=ref).exists()
