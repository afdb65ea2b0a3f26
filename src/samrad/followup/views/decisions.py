"""One decision, its tasks, and what has become of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.followup.actions import close_decision, note_reading
from samrad.followup.copies import copies_of
from samrad.followup.forms.reports import CloseForm
from samrad.followup.models import Decision
from samrad.followup.permissions import may_ask_police
from samrad.followup.queries import untold_before
from samrad.followup.queries.beside import TASKS_WITH_ALL
from samrad.followup.returns import times_back
from samrad.followup.rules import DecisionState, TaskState
from samrad.followup.views.police_part import police_part
from samrad.followup.views.tasks import NOT_YOURS
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.trail.api import history_of


def _found(request: ActorRequest, ref: UUID) -> Decision:
    return visible_or_404(Decision.objects.select_related("council"), request.actor, ref=ref)


@declare(SIGNED_IN)
@require_GET
def decision(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One decision, its tasks, and what has become of it."""
    found = _found(request, ref)
    note_reading(found, by=request.actor, at=now())
    return decision_page(request, found)


def decision_page(
    request: ActorRequest, found: Decision, filled_in: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; with forms as they were filled in where something in them is to be mended."""
    actor, filled_in = request.actor, filled_in or {}
    tasks = list(TASKS_WITH_ALL.visible_to(actor).filter(decision=found))
    asks = may_ask_police(actor, found)
    seats = seats_filled(found.council, today(found.council.zone)) if asks else []
    part = police_part(found, actor, seats, filled_in)
    context = {
        "decision": found,
        "tasks": tasks,
        "form": filled_in.get("close") or CloseForm(actor=actor, decision=found),
        "open_tasks": sum(one.state == TaskState.OPEN for one in tasks),
        "copies": copies_of(found),
        "times_back": times_back(actor, [found.ref])[found.ref],
        "history": history_of(
            found,
            also=[*tasks, *(one["request"] for one in part["police"])],
            since_latest=untold_before(actor, found.council_id),
        ),
        **part,
    }
    return render(request, "followup/decision.html", context, status=422 if filled_in else 200)


@declare(SIGNED_IN)
@require_POST
def close(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Bring a decision to an end, or take it up again."""
    found = _found(request, ref)
    form = CloseForm(request.POST, actor=request.actor, decision=found)
    if not form.is_offered:
        raise Refused(NOT_YOURS)
    if not form.is_valid():
        return decision_page(request, found, {"close": form})
    to, reason = DecisionState(form.cleaned_data["to"]), form.cleaned_data["note"]
    with transaction.atomic():
        close_decision(decision=found, to=to, by=request.actor, at=now(), reason=reason)
        note_answers(form.number_answers, about=found, by=request.actor, at=now())
    messages.success(request, _("The decision is up to date."))
    return redirect(found)
