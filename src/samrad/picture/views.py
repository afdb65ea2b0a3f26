"""What each side has found, and what both agree on: reading, writing, confirming."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.knowledge.beside import figures_in_short
from samrad.picture import actions
from samrad.picture.forms import AgreedForm, FindingForm
from samrad.picture.models import Agreed, Finding
from samrad.picture.permissions import (
    may_change_agreed,
    may_change_finding,
    may_confirm,
    may_write_for_picture,
)
from samrad.picture.queries import MANY, SHOWN, two_sides
from samrad.picture.reading import record_reading
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@require_GET
def of_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Both sides beside each other."""
    council = _council(request, ref)
    shown = MANY if "older" in request.GET else SHOWN
    sides = two_sides([council], request.actor, shown=shown)
    record_reading(sides.everything, by=request.actor, at=now())
    short = figures_in_short(council.area, request.actor)
    context = {"council": council, "part": {"sides": sides}, "short": short}
    return render(request, "picture/council.html", context)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_finding(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Write what one's side has found."""
    council = _council(request, ref)
    may_write_for_picture(request.actor, council).enforce()
    form = FindingForm(_posted(request), **_for(request, council))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = actions.write_finding(council=council, **form.said(), by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The finding stands in the picture."))
        return redirect("picture:council", council.ref)
    return _page(request, form, council, _("Write a finding"))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def finding(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change a finding of one's own side."""
    found = visible_or_404(Finding.objects.select_related("council"), request.actor, ref=ref)
    may_change_finding(request.actor, found).enforce()
    record_reading([found], by=request.actor, at=now())
    form = FindingForm(_posted(request), finding=found, **_for(request, found.council))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_finding(
                finding=found, **form.said(), seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The finding is changed."))
        return redirect("picture:council", found.council.ref)
    return _page(request, form, found.council, _("Change the finding"), withdraws=found)


@declare(SIGNED_IN)
@require_POST
def withdraw_finding(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It is no longer shown."""
    found = visible_or_404(Finding.objects.select_related("council"), request.actor, ref=ref)
    actions.withdraw_finding(finding=found, by=request.actor, at=now())
    messages.success(request, _("The finding is withdrawn."))
    return redirect("picture:council", found.council.ref)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_agreed(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Write what both sides may agree on."""
    council = _council(request, ref)
    may_write_for_picture(request.actor, council).enforce()
    form = AgreedForm(_posted(request), **_for(request, council))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = actions.state_agreed(council=council, **form.said(), by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The statement waits for both sides to confirm it."))
        return redirect("picture:council", council.ref)
    return _page(request, form, council, _("Write what both sides agree on"))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def agreed(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change it: both sides confirm anew."""
    found = visible_or_404(Agreed.objects.select_related("council"), request.actor, ref=ref)
    may_change_agreed(request.actor, found).enforce()
    record_reading([found], by=request.actor, at=now())
    form = AgreedForm(_posted(request), agreed=found, **_for(request, found.council))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_agreed(
                agreed=found, **form.said(), seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The statement is changed. Both sides confirm it as it reads."))
        return redirect("picture:council", found.council.ref)
    lead = _("When the text changes, what was confirmed no longer holds.")
    title = _("Change what both sides agree on")
    return _page(request, form, found.council, title, lead=lead, withdraws=found)


@declare(SIGNED_IN)
@require_POST
def confirm(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One's side stands behind it as it was read."""
    found = visible_or_404(Agreed.objects.select_related("council"), request.actor, ref=ref)
    may_confirm(request.actor, found).enforce()
    version = whole_number(request.POST.get("version", ""))
    if version != found.version:
        messages.error(
            request, _("The text was changed meanwhile. Read it again before you confirm it.")
        )
        return redirect("picture:council", found.council.ref)
    actions.confirm_agreed(agreed=found, version=version, by=request.actor, at=now())
    messages.success(request, _("Your side has confirmed it."))
    return redirect("picture:council", found.council.ref)


@declare(SIGNED_IN)
@require_POST
def withdraw_agreed(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It is no longer what both sides agree on."""
    found = visible_or_404(Agreed.objects.select_related("council"), request.actor, ref=ref)
    actions.withdraw_agreed(agreed=found, by=request.actor, at=now())
    messages.success(request, _("The statement is withdrawn."))
    return redirect("picture:council", found.council.ref)


def _council(request: ActorRequest, ref: UUID) -> Council:
    return visible_or_404(Council.objects.select_related("area"), request.actor, ref=ref)


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _for(request: ActorRequest, council: Council) -> dict[str, Any]:
    """What every form here needs to know."""
    filled = seats_filled(council, today(council.zone))
    return {"filled": filled, "actor": request.actor, "council": council}


def _page(
    request: ActorRequest, form: Any, council: Council, title: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "council": council, "title": title, **more}
    return render(request, "picture/form.html", context, status=422 if form.is_bound else 200)
