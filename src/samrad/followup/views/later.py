"""A later deadline is asked for on the task's page, and answered there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.followup.actions import agree_to_later, ask_later, decline_later
from samrad.followup.forms.later import AskLaterForm, DeclineLaterForm
from samrad.followup.models import LaterDeadline
from samrad.followup.permissions import may_answer_later, may_ask_later
from samrad.followup.queries.beside import TASKS_WITH_ALL
from samrad.followup.views.tasks import task_page
from samrad.kernel.clock import now

WISHES = LaterDeadline.objects.select_related(
    "task__council", "task__decision", "task__responsible_person",
    "task__responsible_organisation", "task__closed_by", "asked_by",
)  # fmt: skip


@declare(SIGNED_IN)
@require_POST
def ask(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Ask for a later deadline, with a reason."""
    found, actor = visible_or_404(TASKS_WITH_ALL, request.actor, ref=ref), request.actor
    may_ask_later(actor, found).enforce()
    form = AskLaterForm(request.POST, actor=actor, task=found)
    if not form.is_valid():
        return task_page(request, found, {"ask_later": form})
    with transaction.atomic():
        ask_later(
            task=found,
            wanted_date=form.cleaned_data["wanted"],
            reason=form.cleaned_data["reason"],
            by=actor,
            at=now(),
        )
        note_answers(form.number_answers, about=found, by=actor, at=now())
    messages.success(request, _("You have asked. The deadline stands until you have an answer."))
    return redirect(found)


@declare(SIGNED_IN)
@require_POST
def agree(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Move the deadline to the day that was asked for."""
    wish = visible_or_404(WISHES, request.actor, ref=ref)
    agree_to_later(wish=wish, by=request.actor, at=now())
    messages.success(request, _("The deadline is moved, and whoever asked is told."))
    return redirect(wish.task)


@declare(SIGNED_IN)
@require_POST
def decline(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Let the deadline stand, with a word of why."""
    wish, actor = visible_or_404(WISHES, request.actor, ref=ref), request.actor
    may_answer_later(actor, wish).enforce()
    form = DeclineLaterForm(request.POST, actor=actor, wish=wish)
    if not form.is_valid():
        return task_page(request, wish.task, {"decline_later": form})
    with transaction.atomic():
        decline_later(wish=wish, answer=form.cleaned_data["answer"], by=actor, at=now())
        note_answers(form.number_answers, about=wish.task, by=actor, at=now())
    messages.success(request, _("The deadline stands, and whoever asked is told why."))
    return redirect(wish.task)
