"""Taking decisions, giving tasks, and bringing both to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council, Seat
from samrad.documents.rules import Classification
from samrad.followup import events
from samrad.followup.models import Decision, Task
from samrad.followup.permissions import (
    may_change_draft,
    may_close_decision,
    may_record_decision,
    may_report_task,
)
from samrad.followup.rules import DecisionState, TaskState
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused, refuse
from samrad.people.models import Appointment, Organisation, Person
from samrad.trail.api import record
from samrad.trail.models import Recorded
from samrad.trail.reading import record_reading

NO_REASON = _("Say why, in a sentence: the next meeting will read it.")
NOBODY = _("A task needs somebody responsible: a person or an organisation.")


def _need(reason: str) -> str:
    reason = normalise(reason)
    if not reason:
        raise Refused(NO_REASON)
    return reason


@transaction.atomic
def take_decision(
    *,
    council: Council,
    text: str,
    decided_date: date,
    by: Actor,
    at: datetime,
    source: Recorded | None = None,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
) -> Decision:
    """Write down what the council decided, in draft minutes: only their writers see it there."""
    may_record_decision(by, council).enforce()
    decision = Decision.objects.create(
        council=council,
        text=normalise(text),
        decided_date=decided_date,
        classification=classification,
        legal_basis=legal_basis,
        source_kind=source.trail_kind if source else "",
        source_ref=source.ref if source else None,
        source_label=source.trail_label[:300] if source else "",
    )
    decision.audience.set(audience)
    record(events.DECISION_TAKEN, about=decision, by=by, at=at)
    return decision


@transaction.atomic
def reword_decision(*, decision: Decision, text: str, by: Actor, at: datetime) -> None:
    """Change the words of a decision while the minutes are a draft.

    The words it has already are no change: a page that is saved whole sends them back as they were.
    """
    decision = locked(decision, "council")
    text = normalise(text)
    if text == decision.text:
        return
    may_change_draft(by, decision).enforce()
    before, decision.text = decision.trail_label, text
    decision.save(update_fields=["text"])
    record(events.DECISION_REWORDED, about=decision, by=by, at=at, before=before)


@transaction.atomic
def correct_decision(*, decision: Decision, text: str, by: Actor, at: datetime) -> None:
    """The approved minutes were corrected: a decision that binds says something else from now on.

    Whoever calls this has made sure that the correction was approved as the minutes were.
    """
    decision = locked(decision, "council")
    text = normalise(text)
    if text == decision.text:
        return
    if not text:
        raise Refused(_("A decision that binds keeps its words. Correct them, or drop it instead."))
    before, decision.text = decision.trail_label, text
    decision.save(update_fields=["text"])
    record(events.DECISION_CORRECTED, about=decision, by=by, at=at, before=before)


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: Actor, at: datetime) -> None:
    """Take a decision, with its tasks, out of draft minutes: it was not made after all."""
    decision = locked(decision, "council")
    may_change_draft(by, decision).enforce()
    for task in decision.tasks.select_related("council", "decision"):
        _take_out(task, by=by, at=at)
    record(events.DECISION_WITHDRAWN, about=decision, by=by, at=at, text=decision.text)
    decision.delete()


def _take_out(task: Task, *, by: Actor, at: datetime) -> None:
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
    )
    task.audience.set(decision.audience.all() if decision else audience)
    record(events.TASK_GIVEN, about=task, by=by, at=at, **_whom_and_when(task))
    return task


def _whom_and_when(task: Task) -> dict[str, str]:
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
    record(events.TASK_CHANGED, about=task, by=by, at=at, **_whom_and_when(task))


@transaction.atomic
def withdraw_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Take a task out of draft minutes."""
    task = locked(task, "council", "decision")
    may_record_decision(by, task.council).enforce()
    if task.decision and task.decision.state == DecisionState.PROVISIONAL:
        raise Refused(_("The minutes are out for approval. Send them back to change them."))
    if task.decision and task.decision.state != DecisionState.DRAFTED:
        raise Refused(_("The minutes are approved. Drop the task with a reason instead."))
    _take_out(task, by=by, at=at)


# The three steps a decision takes with its minutes. Whoever calls them has made sure that these may
# take theirs.


@transaction.atomic
def put_forward(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes go out for approval: their decisions are seen, and their tasks are given."""
    out = list(_moved(decisions, DecisionState.DRAFTED, DecisionState.PROVISIONAL))
    for decision in out:
        record(events.DECISION_PUT_FORWARD, about=decision, by=by, at=at)
    tasks = Task.objects.filter(decision__in=out).select_related(
        "council", "responsible_person", "responsible_organisation"
    )
    for task in tasks:
        record(events.TASK_PUT_FORWARD, about=task, by=by, at=at, **_whom_and_when(task))


@transaction.atomic
def take_back(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes are a draft again, and so are their decisions."""
    for decision in _moved(decisions, DecisionState.PROVISIONAL, DecisionState.DRAFTED):
        record(events.DECISION_TAKEN_BACK, about=decision, by=by, at=at)


@transaction.atomic
def make_binding(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes are approved: their decisions bind both parties."""
    for decision in _moved(decisions, DecisionState.PROVISIONAL, DecisionState.BINDING):
        record(events.DECISION_BINDING, about=decision, by=by, at=at)


def _moved(
    decisions: Iterable[Decision], start: DecisionState, to: DecisionState
) -> Iterator[Decision]:
    """Those that stand at `start` now, each moved on as it is handed out."""
    for decision in decisions:
        found = locked(decision, "council")
        if found.state == start:
            found.state = decision.state = to
            found.save(update_fields=["state"])
            yield found


@transaction.atomic
def close_decision(
    *, decision: Decision, to: DecisionState, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Bring a decision to an end, or open it again; dropping one takes a reason."""
    decision = locked(decision, "council")
    may_close_decision(by, decision, to).enforce()
    if to == DecisionState.DONE and decision.tasks.open().exists():
        refuse(_("Some of its tasks are still open. Finish or drop them first.")).enforce()
    decision.closed_reason = _need(reason) if to == DecisionState.DROPPED else normalise(reason)
    decision.state = to
    decision.save(update_fields=["state", "closed_reason"])
    if to == DecisionState.DROPPED:
        record(events.DECISION_DROPPED, about=decision, by=by, at=at, reason=decision.closed_reason)
        _drop_tasks_of(decision, by=by, at=at)
    else:
        closed = to == DecisionState.DONE
        event = events.DECISION_CLOSED if closed else events.DECISION_REOPENED
        record(event, about=decision, by=by, at=at)


def _drop_tasks_of(decision: Decision, *, by: Actor, at: datetime) -> None:
    for task in decision.tasks.open().select_related("council"):
        report_task(task=task, to=TaskState.DROPPED, by=by, at=at, note=decision.closed_reason)


def note_reading(thing: Decision | Task, *, by: Actor, at: datetime) -> None:
    """Record that somebody read restricted material, once a person a day."""
    read = dict.fromkeys((Decision.trail_kind, Task.trail_kind), events.RESTRICTED_READ)
    record_reading([thing], events=read, by=by, at=at)


@transaction.atomic
def hand_over_tasks(*, before: Appointment, after: Appointment, by: Actor, at: datetime) -> None:
    """Open tasks pass on with the office: those of councils in which the office has a seat."""
    councils = Seat.objects.filter(organisation=before.organisation_id, role=before.role).values(
        "council"
    )
    tasks = Task.objects.select_for_update(of=("self",)).select_related("council").open()
    for task in tasks.filter(responsible_person=before.person_id, council__in=councils):
        task.responsible_person = after.person
        task.save(update_fields=["responsible_person"])
        names = {"before": before.person.name, "to": after.person.name}
        record(events.TASK_HANDED_OVER, about=task, by=by, at=at, **names)


@transaction.atomic
def report_task(*, task: Task, to: TaskState, by: Actor, at: datetime, note: str = "") -> None:
    """Tick a task off with what came of it, drop it with a reason, or open it again."""
    task = locked(task, "council", "decision")
    may_report_task(by, task, to).enforce()
    note = _need(note) if to == TaskState.DROPPED else normalise(note)
    closing = to != TaskState.OPEN
    task.state, task.outcome = to, note
    task.closed_at = at if closing else None
    task.closed_by_id = by.person_id if closing else None
    task.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    if to == TaskState.DROPPED:
        record(events.TASK_DROPPED, about=task, by=by, at=at, reason=note)
    else:
        event = events.TASK_DONE if to == TaskState.DONE else events.TASK_REOPENED
        record(event, about=task, by=by, at=at, outcome=note)
