"""Reading minutes, sending them out, approving them or sending them back."""

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
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.meetings.actions.approval import (
    SentOutAnew,
    approve_minutes,
    circulate_minutes,
    send_back_minutes,
    sending_mark,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.forms.agenda import CommentForm
from samrad.meetings.models import Minutes
from samrad.meetings.permissions import (
    may_approve_minutes,
    may_correct_minutes,
    may_send_back_minutes,
    may_write_minutes,
)
from samrad.meetings.queries.holding import reading_of
from samrad.meetings.queries.minutes import slots_of, who_was_there
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.rules import MinutesState
from samrad.meetings.rules.said import Said
from samrad.meetings.views.found import minutes_or_404
from samrad.meetings.views.meetings import has_seat


@declare(SIGNED_IN)
@require_GET
def read(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The minutes to read and to print."""
    return _page(request, minutes_or_404(request, ref))


def _page(
    request: ActorRequest,
    minutes: Minutes,
    form: CommentForm | None = None,
    *,
    not_approved: object = "",
    status: int = 200,
) -> HttpResponse:
    meeting, actor = minutes.meeting, request.actor
    inside = has_seat(actor, meeting)
    attendance = who_was_there(meeting) if inside else []
    reading = reading_of(minutes, actor, attendance)
    items = reading.rows
    record_reading(items=[one.item for one in items], by=actor, at=now())
    waiting = minutes.state == MinutesState.CIRCULATED
    slots = slots_of(minutes, today(meeting.council.zone)) if waiting else []
    approved = minutes.state == MinutesState.APPROVED
    context = {
        "minutes": minutes,
        "meeting": meeting,
        "council": meeting.council,
        "items": items,
        "said": reading.said,
        "lines": reading.lines(),
        "binds": _what_binds(reading.said) if waiting else None,
        "apart": reading.apart(),
        "names": reading.names(),
        "papers": papers_seen(meeting, actor, [one.item for one in items]),
        "attendance": attendance,
        "slots": slots,
        "may_approve": waiting and bool(may_approve_minutes(actor, minutes, slots)),
        "may_send_back": waiting and bool(may_send_back_minutes(actor, minutes, slots)),
        "may_write": bool(may_write_minutes(actor, meeting)),
        "may_correct": approved
        and bool(may_correct_minutes(actor, minutes, is_open=bool(reading.correction))),
        "correction": reading.correction,
        "versions": reading.version.number if reading.version else 0,
        "inside": inside,
        "sending": sending_mark(minutes),
        "not_approved": not_approved,
        "form": form or CommentForm(actor=actor, council=meeting.council_id),
    }
    return render(request, "meetings/minutes.html", context, status=status)


def _what_binds(said: Said | None) -> dict[str, Any]:
    """What whoever approves binds the parties to, told before they read the whole."""
    decisions = [one for item in said.items for one in item.decisions] if said else []
    tasks = [task for one in decisions for task in one.tasks]
    passed = sum(task.deadline is not None and task.deadline < today() for task in tasks)
    return {"decisions": decisions, "tasks": len(tasks), "passed": passed}


@declare(SIGNED_IN)
@require_POST
def circulate(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send the minutes to those who approve."""
    minutes = minutes_or_404(request, ref)
    circulate_minutes(minutes=minutes, by=request.actor, at=now())
    messages.success(request, _("The minutes are on their way to those who approve them."))
    return redirect("meetings:read", minutes.meeting.ref)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def approve(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Read, and approve or send back."""
    minutes = minutes_or_404(request, ref)
    if request.method == "GET":
        return _page(request, minutes)
    read = request.POST.get("sending", "")
    try:
        approve_minutes(minutes=minutes, by=request.actor, at=now(), read=read)
    except SentOutAnew as refused:
        again = minutes_or_404(request, ref)
        return _page(request, again, not_approved=refused.reason, status=409)
    minutes.refresh_from_db(fields=["state"])
    if minutes.state == MinutesState.APPROVED:
        messages.success(request, _("The minutes are approved, and their decisions bind."))
    else:
        messages.success(request, _("Your approval is noted. Another one is still missing."))
    return redirect("meetings:read", minutes.meeting.ref)


@declare(SIGNED_IN)
@require_POST
def send_back(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send the minutes back with what should be changed."""
    minutes = minutes_or_404(request, ref)
    slots = slots_of(minutes, today(minutes.meeting.council.zone))
    may_send_back_minutes(request.actor, minutes, slots).enforce()
    council_id = minutes.meeting.council_id
    form = CommentForm(request.POST, actor=request.actor, council=council_id)
    if not form.is_valid():
        return _page(request, minutes, form, status=422)
    with transaction.atomic():
        send_back_minutes(
            minutes=minutes, comment=form.cleaned_data["comment"], by=request.actor, at=now()
        )
        note_answers(form.number_answers, about=minutes, by=request.actor, at=now())
    messages.success(request, _("The minutes are a draft again."))
    return redirect("meetings:detail", minutes.meeting.ref)
