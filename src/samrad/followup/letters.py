"""The mails of follow-up, each in its reader's language; what is restricted travels as a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from samrad.cooperation.models import Council
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.followup.links import done_path
from samrad.followup.models import Decision, LaterDeadline, PoliceRequest, Task
from samrad.followup.queries.police import readers_among
from samrad.followup.rules import UPWARDS, LaterState
from samrad.people.models import Absence, Organisation, Person
from samrad.post.api import MailKind, Message, absolute_url, send, send_link
from samrad.profiles.reader import profile

MAIL = "followup/mail/"


def those_with(task: Task, seats: Sequence[FilledSeat]) -> list[Person]:
    """Whoever has the task; an organisation's is told to those who sit for it in the council."""
    if task.responsible_person is not None:
        return [task.responsible_person]
    organisation = task.responsible_organisation_id
    return [p for one in seats if one.seat.organisation_id == organisation for p in one.persons]


def those_who(function: SeatFunction, seats: Sequence[FilledSeat]) -> list[Person]:
    """Whoever fills the function in the council."""
    return [p for one in seats if one.seat.function == function for p in one.persons]


def reached(persons: Iterable[Person]) -> list[Person]:
    """Each once, and only those who have an address."""
    return list({person.pk: person for person in persons if person.email}.values())


def remind(task: Task, reminder: str, to: Iterable[Person]) -> None:
    """The deadline of a task: before it, after it, and upwards.

    The key says in whose time with the task: the next one has not been told of.
    """
    holder = task.responsible_person_id or ""
    for person in to:
        _write(
            person,
            "reminder",
            task,
            kind=None if reminder in UPWARDS else MailKind.TASKS,
            key=f"task:{task.ref}:{task.deadline_date}:{reminder}:{holder}:{person.pk}",
            title=task.title,
            responsible=task.responsible,  # called what the recipient's language calls them
            deadline=task.deadline_date,
            reminder=str(reminder),
            postponements=task.postponements,
            done_url="" if reminder in UPWARDS else absolute_url(done_path(task, person)),
        )


def tell_of_task(task: Task, *, on: date) -> None:
    """A task has come into new hands."""
    for person in reached(those_with(task, seats_filled(task.council, on))):
        _write(
            person, "passed_on", task, kind=MailKind.TASKS, title=task.title,
            deadline=task.deadline_date,
        )  # fmt: skip


def tell_of_office(person: Person, council: Council, tasks: Sequence[Task]) -> None:
    """Open tasks have come to somebody with an office: one mail, whatever their number."""
    if not person.email:
        return
    told = [task for task in tasks if not task.is_restricted]
    send(
        to=person,
        template=f"{MAIL}handed_over",
        context={
            "council": council.name,
            "url": absolute_url(reverse("followup:my_tasks")),
            "number": len(tasks),
            "tasks": [(task, absolute_url(done_path(task, person))) for task in told],
            "further": len(tasks) - len(told),
        },
        about=council,
        speaks_of=told,
        language=person.language or _language(council),
    )


def tell_of_wish(wish: LaterDeadline, *, on: date) -> None:
    """Somebody asks for a later deadline: the secretary hears, or the chair where there is none."""
    seats, task = seats_filled(wish.task.council, on), wish.task
    keepers = reached(those_who(SeatFunction.SECRETARY, seats)) or reached(
        those_who(SeatFunction.CHAIR, seats)
    )
    for person in keepers:
        _write(
            person, "later_asked", task, about=wish, kind=MailKind.TASKS, title=task.title,
            wanted=wish.wanted_date,
        )  # fmt: skip


def tell_of_answered_wish(wish: LaterDeadline) -> None:
    """Whoever asked hears whether the deadline moved; why not is read on the page."""
    for person in reached([wish.asked_by] if wish.asked_by else []):
        _write(
            person, "later_answered", wish.task, about=wish, kind=MailKind.TASKS,
            title=wish.task.title, deadline=wish.task.deadline_date,
            is_moved=wish.state == LaterState.MOVED,
        )  # fmt: skip


def tell_police(request: PoliceRequest, *, on: date) -> None:
    """The council asks: the contact at work hears, or else everybody who sits for the unit.

    Only of those who may read it: a mail to somebody else would never leave.
    """
    for person in reached(those_asked(request.thing, request.organisation, on=on)):
        _write(person, "police_asked", request.thing, about=request, title=str(request.thing))


def tell_police_no_longer(request: PoliceRequest, *, on: date) -> None:
    """The council asks no longer: it may stand in the system of those who were asked.

    They hear it themselves, also when others would be asked today; so does who put it there.
    """
    mails = Message.objects.filter(
        about_kind=PoliceRequest.trail_kind, about_ref=request.ref, kind="", person__isnull=False
    )
    asked = [mail.person for mail in mails.select_related("person").order_by("pk") if mail.person]
    asked += [request.handed_over_by] if request.handed_over_by else []
    today = those_asked(request.thing, request.organisation, on=on)
    for person in reached([*today, *asked]):
        _write(
            person, "police_withdrawn", request.thing, about=request, title=str(request.thing),
            reference=request.reference,
        )  # fmt: skip


def those_asked(thing: Decision | Task, organisation: Organisation, *, on: date) -> list[Person]:
    """Whoever of the unit hears what the council asks; nobody when nobody there may read it."""
    here = [
        one
        for one in seats_filled(thing.council, on)
        if one.seat.organisation_id == organisation.pk and not one.is_guest and one.persons
    ]
    contact = profile(thing.council.country).police_contact.role
    away = set(Absence.objects.on(on).values_list("person", flat=True))
    reading = readers_among(thing, here)
    at_work = [
        person
        for one in here
        if one.seat.role == contact and any(p.pk not in away for p in one.persons)
        for person in one.persons
        if person.pk in reading
    ]
    return at_work or [p for one in here for p in one.persons if p.pk in reading]


def tell_of_police_answer(request: PoliceRequest, *, on: date) -> None:
    """The police have answered: the secretary hears, and whoever asked."""
    persons = those_who(SeatFunction.SECRETARY, seats_filled(request.council, on))
    if request.asked_by is not None:
        persons.append(request.asked_by)
    for person in reached(persons):
        _write(
            person,
            "police_answered",
            request.thing,
            about=request,
            kind=MailKind.TASKS,
            title=str(request.thing),
            state=request.state,
        )


def _write(
    person: Person,
    template: str,
    thing: Decision | Task,
    *,
    about: Decision | Task | PoliceRequest | LaterDeadline | None = None,
    key: str = "",
    kind: MailKind | None = None,
    **context: Any,
) -> Message:
    url = absolute_url(thing.get_absolute_url())
    language = person.language or _language(thing.council)
    if thing.is_restricted:
        return send_link(
            to=person, url=url, about=about or thing, language=language, key=key, kind=kind
        )
    return send(
        to=person,
        template=MAIL + template,
        context={"council": thing.council.name, "url": url, **context},
        about=about or thing,
        speaks_of=[thing],
        key=key,
        kind=kind,
        language=language,
    )


def _language(council: Council) -> str:
    return profile(council.country).languages[0]
