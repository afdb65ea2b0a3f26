"""Minutes there are already: handed over, looked through, taken over as a draft (D4)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.taking_over import (
    NotTaken,
    discard_minutes_reading,
    take_in_minutes,
    take_over_minutes,
)
from samrad.meetings.forms.readings import ConfirmMinutesForm, HandOverMinutesForm
from samrad.meetings.models import MinutesReading
from samrad.meetings.permissions import may_read_in_minutes, may_take_over_minutes
from samrad.reading.minutes import ReadMinutes
from samrad.ui.forms import DayField

READINGS = MinutesReading.objects.select_related("council", "file", "read_by")


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def read_in(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Hand a document over to be read."""
    council = visible_or_404(Council, request.actor, ref=ref)
    may_read_in_minutes(request.actor, council).enforce()
    form = HandOverMinutesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = take_in_minutes(upload=upload, council=council, by=request.actor, at=now())
        except NotTaken as trouble:
            form.add_error("file", str(trouble))
        else:
            return redirect(found)
    waiting = READINGS.visible_to(request.actor).waiting().filter(council=council)[:20]
    context = {"form": form, "council": council, "waiting": waiting}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/read_in.html", context, status=status)


def _form(
    request: ActorRequest, reading: MinutesReading, data: Any = None, *, on: date | None = None
) -> ConfirmMinutesForm:
    """With who sat there on the day: the one filled in, else the one read, else today."""
    read = ReadMinutes.from_json(reading.result)
    day = on or _day_in(data) or read.day or today(reading.council.zone)
    filled = seats_filled(reading.council, day)
    return ConfirmMinutesForm(
        data, read=read, council=reading.council, filled=filled, actor=request.actor
    )


def _day_in(data: Any) -> date | None:
    try:
        found: date | None = DayField(required=False).clean((data or {}).get("day"))
    except ValidationError:
        return None
    return found


def _page(request: ActorRequest, reading: MinutesReading, form: ConfirmMinutesForm) -> HttpResponse:
    context = {"reading": reading, "council": reading.council, "form": form, "read": form.read}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/reading.html", context, status=status)


@declare(SIGNED_IN)
@require_GET
def reading(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was read, to be looked through and taken over."""
    found = visible_or_404(READINGS, request.actor, ref=ref)
    if found.meeting is not None:
        return redirect(found.meeting)
    may_take_over_minutes(request.actor, found).enforce()
    return _page(request, found, _form(request, found))


@declare(SIGNED_IN)
@require_POST
def take_over(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The meeting is there, with its minutes as a draft."""
    found = visible_or_404(READINGS, request.actor, ref=ref)
    may_take_over_minutes(request.actor, found).enforce()
    if "look" in request.POST:
        form = _form(request, found, on=_day_in(request.POST))
        return _page(request, found, form.with_what_was_filled_in(request.POST))
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        with transaction.atomic():
            meeting = take_over_minutes(
                reading=found, wanted=form.wanted(), by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=meeting, by=request.actor, at=now())
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return _page(request, found, form)
    messages.success(
        request, _("The meeting is there. Look its minutes over and send them for approval.")
    )
    return redirect("meetings:minutes", meeting.ref)


@declare(SIGNED_IN)
@require_POST
def discard(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The document was not what it should be."""
    found = visible_or_404(READINGS, request.actor, ref=ref)
    discard_minutes_reading(reading=found, by=request.actor, at=now())
    messages.success(request, _("What was read in is discarded. Nothing of it was taken over."))
    return redirect("meetings:read_in", found.council.ref)
