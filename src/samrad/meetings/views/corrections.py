"""Approved minutes put right: begun with a reason, written, sent, approved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.meetings.actions.approval import SentOutAnew
from samrad.meetings.actions.corrections import (
    approve_correction,
    circulate_correction,
    correction_mark,
    open_correction,
    save_correction,
    send_back_correction,
    withdraw_correction,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.actions.true_day import NotHeldThen
from samrad.meetings.forms.agenda import CommentForm
from samrad.meetings.forms.corrections import CorrectForm, WriteCorrectionForm
from samrad.meetings.models import Correction, MinutesVersion
from samrad.meetings.permissions import (
    may_approve_correction,
    may_correct_minutes,
    may_send_back_correction,
    may_withdraw_correction,
    may_write_correction,
)
from samrad.meetings.queries.corrections import (
    adds_to_the_attendance,
    changes_between,
    correction_slots,
    seats_changed,
    with_forgotten,
)
from samrad.meetings.queries.holding import said_to
from samrad.meetings.queries.said import corrected_said, names_in
from samrad.meetings.queries.versions import read_versions
from samrad.meetings.rules import CorrectionState
from samrad.meetings.views.found import correction_or_404, minutes_or_404, posted
from samrad.ui import keeping


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Why the minutes are corrected, and who asked for it."""
    minutes = minutes_or_404(request, ref)
    under_way = minutes.corrections.open().exists()
    may_correct_minutes(request.actor, minutes, under_way).enforce()
    council = minutes.meeting.council
    form = CorrectForm(posted(request), actor=request.actor, council=council.pk)
    if form.is_valid():
        with transaction.atomic():
            correction = open_correction(
                minutes=minutes,
                reason=form.cleaned_data["reason"],
                asked_by=form.cleaned_data["asked_by"],
                by=request.actor,
                at=now(),
            )
            note_answers(form.number_answers, about=minutes, by=request.actor, at=now())
        return redirect("meetings:write_correction", correction.ref)
    context = {"minutes": minutes, "meeting": minutes.meeting, "council": council, "form": form}
    return render(request, "meetings/correct.html", context, status=422 if form.errors else 200)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The minutes as they should stand."""
    correction = correction_or_404(request, ref)
    may_write_correction(request.actor, correction).enforce()
    form = _form(request, correction)
    if request.method == "GET":
        return _writing(request, correction, form)
    if not form.is_valid():
        return _writing(request, correction, form, status=422)
    minutes = correction.minutes
    try:
        with transaction.atomic():
            stale = save_correction(
                correction=correction, parts=form.notes, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=minutes, by=request.actor, at=now())
    except NotHeldThen as refused:
        form.add_error(form.held_name, str(refused.reason))
        return _writing(request, correction, form, status=422)
    if stale:
        return _writing(request, correction, _form(request, correction, stale), status=409)
    keeping.saved(request, _("The correction is saved."), *form.kept)
    return redirect("meetings:correction", correction.ref)


def _form(
    request: ActorRequest, correction: Correction, stale: dict[str, str] | None = None
) -> WriteCorrectionForm:
    said, items = said_to(correction.minutes, request.actor)
    record_reading(items=[one.item for one in items], by=request.actor, at=now())
    whole = with_forgotten(said, correction.minutes)
    return WriteCorrectionForm(
        posted(request),
        drafted=corrected_said(correction, whole),
        names=names_in(whole),
        unnoted={one.seat for one in whole.seats} - {one.seat for one in said.seats},
        stale=stale,
        actor=request.actor,
        council=correction.minutes.meeting.council,
    )


def _writing(
    request: ActorRequest, correction: Correction, form: WriteCorrectionForm, status: int = 200
) -> HttpResponse:
    return render(
        request, "meetings/correction_write.html", {**_about(correction), "form": form},
        status=status,
    )  # fmt: skip


def _about(correction: Correction) -> dict[str, object]:
    meeting = correction.minutes.meeting
    return {"correction": correction, "meeting": meeting, "council": meeting.council}


@declare(SIGNED_IN)
@require_GET
def correction(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What it changes, and the next step."""
    return _page(request, correction_or_404(request, ref))


def _page(
    request: ActorRequest,
    correction: Correction,
    form: CommentForm | None = None,
    *,
    not_approved: object = "",
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    waiting = correction.state == CorrectionState.CIRCULATED
    day = today(correction.minutes.meeting.council.zone)
    slots = correction_slots(correction, day) if waiting else []
    council_id = correction.minutes.meeting.council_id
    context = {
        **_about(correction),
        **_changes(request, correction),
        "slots": slots,
        "sending": correction_mark(correction),
        "not_approved": not_approved,
        "may_write": bool(may_write_correction(actor, correction)),
        "may_withdraw": bool(may_withdraw_correction(actor, correction)),
        "may_approve": waiting and bool(may_approve_correction(actor, correction, slots)),
        "may_send_back": waiting and bool(may_send_back_correction(actor, correction, slots)),
        "form": form or CommentForm(actor=actor, council=council_id),
    }
    return render(request, "meetings/correction.html", context, status=status)


def _changes(request: ActorRequest, correction: Correction) -> dict[str, object]:
    """What is changed, as the reader may see it: from what holds, or between the two versions."""
    actor, minutes = request.actor, correction.minutes
    if correction.state == CorrectionState.APPROVED:
        kept = MinutesVersion.objects.visible_to(actor).filter(minutes=minutes)
        row = next(
            one for one in read_versions(kept, minutes, actor)
            if one.version.correction_id == correction.pk
        )  # fmt: skip
        record_reading(items=row.items, by=actor, at=now())
        return {"changes": row.changes, "names": names_in(seats_changed(row.changes))}
    said, rows = said_to(minutes, actor)
    record_reading(items=[one.item for one in rows], by=actor, at=now())
    if adds_to_the_attendance(correction, said):
        said = with_forgotten(said, minutes)
    corrected = corrected_said(correction, said)
    changes = changes_between(said, corrected)
    return {"changes": changes, "names": names_in(seats_changed(changes))}


@declare(SIGNED_IN)
@require_POST
def circulate(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send it to those who approve."""
    correction = correction_or_404(request, ref)
    circulate_correction(correction=correction, by=request.actor, at=now())
    messages.success(request, _("The correction is on its way to those who approve it."))
    return redirect("meetings:correction", correction.ref)


@declare(SIGNED_IN)
@require_POST
def approve(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Approve what has been read."""
    correction = correction_or_404(request, ref)
    read = request.POST.get("sending", "")
    try:
        approve_correction(correction=correction, by=request.actor, at=now(), read=read)
    except SentOutAnew as refused:
        again = correction_or_404(request, ref)
        return _page(request, again, not_approved=refused.reason, status=409)
    correction.refresh_from_db(fields=["state"])
    if correction.state == CorrectionState.APPROVED:
        messages.success(request, _("The correction is approved, and a new version holds."))
    else:
        messages.success(request, _("Your approval is noted. Another one is still missing."))
    return redirect("meetings:correction", correction.ref)


@declare(SIGNED_IN)
@require_POST
def send_back(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send it back with what should be otherwise."""
    correction = correction_or_404(request, ref)
    council = correction.minutes.meeting.council
    slots = correction_slots(correction, today(council.zone))
    may_send_back_correction(request.actor, correction, slots).enforce()
    form = CommentForm(request.POST, actor=request.actor, council=council.pk)
    if not form.is_valid():
        return _page(request, correction, form, status=422)
    with transaction.atomic():
        send_back_correction(
            correction=correction, comment=form.cleaned_data["comment"], by=request.actor, at=now()
        )
        about = correction.minutes
        note_answers(form.number_answers, about=about, by=request.actor, at=now())
    messages.success(request, _("The correction is a draft again."))
    return redirect("meetings:correction", correction.ref)


@declare(SIGNED_IN)
@require_POST
def withdraw(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Give it up."""
    correction = correction_or_404(request, ref)
    withdraw_correction(correction=correction, by=request.actor, at=now())
    messages.success(request, _("The correction is given up. What was approved stands."))
    return redirect("meetings:read", correction.minutes.meeting.ref)
