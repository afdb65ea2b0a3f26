"""Reminders before and after a deadline; what stays undone goes to the secretary, then the chair.

What somebody was told of stands with the task, so that each step is taken once for each deadline,
however often the worker comes by and whoever holds the offices meanwhile.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from samrad.access.actor import SYSTEM
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.followup import events, letters
from samrad.followup.models import Task, Told
from samrad.followup.rules import (
    DAYS_AFTER_DEADLINE,
    Reminder,
    calendar_of,
    escalation_due,
    reminder_due,
)
from samrad.kernel.clock import now
from samrad.people.models import Person
from samrad.trail.api import record

HORIZON = timedelta(days=-DAYS_AFTER_DEADLINE[Reminder.WEEK_AHEAD])
LISTENERS = {
    Reminder.TO_SECRETARY: SeatFunction.SECRETARY,
    Reminder.TO_CHAIR: SeatFunction.CHAIR,
}
ESCALATED = {
    Reminder.TO_SECRETARY: events.TASK_TOLD_SECRETARY,
    Reminder.TO_CHAIR: events.TASK_TOLD_CHAIR,
}


def remind(*, on: date, at: datetime | None = None) -> int:
    """Tell whoever is to be told on `on`; how many mails that were asked for."""
    tasks = (
        Task.objects.given()
        .open()
        .filter(deadline_date__lte=on + HORIZON)
        .exclude(Exists(_chair_knows()))
        .select_related("council", "decision", "responsible_person", "responsible_organisation")
        .prefetch_related("told")
        .order_by("council", "deadline_date")
    )
    days = calendar_of(*settings.ESCALATE_AFTER)
    seats: dict[int, list[FilledSeat]] = {}
    count = 0
    for task in tasks.iterator(chunk_size=500):
        if task.council_id not in seats:
            seats = {task.council_id: seats_filled(task.council, on)}
        count += _remind_of(task, seats[task.council_id], on, at or now(), days)
    return count


def _chair_knows() -> QuerySet[Told]:
    """The last step has been taken for the deadline the task has now."""
    return Told.objects.filter(
        task=OuterRef("pk"), deadline_date=OuterRef("deadline_date"), reminder=Reminder.TO_CHAIR
    )


def _remind_of(
    task: Task, seats: list[FilledSeat], on: date, at: datetime, days: dict[Reminder, int]
) -> int:
    """Whoever has the task is reminded, and whoever is above hears of it: two steps at most."""
    deadline = task.deadline_date
    if deadline is None:
        return 0
    told = {
        Reminder(one.reminder): one.told_date
        for one in task.told.all()
        if one.deadline_date == deadline
    }
    sent = 0
    reminder = reminder_due(deadline, on, days)
    if reminder and reminder not in told:
        sent += _tell(task, reminder, letters.those_with(task, seats), on, at)
    secretaries = letters.reached(letters.those_who(SeatFunction.SECRETARY, seats))
    upwards = escalation_due(deadline, on, told, has_secretary=bool(secretaries), days=days)
    if upwards:
        listeners = letters.those_who(LISTENERS[upwards], seats)
        sent += _tell(task, upwards, listeners, on, at)
    return sent


def _tell(task: Task, reminder: Reminder, to: list[Person], on: date, at: datetime) -> int:
    """Note the step and write the mails, unless nobody is reached or somebody was quicker."""
    persons = letters.reached(to)
    if not persons or task.deadline_date is None:
        return 0
    try:
        with transaction.atomic():
            Told.objects.create(
                task=task, deadline_date=task.deadline_date, reminder=reminder, told_date=on
            )
            if reminder in ESCALATED:
                said = {"deadline": str(task.deadline_date)}
                record(ESCALATED[reminder], about=task, by=SYSTEM, at=at, **said)
            letters.remind(task, reminder, persons)
    except IntegrityError:
        return 0
    return len(persons)
