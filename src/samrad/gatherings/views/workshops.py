"""The programme, and what it came to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.gatherings import actions, as_written
from samrad.gatherings.forms import (
    GiveForm,
    OutcomeForm,
    ProposeForm,
    WorkshopForm,
)
from samrad.gatherings.models import ThemeDay, Workshop
from samrad.gatherings.permissions import (
    may_change_theme_day,
    may_send_on,
    may_write_outcome,
)
from samrad.gatherings.queries import (
    could_be_invited,
    hosts_in_turn,
)
from samrad.gatherings.views.found import day_or_404, form_page, posted, workshop_or_404
from samrad.kernel.clock import now
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_workshop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One more part of the programme."""
    day = day_or_404(request, ref)
    may_change_theme_day(request.actor, day).enforce()
    form = WorkshopForm(posted(request), actor=request.actor, council=day.council_id)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = actions.add_workshop(day=day, **form.cleaned_data, by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The workshop is on the programme."))
        return redirect(day)
    return form_page(request, form, day.council, _("Add a workshop"), day=day)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def workshop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change a part of the programme."""
    found = workshop_or_404(request, ref)
    may_change_theme_day(request.actor, found.theme_day).enforce()
    form = WorkshopForm(
        posted(request), there=as_written.of_workshop(found), about=found,
        actor=request.actor, council=found.theme_day.council_id,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_workshop(
                workshop=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The workshop is changed."))
        return redirect(found.theme_day)
    day = found.theme_day
    return form_page(request, form, day.council, _("Change the workshop"), day=day, removes=found)


@declare(SIGNED_IN)
@require_POST
def remove(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Take a part out of the programme."""
    found = workshop_or_404(request, ref)
    actions.remove_workshop(workshop=found, by=request.actor, at=now())
    messages.success(request, _("The workshop is off the programme."))
    return redirect(found.theme_day)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def outcome(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Write what a workshop came to, and send it on."""
    found = workshop_or_404(request, ref)
    may_write_outcome(request.actor, found).enforce()
    form = _outcome_form(request, found, posted(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.write_outcome(
                workshop=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("What it came to is written down."))
        return redirect("gatherings:outcome", found.ref)
    return _outcome_page(request, found, form, status=422 if form.is_bound else 200)


def _outcome_page(
    request: ActorRequest, found: Workshop, form: Any, status: int = 200, **forms: Any
) -> HttpResponse:
    day = found.theme_day
    context = {
        "council": day.council,
        "day": day,
        "workshop": found,
        "form": form,
        "sent_on": list(found.sent_on.select_related("sent_by", "proposal")),
        "actor": request.actor,
        "may_send_on": bool(may_send_on(request.actor, found)),
        "propose_form": forms.get("propose") or _propose_form(day, None),
        "give_form": forms.get("give") or _give_form(day, None),
    }
    return render(request, "gatherings/outcome.html", context, status=status)


def _propose_form(day: ThemeDay, data: Any) -> ProposeForm:
    return ProposeForm(data, councils=[day.council, *could_be_invited(day.council)])


def _give_form(day: ThemeDay, data: Any) -> GiveForm:
    return GiveForm(data, organisations=hosts_in_turn(day.council))


def _outcome_form(request: ActorRequest, found: Workshop, data: Any = None) -> OutcomeForm:
    return OutcomeForm(
        data, there=as_written.of_outcome(found), about=found,
        actor=request.actor, council=found.theme_day.council_id,
    )  # fmt: skip


@declare(SIGNED_IN)
@require_POST
def propose(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Lay the outcome before a council."""
    found = workshop_or_404(request, ref)
    may_send_on(request.actor, found).enforce()
    form = _propose_form(found.theme_day, request.POST)
    if not form.is_valid():
        plain = _outcome_form(request, found)
        return _outcome_page(request, found, plain, 422, propose=form)
    actions.propose_outcome(workshop=found, to=form.chosen(), by=request.actor, at=now())
    messages.success(request, _("The council has it as a proposal."))
    return redirect("gatherings:outcome", found.ref)


@declare(SIGNED_IN)
@require_POST
def give(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Give the outcome to an organisation as a task."""
    found = workshop_or_404(request, ref)
    may_send_on(request.actor, found).enforce()
    form = _give_form(found.theme_day, request.POST)
    if not form.is_valid():
        return _outcome_page(request, found, _outcome_form(request, found), 422, give=form)
    actions.give_outcome(
        workshop=found, to=form.chosen(), deadline=form.cleaned_data["deadline"],
        by=request.actor, at=now(),
    )  # fmt: skip
    messages.success(request, _("The task is given."))
    return redirect("gatherings:outcome", found.ref)
