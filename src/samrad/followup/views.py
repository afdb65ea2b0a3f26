"""My tasks, one task, one decision, and a council's register of decisions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.followup.actions import close_decision, note_reading, report_task
from samrad.followup.forms import CloseForm, RegisterFilter, ReportForm
from samrad.followup.models import Decision, Task
from samrad.followup.queries import tasks_of, untold_before
from samrad.followup.rules import DecisionState, TaskState
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.trail.api import history_of
from samrad.ui.pieces import Tab

TASKS_WITH_ALL = Task.objects.select_related(
    "council", "decision", "responsible_person", "responsible_organisation", "closed_by"
)
PER_PAGE = 100
NOT_YOURS = gettext_lazy("There is nothing here for you to report. Ask the council's secretary.")


@declare(SIGNED_IN)
@require_GET
def my_tasks(request: ActorRequest) -> HttpResponse:
    """What I, or my organisation, have promised to do."""
    showing_done = request.GET.get("show") == "done"
    mine = tasks_of(request.actor)
    found = (
        mine.exclude(state=TaskState.OPEN).order_by("-closed_at") if showing_done else mine.open()
    )
    open_count = mine.open().count()
    url = reverse("followup:my_tasks")
    tabs = [
        Tab(_("To do"), url, is_current=not showing_done, count=open_count),
        Tab(_("Closed"), f"{url}?show=done", is_current=showing_done),
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    late = mine.overdue(today()).count()
    return render(
        request,
        "followup/my_tasks.html",
        {"page": page, "tabs": tabs, "late": late, "showing_done": showing_done},
    )


@declare(SIGNED_IN)
@require_GET
def task(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One task: what, who, by when, what came of it."""
    found = visible_or_404(TASKS_WITH_ALL, request.actor, ref=ref)
    note_reading(found, by=request.actor, at=now())
    form = ReportForm(actor=request.actor, task=found)
    return _task_page(request, found, form)


def _task_page(
    request: ActorRequest, found: Task, form: ReportForm, status: int = 200
) -> HttpResponse:
    decision = found.decision
    if decision and not Decision.objects.visible_to(request.actor).filter(pk=decision.pk).exists():
        decision = None
    context = {
        "task": found,
        "decision": decision,
        "form": form,
        "council_url": _council_url(request, found.council),
        "history": history_of(found, since_latest=untold_before(request.actor, found.council_id)),
    }
    return render(request, "followup/task.html", context, status=status)


def _council_url(request: ActorRequest, council: Council) -> str:
    """Where the council is read about, for those who see it at all."""
    if Council.objects.visible_to(request.actor).filter(pk=council.pk).exists():
        return council.get_absolute_url()
    return ""


@declare(SIGNED_IN)
@require_POST
def report(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Tick a task off, drop it, or open it again."""
    found = visible_or_404(TASKS_WITH_ALL, request.actor, ref=ref)
    form = ReportForm(request.POST, actor=request.actor, task=found)
    if not form.is_offered:
        raise Refused(NOT_YOURS)
    if not form.is_valid():
        return _task_page(request, found, form, status=422)
    to = TaskState(form.cleaned_data["to"])
    with transaction.atomic():
        report_task(task=found, to=to, by=request.actor, at=now(), note=form.cleaned_data["note"])
        note_answers(form.number_answers, about=found, by=request.actor, at=now())
    told = {
        TaskState.DONE: _("Thank you. The council sees that the task is done."),
        TaskState.DROPPED: _("The task is dropped, and the reason kept."),
        TaskState.OPEN: _("The task is open again."),
    }
    messages.success(request, told[to])
    return redirect(found)


@declare(SIGNED_IN)
@require_GET
def decision(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One decision, its tasks, and what has become of it."""
    found = visible_or_404(Decision.objects.select_related("council"), request.actor, ref=ref)
    note_reading(found, by=request.actor, at=now())
    return _decision_page(request, found, CloseForm(actor=request.actor, decision=found))


def _decision_page(
    request: ActorRequest, found: Decision, form: CloseForm, status: int = 200
) -> HttpResponse:
    tasks = list(TASKS_WITH_ALL.visible_to(request.actor).filter(decision=found))
    context = {
        "decision": found,
        "tasks": tasks,
        "form": form,
        "open_tasks": sum(one.state == TaskState.OPEN for one in tasks),
        "history": history_of(
            found, also=tasks, since_latest=untold_before(request.actor, found.council_id)
        ),
    }
    return render(request, "followup/decision.html", context, status=status)


@declare(SIGNED_IN)
@require_POST
def close(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Bring a decision to an end, or take it up again."""
    found = visible_or_404(Decision.objects.select_related("council"), request.actor, ref=ref)
    form = CloseForm(request.POST, actor=request.actor, decision=found)
    if not form.is_offered:
        raise Refused(NOT_YOURS)
    if not form.is_valid():
        return _decision_page(request, found, form, status=422)
    to = DecisionState(form.cleaned_data["to"])
    with transaction.atomic():
        close_decision(
            decision=found, to=to, by=request.actor, at=now(), reason=form.cleaned_data["note"]
        )
        note_answers(form.number_answers, about=found, by=request.actor, at=now())
    messages.success(request, _("The decision is up to date."))
    return redirect(found)


@declare(SIGNED_IN)
@require_GET
def register(request: ActorRequest, ref: UUID) -> HttpResponse:
    """A council's decisions across meetings and years."""
    council = visible_or_404(Council, request.actor, ref=ref)
    sift = RegisterFilter(request.GET)
    decisions = (
        Decision.objects.visible_to(request.actor)
        .filter(council=council)
        .annotate(open_tasks=Count("tasks", filter=Q(tasks__state=TaskState.OPEN), distinct=True))
        .order_by("-decided_date", "-pk")
    )
    if sift.is_valid():
        if sift.cleaned_data["state"]:
            decisions = decisions.filter(state=sift.cleaned_data["state"])
        if sift.cleaned_data["year"]:
            decisions = decisions.filter(decided_date__year=sift.cleaned_data["year"])
    page = Paginator(decisions, PER_PAGE).get_page(request.GET.get("page"))
    context = {"council": council, "page": page, "filter": sift}
    return render(request, "followup/register.html", context)
