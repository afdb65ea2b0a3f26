"""Reminders before and after a deadline; what stays undone goes to the secretary, then the chair.

Each is sent once: the mail's key holds the task, its deadline and the reminder.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.followup.links import done_path
from samrad.followup.models import Task
from samrad.followup.rules import DAYS_AFTER_DEADLINE, Reminder, reminder_due
from samrad.people.models import Person
from samrad.post.api import absolute_url, send, send_link

HORIZON = timedelta(days=-DAYS_AFTER_DEADLINE[Reminder.WEEK_AHEAD])
LISTENERS = {
    Reminder.TO_SECRETARY: SeatFunction.SECRETARY,
    Reminder.TO_CHAIR: SeatFunction.CHAIR,
}


def remind(*, on: date) -> int:
    """Send what is due on `on`; how many mails that were asked for."""
    tasks = (
        Task.objects.given()
        .open()
        .filter(deadline_date__lte=on + HORIZON)
        .select_related("council", "decision", "responsible_person", "responsible_organisation")
        .order_by("council", "deadline_date")
    )
    seats: dict[int, list[FilledSeat]] = {}
    count = 0
    for task in tasks.iterator(chunk_size=500):
        if task.council_id not in seats:
            seats = {task.council_id: seats_filled(task.council, on)}
        count += _remind_of(task, seats[task.council_id], on)
    return count


def _remind_of(task: Task, seats: list[FilledSeat], on: date) -> int:
    deadline = task.deadline_date
    reminder = reminder_due(deadline, on) if deadline else None
    if reminder is None:
        return 0
    people = {person.pk: person for person in _recipients(task, reminder, seats) if person.email}
    for person in people.values():
        _send(task, reminder, person)
    return len(people)


def _recipients(task: Task, reminder: Reminder, seats: list[FilledSeat]) -> Iterable[Person]:
    """Whoever has the task; an organisation's is told to those who sit for it in the council."""
    if reminder in LISTENERS:
        wanted = LISTENERS[reminder]
        return [p for one in seats if one.seat.function == wanted for p in one.persons]
    if task.responsible_person is not None:
        return [task.responsible_person]
    organisation = task.responsible_organisation_id
    return [p for one in seats if one.seat.organisation_id == organisation for p in one.persons]


def _send(task: Task, reminder: Reminder, to: Person) -> None:
    key = f"task:{task.ref}:{task.deadline_date}:{reminder}:{to.pk}"
    url = absolute_url(task.get_absolute_url())
    if task.is_restricted:
        send_link(to=to, url=url, about=task, key=key)
        return
    context = {
        "title": task.title,
        "council": task.council.name,
        "responsible": str(task.responsible),
        "deadline": task.deadline_date,
        "reminder": str(reminder),
        "url": url,
        "done_url": "" if reminder in LISTENERS else absolute_url(done_path(task, to)),
    }
    send(
        to=to, template="followup/mail/reminder", context=context,
        about=task, speaks_of=[task], key=key,
    )  # fmt: skip
