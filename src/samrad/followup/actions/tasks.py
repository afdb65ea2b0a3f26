"""Giving tasks, changing them, passing them on, and reporting on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council, Seat
from samrad.documents.rules import Classification
from samrad.followup import events, letters
from samrad.followup.actions.holding import hold_decision_of
from samrad.followup.actions.letting_police_go import let_police_go
from samrad.followup.actions.reasons import needed
from samrad.followup.models import Decision, Task
from samrad.followup.permissions import may_record_decision, may_report_task
from samrad.followup.rules import DecisionState, TaskState
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.models import Appointment, Organisation, Person
from samrad.trail.api import record

NOBODY = _("A task needs somebody responsible: a person or an organisation.")


def take_out(task: Task, *, by: Actor, at: datetime) -> None:
    """The task was not given after all; whoever calls this has asked for permission."""
    record(events.TASK_WITHDRAWN, about=task, by=by, at=at)
    task.delete()


@transaction.atomic
def give_task(
    *,
    council: Council,
    title: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    deadline_date: date | None = None,
    decision: Decision | None = None,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
    is_read_in: bool = False,
) -> Task:
    """Somebody is to do something by a day; a decision's task is classified as the decision is."""
    may_record_decision(by, council).enforce()
    if person is None and organisation is None:
        raise Refused(NOBODY)
    task = Task.objects.create(
        council=council,
        decision=decision,
        title=normalise_line(title),
        responsible_person=person,
        responsible_organisation=organisation,
        deadline_date=deadline_date,
        classification=decision.classification if decision else classification,
        legal_basis=decision.legal_basis if decision else legal_basis,
        given_date=day_of(at),
        is_read_in=is_read_in,
        asked_by_id=by.person_id,
    )
    task.audience.set(decision.audience.all() if decision else audience)
    record(events.TASK_GIVEN, about=task, by=by, at=at, **whom_and_when(task))
    return task


def whom_and_when(task: Task) -> dict[str, str]:
    """What the trail tells of a task: with whom it lies, and until when."""
    whom = task.responsible_person or task.responsible_organisation
    return {"to": whom.trail_label if whom else "–", "deadline": str(task.deadline_date or "–")}


@transaction.atomic
def change_task(
    *,
    task: Task,
    title: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    deadline_date: date | None = None,
) -> None:
    """Change what, who or when, while the task is open."""
    task = locked(task, "council", "decision")
    may_record_decision(by, task.council).enforce()
    if task.state != TaskState.OPEN:
        raise Refused(_("The task has already been closed. Open the page again to see its state."))
    if person is None and organisation is None:
        raise Refused(NOBODY)
    wanted = (normalise_line(title), person, organisation, deadline_date)
    if wanted == (
        task.title, task.responsible_person, task.responsible_organisation, task.deadline_date
    ):  # fmt: skip
        return
    task.title, task.responsible_person, task.responsible_organisation, task.deadline_date = wanted
    task.save(
        update_fields=["title", "responsible_person", "responsible_organisation", "deadline_date"]
    )
    record(events.TASK_CHANGED, about=task, by=by, at=at, **whom_and_when(task))


@transaction.atomic
def withdraw_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Take a task out of draft minutes."""
    task = locked(task, "council", "decision")
    may_record_decision(by, task.council).enforce()
    if task.decision and task.decision.state == DecisionState.PROVISIONAL:
        raise Refused(_("The minutes are out for approval. Send them back to change them."))
    if task.decision and task.decision.state != DecisionState.DRAFTED:
        raise Refused(_("The minutes are approved. Drop the task with a reason instead."))
    take_out(task, by=by, at=at)


@transaction.atomic
def hand_over_tasks(*, before: Appointment, after: Appointment, by: Actor, at: datetime) -> None:
    """Open tasks pass on with the office: those of councils in which the office has a seat.

    Whoever keeps another seat in a council keeps what they have there. The new holder is told once
    for each council, with a link for every task that ticks it off.
    """
    passed: dict[Council, list[Task]] = {}
    councils = _councils_left(before, after, day_of(at))
    tasks = Task.objects.select_for_update(of=("self",)).select_related("council").open()
    of_them = tasks.filter(responsible_person=before.person_id, council__in=councils)
    for task in of_them.order_by("council", "deadline_date", "pk"):
        task.responsible_person = after.person
        task.save(update_fields=["responsible_person"])
        names = {"before": before.person.name, "to": after.person.name}
        record(events.TASK_HANDED_OVER, about=task, by=by, at=at, **names)
        passed.setdefault(task.council, []).append(task)
    given = {task.pk for task in Task.objects.given().filter(responsible_person=after.person)}
    for council, theirs in passed.items():
        told = [task for task in theirs if task.pk in given]  # not what stands in draft minutes
        if told:
            letters.tell_of_office(after.person, council, told)


def _councils_left(before: Appointment, after: Appointment, on: date) -> list[int]:
    """Where the office has a seat and its holder until now keeps no other."""
    seats = Seat.objects.on(on)
    office = seats.filter(organisation=before.organisation_id, role=before.role)
    others = Appointment.objects.on(on).filter(person=before.person_id)
    others = others.exclude(pk__in=[before.pk, after.pk]).exclude(
        organisation=before.organisation_id, role=before.role
    )
    held = others.filter(organisation=OuterRef("organisation"), role=OuterRef("role"))
    stays = seats.exclude(function="guest").filter(Exists(held)).values("council")
    return list(office.exclude(council__in=stays).values_list("council", flat=True))


@transaction.atomic
def report_task(*, task: Task, to: TaskState, by: Actor, at: datetime, note: str = "") -> None:
    """Tick a task off with what came of it, drop it with a reason, or open it again.

    The decision is locked first, as by whoever closes it: no task opens under one that is closed.
    """
    hold_decision_of(task)
    task = locked(task, "council", "decision")
    may_report_task(by, task, to).enforce()
    note = needed(note) if to == TaskState.DROPPED else normalise(note)
    closing = to != TaskState.OPEN
    task.state, task.outcome = to, note
    task.closed_at = at if closing else None
    task.closed_by_id = by.person_id if closing else None
    task.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    if closing:
        let_police_go(task, by=by, at=at)
    if to == TaskState.DROPPED:
        record(events.TASK_DROPPED, about=task, by=by, at=at, reason=note)
    else:
        event = events.TASK_DONE if to == TaskState.DONE else events.TASK_REOPENED
        record(event, about=task, by=by, at=at, outcome=note)
