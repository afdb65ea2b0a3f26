"""Reminders before and after a deadline; what stays undone goes to the secretary, then the chair.

What somebody was told of stands with the task, so that each step is taken once for each deadline
and each person who has the task, however often the worker comes by and whoever holds the offices
meanwhile. A step whose mail reached nobody is not forgotten: somebody else hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samrad.access.actor import SYSTEM
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.followup import events, letters
from samrad.followup.models import Task, Told
from samrad.followup.queries.lost import Step, steps_lost
from samrad.followup.rules import (
    DAYS_AFTER_DEADLINE,
    DecisionState,
    Reminder,
    calendar_of,
    escalation_due,
    reminder_due,
)
from samrad.kernel.clock import now
from samrad.people.models import Person
from samrad.post.api import Message
from samrad.trail.api import record

HORIZON = timedelta(days=-DAYS_AFTER_DEADLINE[Reminder.WEEK_AHEAD])
LISTENERS = {
    Reminder.TO_SECRETARY: SeatFunction.SECRETARY,
    Reminder.TO_CHAIR: SeatFunction.CHAIR,
}
ESCALATED = {
    Reminder.TO_SECRETARY: events.TASK_TOLD_SECRETARY,
    Reminder.TO_CHAIR: events.TASK_TOLD_CHAIR,
    Reminder.CHAIR_LOST: events.TASK_CHAIR_LOST,
}


def remind(*, on: date, at: datetime | None = None) -> int:
    """Tell whoever is to be told on `on`; how many mails that were asked for."""
    lost = steps_lost()
    _take_back_where_the_address_is_another(lost)
    tasks = (
        Task.objects.given()
        .open()
        .filter(deadline_date__lte=on + HORIZON)
        .exclude(_is_read_in_and_not_approved())
        .exclude(Exists(_chair_knows()) & ~Q(ref__in=[ref for ref, *_step in lost]))
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
        lost_of_it = {what for ref, day, what, who in lost if (ref, day, who) in _which(task)}
        count += _Round(task, seats[task.council_id], lost_of_it, on, at or now(), days).remind()
    return count


def _which(task: Task) -> set[tuple[UUID, str, str | None]]:
    """Its steps now: with this deadline, and with whoever has it."""
    day = str(task.deadline_date)
    return {(task.ref, day, str(task.responsible_person_id or "")), (task.ref, day, None)}


def _is_read_in_and_not_approved() -> Q:
    """Read in from minutes of a time before, with a deadline that had passed already.

    Nothing is said of it before those who approve have seen it.
    """
    late = Q(is_read_in=True, deadline_date__lt=F("given_date"))
    return late & Q(decision__state=DecisionState.PROVISIONAL)


def _chair_knows() -> QuerySet[Told]:
    """The last step has been taken for the deadline and the person the task has now."""
    nobody = Q(person=None, task__responsible_person=None)
    return Told.objects.filter(
        nobody | Q(person=OuterRef("responsible_person")),
        task=OuterRef("pk"),
        deadline_date=OuterRef("deadline_date"),
        reminder=Reminder.TO_CHAIR,
    )


@dataclass(frozen=True)
class _Round:
    """One task on one morning: who of those who have it, and above, is to hear."""

    task: Task
    seats: list[FilledSeat]
    lost: set[str]  # steps whose mail reached nobody
    on: date
    at: datetime
    days: dict[Reminder, int]

    def remind(self) -> int:
        """Whoever has the task is reminded, and whoever is above hears of it: two steps at most."""
        deadline = self.task.deadline_date
        if deadline is None:
            return 0
        rows = [one for one in self.task.told.all() if one.deadline_date == deadline]
        told = {
            Reminder(one.reminder): one.told_date
            for one in rows
            if one.person_id == self.task.responsible_person_id
        }
        sent = 0
        reminder = reminder_due(deadline, self.on, self.days)
        whose = letters.those_with(self.task, self.seats)
        if reminder and reminder not in told:
            sent += self._tell(reminder, whose)
            told[reminder] = self.on
        had_before = any(one.person_id != self.task.responsible_person_id for one in rows)
        since = min(told.values()) if told and had_before else None
        if self._was_late_when_read_in or (letters.reached(whose) and self._is_new_to_it(since)):
            return sent
        return sent + self._tell_upwards(deadline, told)

    @property
    def _was_late_when_read_in(self) -> bool:
        """From minutes of a time before: its own hear of it once, and nobody above."""
        given, deadline = self.task.given_date, self.task.deadline_date
        was_late = given is not None and deadline is not None and deadline < given
        return self.task.is_read_in and was_late

    def _is_new_to_it(self, since: date | None) -> bool:
        """Who came to a late task has as long as the one before had, before others hear."""
        room = self.days[Reminder.TO_SECRETARY] - self.days[Reminder.OVERDUE]
        return since is not None and (self.on - since).days < room

    def _tell_upwards(self, deadline: date, told: Mapping[Reminder, date]) -> int:
        secretaries = letters.reached(letters.those_who(SeatFunction.SECRETARY, self.seats))
        has_secretary = bool(secretaries) and Reminder.TO_SECRETARY not in self.lost
        if Reminder.TO_CHAIR in self.lost & told.keys() and Reminder.CHAIR_LOST not in told:
            return self._tell(Reminder.CHAIR_LOST, secretaries)
        upwards = escalation_due(
            deadline, self.on, told, has_secretary=has_secretary, days=self.days
        )
        if upwards is None:
            return 0
        return self._tell(upwards, letters.those_who(LISTENERS[upwards], self.seats))

    def _tell(self, reminder: Reminder, to: list[Person]) -> int:
        """Note the step and write the mails, unless nobody is reached or somebody was quicker."""
        persons, task = letters.reached(to), self.task
        if not persons or task.deadline_date is None:
            return 0
        try:
            with transaction.atomic():
                Told.objects.create(
                    task=task,
                    deadline_date=task.deadline_date,
                    person=task.responsible_person,
                    reminder=reminder,
                    told_date=self.on,
                )
                if reminder in ESCALATED:
                    said = {"deadline": str(task.deadline_date)}
                    record(ESCALATED[reminder], about=task, by=SYSTEM, at=self.at, **said)
                letters.remind(task, reminder, persons)
        except IntegrityError:
            return 0
        return len(persons)


def _take_back_where_the_address_is_another(lost: dict[Step, list[Message]]) -> None:
    """Somebody has mended the address since: the step is not taken, and its mail goes out anew."""
    for step, messages in list(lost.items()):
        mended = [one for one in messages if one.person and one.person.email != one.address]
        if not mended:
            continue
        with transaction.atomic():
            _rows_of(step).delete()
            for one in messages:
                one.key = f"{one.key}:lost:{one.pk}"
                one.save(update_fields=["key"])
        del lost[step]


def _rows_of(step: Step) -> QuerySet[Told]:
    """What is noted of the step, of nobody but who had the task then."""
    ref, day, reminder, holder = step
    rows = Told.objects.filter(task__ref=ref, deadline_date=day, reminder=reminder)
    if holder is not None:
        return rows.filter(person=int(holder) if holder else None)
    has_it = Q(person=F("task__responsible_person"))
    return rows.filter(has_it | Q(person=None, task__responsible_person=None))
