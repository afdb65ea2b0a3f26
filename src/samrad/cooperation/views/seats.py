"""The seats of a council."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation import actions
from samrad.cooperation.forms import ChangeSeatForm, SeatForm
from samrad.cooperation.models import Seat
from samrad.cooperation.permissions import may_manage_council
from samrad.cooperation.queries import COUNCILS_WITH_AREA, table
from samrad.cooperation.seats import seats_filled
from samrad.cooperation.views.common import FORM, form_page, managed
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.profiles.reader import profile
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@require_GET
def seats(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who sits in the council, and where there is a vacancy."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    context = {
        "council": found,
        "table": table(found, seats_filled(found, today(found.zone))),
        "manages": bool(may_manage_council(request.actor, found)),
    }
    return render(request, "cooperation/seats.html", context)


@declare(SIGNED_IN)
@FORM
def add_a_seat(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One more seat."""
    found = managed(request, ref)
    form = SeatForm(request.POST or None, council=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        side = profile(found.country).role(form.cleaned_data["role"]).side
        wanted = actions.WantedSeat(side=side, **form.cleaned_data)
        with transaction.atomic():
            made = actions.add_seat(council=found, wanted=wanted, by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The seat is added."))
        return redirect("cooperation:seats", found.ref)
    return form_page(request, found, form, _("Add a seat"))


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def seat(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change what a seat does, or end it."""
    seats_with_council = Seat.objects.select_related("council__area", "organisation")
    found = visible_or_404(seats_with_council, request.actor, ref=ref)
    may_manage_council(request.actor, found.council).enforce()
    form = ChangeSeatForm(request.POST or None, seat=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        _change(found, form, request.actor)
        messages.success(request, _("The seat is changed."))
        return redirect("cooperation:seats", found.council.ref)
    return form_page(
        request, found.council, form, str(found), template="cooperation/seat.html", seat=found
    )


@transaction.atomic
def _change(found: Seat, form: ChangeSeatForm, by: Actor) -> None:
    given = form.cleaned_data
    if given["last_date"]:
        actions.end_seat(seat=found, last_date=given["last_date"], seen=form.seen, by=by, at=now())
        return
    actions.change_seat(
        seat=found, function=given["function"], theme=given["theme"], rhythm=given["rhythm"],
        seen=form.seen, by=by, at=now(),
    )  # fmt: skip
    note_answers(form.number_answers, about=found, by=by, at=now())
