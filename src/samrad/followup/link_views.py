"""A task is ticked off from a mail, without signing in."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samrad.access.actor import Actor
from samrad.access.gate import ANYONE, declare
from samrad.access.requests import ActorRequest
from samrad.followup.actions import report_task
from samrad.followup.events import TASK_TICKED_OFF_BY_MAIL
from samrad.followup.links import task_and_person
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.post.api import Offer, broken, offered, refused_for_now
from samrad.profiles.reader import profile
from samrad.trail.api import record
from samrad.ui.formats import day_long

DONE = _("Thank you. The council sees that the task is done.")


@declare(ANYONE)
@csrf_exempt  # whoever holds the link may press it; a page elsewhere that had it could press it too
@require_http_methods(["GET", "POST"])
def done(request: ActorRequest, signed: str) -> HttpResponse:
    """Look at the task a link ticks off, and press the button: as the one it was sent to."""
    wait = refused_for_now(request)
    if wait is not None:
        return wait
    found = task_and_person(signed, today())
    if found is None:
        return broken(request)
    task, person, actor = found
    ticked_off = task.state == TaskState.DONE and task.closed_by_id == person.pk
    if task.state != TaskState.OPEN and not ticked_off:
        return broken(request)
    if request.method == "GET":
        language = person.language or profile(task.council.country).languages[0]
        return offered(request, lambda: _offer(task, person, ticked_off), language=language)
    wait = refused_for_now(request, person.pk)
    if wait is not None:
        return wait
    return redirect(request.path) if ticked_off else _tick_off(request, task, actor)


def _tick_off(request: ActorRequest, task: Task, actor: Actor) -> HttpResponse:
    try:
        with transaction.atomic():
            report_task(task=task, to=TaskState.DONE, by=actor, at=now())
            record(TASK_TICKED_OFF_BY_MAIL, about=task, by=actor, at=now())
    except Refused:  # somebody closed it while the page was open
        return broken(request)
    return redirect(request.path)


def _offer(task: Task, person: Person, ticked_off: bool) -> Offer:
    council = task.council
    deadline = task.deadline_date
    return Offer(
        title=task.title,
        to=person.name,
        lines=[
            council.name,
            *([_("Deadline: %(day)s") % {"day": day_long(deadline)}] if deadline else []),
        ],
        button=_("It is done"),
        done=DONE if ticked_off else "",
        page=task.get_absolute_url(),
    )
