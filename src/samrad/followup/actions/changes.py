"""What happens to a task on its way: another deadline, other hands, how far it has come."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.followup import as_written, events, letters
from samrad.followup.actions.reasons import needed
from samrad.followup.actions.tasks import NOBODY, whom_and_when
from samrad.followup.models import ProgressNote, Task
from samrad.followup.permissions import (
    may_change_deadline,
    may_note_progress,
    may_pass_on_task,
    may_take_task,
    passes_to_anybody,
)
from samrad.followup.rules import LaterState
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.people.models import Appointment, Organisation, Person
from samrad.trail.api import record


@transaction.atomic
def change_deadline(
    *, task: Task, deadline_date: date, reason: str, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Set another deadline and say why; each time it is put off is counted."""
    task = locked(task, "council", "decision")
    may_change_deadline(by, task).enforce()
    enforce_seen(seen, as_written.of_deadline(task))
    reason, before = needed(reason), task.deadline_date
    if deadline_date == before:
        return
    if deadline_date < day_of(at):
        raise Refused(_("The new deadline has passed already. Choose a day ahead."))
    is_later = before is not None and deadline_date > before
    task.deadline_date = deadline_date
    task.postponements += is_later
    task.save(update_fields=["deadline_date", "postponements"])
    said = {"deadline": str(deadline_date), "reason": reason, "before": str(before or "–")}
    event = events.TASK_POSTPONED if is_later else events.TASK_HASTENED
    record(event, about=task, by=by, at=at, **said)
    _answer_wish(task, by=by, at=at)


def _answer_wish(task: Task, *, by: Actor, at: datetime) -> None:
    """Whoever asked for a later deadline has one now, whichever day it became, and is told."""
    wish = task.later_wishes.waiting().select_related("asked_by").first()
    if wish is None:
        return
    wish.task, wish.state = task, LaterState.MOVED
    wish.answered_at, wish.answered_by_id = at, by.person_id
    wish.save(update_fields=["state", "answered_at", "answered_by"])
    letters.tell_of_answered_wish(wish)


@transaction.atomic
def pass_on_task(
    *,
    task: Task,
    reason: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Give the task into other hands and say why; whoever has it now is told."""
    task = locked(task, "council", "decision", "responsible_person", "responsible_organisation")
    may_pass_on_task(by, task).enforce()
    if person is None and organisation is None:
        raise Refused(NOBODY)
    reason, before = needed(reason), whom_and_when(task)["to"]
    if not passes_to_anybody(by, task) and not _is_at_home(by, person, organisation, day_of(at)):
        raise Refused(_("Pass it on within your own organisation, or ask the council's secretary."))
    if (person, organisation) == (task.responsible_person, task.responsible_organisation):
        return
    task.responsible_person, task.responsible_organisation = person, organisation
    task.save(update_fields=["responsible_person", "responsible_organisation"])
    said = {"before": before, "to": whom_and_when(task)["to"], "reason": reason}
    record(events.TASK_PASSED_ON, about=task, by=by, at=at, **said)
    letters.tell_of_task(task, on=day_of(at))


def _is_at_home(
    by: Actor, person: Person | None, organisation: Organisation | None, on: date
) -> bool:
    """Whether both, where they are named, belong to where the actor works."""
    if organisation is not None and organisation.pk not in by.organisation_ids:
        return False
    posts = Appointment.objects.on(on).filter(organisation__in=by.organisation_ids)
    return person is None or posts.filter(person=person).exists()


@transaction.atomic
def take_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Somebody at the organisation does it; the task stays the organisation's."""
    task = locked(task, "council", "decision", "responsible_organisation")
    may_take_task(by, task).enforce()
    before = whom_and_when(task)["to"]
    task.responsible_person_id = by.person_id
    task.save(update_fields=["responsible_person"])
    record(events.TASK_TAKEN, about=task, by=by, at=at, before=before)


@transaction.atomic
def note_progress(*, task: Task, text: str, by: Actor, at: datetime) -> ProgressNote:
    """Say how far an open task has come, in words the council reads with the task."""
    task = locked(task, "council", "decision")
    may_note_progress(by, task).enforce()
    text = normalise(text)
    if not text:
        raise Refused(_("Write how far it has come, in a sentence."))
    note = ProgressNote.objects.create(task=task, text=text, noted_at=at, noted_by_id=by.person_id)
    record(events.TASK_PROGRESS, about=task, by=by, at=at)
    return note
