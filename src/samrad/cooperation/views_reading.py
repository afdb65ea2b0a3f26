"""Reading an agreement in: hand it over, look it through, confirm it (C4)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation import actions
from samrad.cooperation.intake import NotTaken, take_in
from samrad.cooperation.models import AgreementReading
from samrad.cooperation.parties import organisations_of
from samrad.cooperation.permissions import may_settle_reading
from samrad.cooperation.reading_forms import (
    SPARE_SEATS,
    ConfirmForm,
    ConfirmSeatForm,
    HandOverForm,
    seat_guesses,
)
from samrad.cooperation.reading_words import clause_titles, missing_in_words, not_found
from samrad.documents.api import note_answers
from samrad.kernel.clock import now
from samrad.reading.model import Reading
from samrad.reading.templates import agreement_template

READINGS = AgreementReading.objects.select_related("area", "file", "read_by")


@declare(Permission.AGREEMENT_READ_IN)
@require_http_methods(["GET", "POST"])
def read_in(request: ActorRequest) -> HttpResponse:
    """Hand a document over to be read."""
    form = HandOverForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            staged = take_in(
                upload=form.cleaned_data["file"],
                area=form.cleaned_data["area"],
                by=request.actor,
                at=now(),
            )
        except NotTaken as trouble:
            form.add_error("file", str(trouble))
        else:
            return redirect(staged)
    waiting = READINGS.visible_to(request.actor).waiting().order_by("-read_at")[:10]
    status = 422 if form.is_bound else 200
    context = {"form": form, "waiting": waiting}
    return render(request, "cooperation/read_in.html", context, status=status)


def _staged(request: ActorRequest, ref: UUID) -> tuple[AgreementReading, Reading]:
    staged = visible_or_404(READINGS, request.actor, ref=ref)
    return staged, Reading.from_json(staged.result)


def _seats(staged: AgreementReading, reading: Reading, data: Any = None) -> BaseFormSet[Any]:
    make = formset_factory(ConfirmSeatForm, extra=SPARE_SEATS)
    return make(
        data,
        prefix="seats",
        initial=seat_guesses(reading),
        form_kwargs={"country": staged.country},
    )


@declare(Permission.AGREEMENT_READ_IN)
@require_GET
def reading(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was read, passage by passage, to be put right and confirmed."""
    staged, read = _staged(request, ref)
    may_settle_reading(request.actor, staged).enforce()
    form = ConfirmForm(staged=staged, reading=read, actor=request.actor)
    return _page(request, staged, read, form=form, seats=_seats(staged, read))


def _page(
    request: ActorRequest,
    staged: AgreementReading,
    read: Reading,
    *,
    form: ConfirmForm,
    seats: BaseFormSet[Any],
) -> HttpResponse:
    titles = clause_titles(agreement_template(staged.country))
    found = {passage.clause for passage in read.passages}
    context = {
        "staged": staged,
        "read": read,
        "form": form,
        "seats": seats,
        "not_found": not_found(read, police=form.initial["police"]),
        "missing": missing_in_words(staged.country, staged.result["missing"]),
        "headings": [(title, key in found) for key, title in titles.items()],
        "doubts": sum(passage.unsure for passage in read.passages),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cooperation/reading.html", context, status=status)


@declare(Permission.AGREEMENT_READ_IN)
@require_POST
def confirm(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The council is set up, or its agreement replaced, from what a person has confirmed."""
    staged, read = _staged(request, ref)
    may_settle_reading(request.actor, staged).enforce()
    form = ConfirmForm(request.POST, staged=staged, reading=read, actor=request.actor)
    seats = _seats(staged, read, request.POST)
    if not (form.is_valid() and seats.is_valid()):
        return _page(request, staged, read, form=form, seats=seats)
    with transaction.atomic():
        parties = organisations_of(
            staged.area,
            municipality=form.cleaned_data["municipality"],
            police=form.cleaned_data["police"],
            by=request.actor,
            at=now(),
        )
        agreement = actions.confirm_reading(
            reading=staged,
            council=form.wanted_council(seats.cleaned_data, parties),
            agreement=form.wanted_agreement(),
            by=request.actor,
            at=now(),
        )
        note_answers(form.number_answers, about=agreement, by=request.actor, at=now())
    messages.success(request, _("The agreement is in force, and the council is set up from it."))
    return redirect(agreement.council)


@declare(Permission.AGREEMENT_READ_IN)
@require_POST
def discard(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The document was not what it should be."""
    staged, _read = _staged(request, ref)
    actions.discard_reading(reading=staged, by=request.actor, at=now())
    messages.success(request, _("What was read in is discarded. Nothing of it was taken over."))
    return redirect("cooperation:read_in")
