"""My tasks, and one task: reporting on it, and what happens to it on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.documents.forms import GuardedForm
from samrad.followup.actions import (
    change_deadline,
    note_progress,
    note_reading,
    pass_on_task,
    report_task,
    take_task,
)
from samrad.followup.forms.changes import DeadlineForm, PassOnForm, ProgressForm
from samrad.followup.forms.reports import ReportForm
from samrad.followup.models import Task
from samrad.followup.permissions import (
    may_change_deadline,
    may_note_progress,
    may_pass_on_task,
    may_take_task,
)
from samrad.followup.queries import (
    asked_for_by,
    mine_by_name,
    tasks_of,
    untold_before,
    waiting_for_hands,
)
from samrad.followup.queries.beside import decision_behind, task_seen, told_of
from samrad.followup.returns import times_back
from samrad.followup.rules import TaskState
from samrad.followup.views.later_part import later_part
from samrad.followup.views.police_part import police_part
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.trail.api import history_of
from samrad.ui.changing import on_what_is_there
from samrad.ui.pieces import Tab

PER_PAGE = 50
NOT_YOURS = gettext_lazy("There is nothing here for you to report. Ask the council's secretary.")


@declare(SIGNED_IN)
@require_GET
def my_tasks(request: ActorRequest) -> HttpResponse:
    """What I, or my organisation, have promised to do; what I asked of others; what is done."""
    actor, on = request.actor, today()
    show = request.GET.get("show", "")
    show = show if show in {"asked", "done"} else "todo"
    lists: dict[str, Callable[[], Any]] = {
        "todo": lambda: mine_by_name(actor).open(),
        "asked": lambda: asked_for_by(actor).open(),
        "done": lambda: (
            tasks_of(actor)
            .filter(closed_at__year=on.year)
            .exclude(state=TaskState.OPEN)
            .order_by("-closed_at")
        ),
    }
    mine = mine_by_name(actor)
    ours = list(waiting_for_hands(actor)[:PER_PAGE]) if show == "todo" else []
    context = {
        "show": show,
        "tabs": _tabs(show, mine.open().count()),
        "page": Paginator(lists[show](), PER_PAGE).get_page(request.GET.get("page")),
        "ours": [(task, bool(may_take_task(actor, task))) for task in ours],
        "late": mine.overdue(on).count(),
        "year": on.year,
    }
    return render(request, "followup/my_tasks.html", context)


def _tabs(show: str, open_count: int) -> list[Tab]:
    url = reverse("followup:my_tasks")
    return [
        Tab(_("To do"), url, is_current=show == "todo", count=open_count),
        Tab(_("Asked of others"), f"{url}?show=asked", is_current=show == "asked"),
        Tab(_("Closed this year"), f"{url}?show=done", is_current=show == "done"),
    ]


@declare(SIGNED_IN)
@require_GET
def task(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One task: what, who, by when, what came of it."""
    found = _found(request, ref)
    note_reading(found, by=request.actor, at=now())
    return task_page(request, found)


def _found(request: ActorRequest, ref: UUID) -> Task:
    found = task_seen(request.actor, ref)
    if found is None:
        raise not_there()
    return found


def task_page(
    request: ActorRequest, found: Task, filled_in: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; with forms as they were filled in where something in them is to be mended."""
    actor, filled_in = request.actor, filled_in or {}
    seats = seats_filled(found.council, today(found.council.zone))
    context = {
        "task": found,
        "decision": decision_behind(found, actor),
        "report": ReportForm(actor=actor, task=found),
        "deadline": DeadlineForm(actor=actor, task=found)
        if may_change_deadline(actor, found)
        else None,
        "pass_on": PassOnForm(actor=actor, task=found, seats=seats)
        if may_pass_on_task(actor, found)
        else None,
        "progress": ProgressForm(actor=actor, task=found)
        if may_note_progress(actor, found)
        else None,
        "may_take": bool(may_take_task(actor, found)),
        "notes": list(found.progress.select_related("noted_by")),
        "told": told_of(found, actor),
        "times_back": times_back(actor, [found.ref])[found.ref],
        "council_url": _council_url(request, found.council),
        **later_part(found, actor, filled_in),
        **police_part(found, actor, seats, filled_in),
        **{name: form for name, form in filled_in.items() if name in PARTS},
    }
    context["history"] = history_of(
        found,
        also=[one["request"] for one in context["police"]],
        since_latest=untold_before(actor, found.council_id),
    )
    return render(request, "followup/task.html", context, status=422 if filled_in else 200)


PARTS = {"report", "deadline", "pass_on", "progress"}


def _council_url(request: ActorRequest, council: Council) -> str:
    """Where the council is read about, for those who see it at all."""
    if request.actor.holds(Permission.COUNCIL_SEE, in_council=council.pk):  # asks nothing
        return council.get_absolute_url()
    if Council.objects.visible_to(request.actor).filter(pk=council.pk).exists():
        return council.get_absolute_url()
    return ""


def _kept(request: ActorRequest, found: Task, form: GuardedForm, act: Callable[[], object]) -> None:
    """What was written, together with what was answered about numbers in it."""
    with transaction.atomic():
        act()
        note_answers(form.number_answers, about=found, by=request.actor, at=now())


@declare(SIGNED_IN)
@require_POST
def report(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Tick a task off, drop it, or open it again."""
    found, actor = _found(request, ref), request.actor
    form = ReportForm(request.POST, actor=actor, task=found)
    if not form.is_offered:
        raise Refused(NOT_YOURS)
    if not form.is_valid():
        return task_page(request, found, {"report": form})
    to, note = TaskState(form.cleaned_data["to"]), form.cleaned_data["note"]
    _kept(
        request,
        found,
        form,
        lambda: report_task(task=found, to=to, by=actor, at=now(), note=note),
    )
    told = {
        TaskState.DONE: _("Thank you. The council sees that the task is done."),
        TaskState.DROPPED: _("The task is dropped, and the reason kept."),
        TaskState.OPEN: _("The task is open again."),
    }
    messages.success(request, told[to])
    if request.POST.get("back") == "list":
        return redirect("followup:my_tasks")
    return redirect(found)


@declare(SIGNED_IN)
@require_POST
@on_what_is_there
def deadline(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Set another deadline, with a reason."""
    found, actor = _found(request, ref), request.actor
    may_change_deadline(actor, found).enforce()
    form = DeadlineForm(request.POST, actor=actor, task=found)
    if form.is_valid() and form.cleaned_data["deadline"] < today():
        form.add_error("deadline", _("The new deadline has passed already. Choose a day ahead."))
    if not form.is_valid():
        return task_page(request, found, {"deadline": form})
    said = form.cleaned_data
    _kept(
        request,
        found,
        form,
        lambda: change_deadline(
            task=found,
            deadline_date=said["deadline"],
            reason=said["reason"],
            seen=form.seen,
            by=actor,
            at=now(),
        ),
    )
    messages.success(request, _("The task has a new deadline, and the reason is kept."))
    return redirect(found)


@declare(SIGNED_IN)
@require_POST
def pass_on(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Give the task into other hands, with a reason."""
    found, actor = _found(request, ref), request.actor
    may_pass_on_task(actor, found).enforce()
    seats = seats_filled(found.council, today(found.council.zone))
    form = PassOnForm(request.POST, actor=actor, task=found, seats=seats)
    if not form.is_valid():
        return task_page(request, found, {"pass_on": form})
    person, organisation = form.chosen()
    _kept(
        request,
        found,
        form,
        lambda: pass_on_task(
            task=found,
            reason=form.cleaned_data["reason"],
            person=person,
            organisation=organisation,
            by=actor,
            at=now(),
        ),
    )
    messages.success(request, _("The task is passed on, and whoever has it now is told."))
    if Task.objects.visible_to(actor).filter(pk=found.pk).exists():
        return redirect(found)
    return redirect("followup:my_tasks")


@declare(SIGNED_IN)
@require_POST
def take(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Take a task that the organisation has."""
    found = _found(request, ref)
    take_task(task=found, by=request.actor, at=now())
    messages.success(request, _("The task is yours."))
    return redirect(found)


@declare(SIGNED_IN)
@require_POST
def progress(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say how far the task has come."""
    found, actor = _found(request, ref), request.actor
    may_note_progress(actor, found).enforce()
    form = ProgressForm(request.POST, actor=actor, task=found)
    if not form.is_valid():
        return task_page(request, found, {"progress": form})
    text = form.cleaned_data["text"]
    _kept(request, found, form, lambda: note_progress(task=found, text=text, by=actor, at=now()))
    messages.success(request, _("Thank you. The council sees how far the task has come."))
    return redirect(found)
