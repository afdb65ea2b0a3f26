"""Asking the police, handing over to their own system, and the answer that comes back (E4)."""

from __future__ import annotations

from typing import Any
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
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.followup.actions import (
    answer_for_police,
    ask_police,
    hand_to_police,
    withdraw_request,
)
from samrad.followup.forms.police import AskPoliceForm, HandToPoliceForm, PoliceAnswerForm
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.permissions import (
    may_ask_police,
    may_hand_to_police,
)
from samrad.followup.rules import PoliceState
from samrad.followup.views.decisions import decision_page
from samrad.followup.views.police_part import REQUESTS
from samrad.followup.views.tasks import task_page
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused


def _page(request: ActorRequest, thing: Decision | Task, filled_in: dict[str, Any]) -> HttpResponse:
    if isinstance(thing, Task):
        return task_page(request, thing, filled_in)
    return decision_page(request, thing, filled_in)


@declare(SIGNED_IN)
@require_POST
def ask_for_task(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The task asks for the police to be present."""
    tasks = Task.objects.select_related("council", "decision")
    return _ask(request, visible_or_404(tasks, request.actor, ref=ref))


@declare(SIGNED_IN)
@require_POST
def ask_for_decision(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The decision asks for the police to be present."""
    decisions = Decision.objects.select_related("council")
    return _ask(request, visible_or_404(decisions, request.actor, ref=ref))


def _ask(request: ActorRequest, thing: Decision | Task) -> HttpResponse:
    actor = request.actor
    may_ask_police(actor, thing).enforce()
    seats = seats_filled(thing.council, today(thing.council.zone))
    form = AskPoliceForm(request.POST, actor=actor, thing=thing, seats=seats)
    if not form.is_offered:
        raise Refused(_("Nobody of the police sits in this council."))
    if not form.is_valid():
        return _page(request, thing, {"ask_police": form})
    with transaction.atomic():
        made = ask_police(
            thing=thing,
            organisation=form.chosen(),
            wish=form.cleaned_data["wish"],
            by=actor,
            at=now(),
        )
        note_answers(form.number_answers, about=made, by=actor, at=now())
    messages.success(request, _("The police have been asked. Their answer comes back here."))
    return redirect(thing)


def _found(request: ActorRequest, ref: UUID) -> PoliceRequest:
    return visible_or_404(REQUESTS, request.actor, ref=ref)


@declare(SIGNED_IN)
@require_POST
def hand_over(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It stands in the police's own system now, under a reference."""
    found, actor = _found(request, ref), request.actor
    may_hand_to_police(actor, found).enforce()
    form = HandToPoliceForm(request.POST, actor=actor, request=found)
    if not form.is_valid():
        return _page(request, found.thing, {f"hand-{found.ref}": form})
    with transaction.atomic():
        reference = form.cleaned_data["reference"]
        hand_to_police(request=found, reference=reference, by=actor, at=now())
        note_answers(form.number_answers, about=found, by=actor, at=now())
    messages.success(request, _("Thank you. The council sees that it has been handed over."))
    return redirect(found.thing)


@declare(SIGNED_IN)
@require_POST
def answer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The police say what came of it."""
    found, actor = _found(request, ref), request.actor
    form = PoliceAnswerForm(request.POST, actor=actor, request=found)
    if not form.is_offered:
        raise Refused(_("There is nothing here for you to answer."))
    if not form.is_valid():
        return _page(request, found.thing, {f"answer-{found.ref}": form})
    with transaction.atomic():
        to, said = PoliceState(form.cleaned_data["to"]), form.cleaned_data["answer"]
        answer_for_police(request=found, to=to, answer=said, by=actor, at=now())
        note_answers(form.number_answers, about=found, by=actor, at=now())
    messages.success(request, _("Thank you. The council's secretary is told."))
    return redirect(found.thing)


@declare(SIGNED_IN)
@require_POST
def withdraw(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The council no longer asks."""
    found = _found(request, ref)
    withdraw_request(request=found, by=request.actor, at=now())
    messages.success(request, _("The police are no longer asked."))
    return redirect(found.thing)
