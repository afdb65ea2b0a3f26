"""Writing minutes: one page, saved whole or, with scripts, part by part."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.kernel.clock import now
from samrad.meetings import words
from samrad.meetings.actions.approval import circulate_minutes
from samrad.meetings.actions.minutes import begin_minutes, note_everybody_present, note_stand_ins
from samrad.meetings.actions.minutes_page import Conflicts, save_page
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.begun import has_begun
from samrad.meetings.forms.minutes import MinutesForm
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.permissions import may_write_minutes
from samrad.meetings.queries.minutes import (
    ability_rule,
    attendance_of,
    items_with_decisions,
    shortcomings,
)
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.rules.minutes import Shortcoming
from samrad.meetings.views.found import meeting_or_404, minutes_or_404
from samrad.ui import keeping


@declare(SIGNED_IN)
@require_POST
def begin(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Open the minutes for writing."""
    meeting = meeting_or_404(request, ref)
    begin_minutes(meeting=meeting, by=request.actor, at=now())
    return redirect("meetings:minutes", meeting.ref)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Attendance, what was said, what was decided, who does what by when."""
    minutes = minutes_or_404(request, ref)
    meeting = minutes.meeting
    may_write_minutes(request.actor, meeting).enforce()
    if request.method == "POST":
        return _save(request, minutes)
    return _page(request, minutes, _form(request, meeting))


def _form(
    request: ActorRequest, meeting: Meeting, conflicts: Conflicts | None = None
) -> MinutesForm:
    return MinutesForm(
        items_with_decisions(meeting, request.actor),
        attendance_of(meeting),
        request.POST if request.method == "POST" else None,
        conflicts,
        meeting=meeting,
        actor=request.actor,
    )


def _save(request: ActorRequest, minutes: Minutes) -> HttpResponse:
    meeting = minutes.meeting
    form = _form(request, meeting)
    changes = form.changes()
    if form.errors:
        return _page(request, minutes, form, status=422)
    with transaction.atomic():
        conflicts = save_page(meeting=meeting, changes=changes, by=request.actor, at=now())
        minutes.refresh_from_db(fields=["could_decide", "could_decide_note"])
        note_answers(form.number_answers, about=minutes, by=request.actor, at=now())
        if "everybody" in request.POST:
            excused = note_everybody_present(meeting=meeting, by=request.actor, at=now())
        elif "stand_ins" in request.POST:
            note_stand_ins(meeting=meeting, by=request.actor, at=now())
    if conflicts:
        return _page(request, minutes, _form(request, meeting, conflicts), status=409)
    if "circulate" in request.POST:
        return _send_out(request, minutes)
    decided = [f"new_decision-{one.item.ref}" for one in changes.items if one.new_decision]
    decided += [
        f"new_task-{one.item.ref}" for one in changes.items if one.new_decision and one.new_task
    ]
    decided += [f"new_task-{one.decision.ref}" for one in changes.decisions if one.new_task]
    url = reverse("meetings:minutes", args=[meeting.ref])
    keeping.saved(request, _("The minutes are saved."), *decided)
    if "everybody" in request.POST:
        messages.success(request, _("Everybody who is not noted otherwise is noted as present."))
        if excused:
            messages.info(request, _excused_in_words(excused))
    if {"everybody", "stand_ins"} & set(request.POST):
        return redirect(f"{url}#attendance")
    anchor = request.POST.get("add") or request.POST.get("withdraw_from")
    return redirect(f"{url}#item-{UUID(anchor)}" if _is_ref(anchor) else url)


def _excused_in_words(number: int) -> str:
    told = ngettext(
        "%(n)s said beforehand that they would not come, and is noted as excused. Look it over.",
        "%(n)s said beforehand that they would not come, and are noted as excused. Look it over.",
        number,
    )
    return told % {"n": number}


def _send_out(request: ActorRequest, minutes: Minutes) -> HttpResponse:
    """To those who approve, unless something is missing: then the page says what."""
    form = _form(request, minutes.meeting)
    if not_yet := has_begun(minutes.meeting, now()).reason:
        messages.warning(request, str(not_yet))
        return redirect(f"{reverse('meetings:minutes', args=[minutes.meeting.ref])}#ready")
    if any(one.is_blocking for one in _lacks(minutes, form)):
        messages.warning(request, _("The minutes are saved. See below what is missing."))
        return redirect(f"{reverse('meetings:minutes', args=[minutes.meeting.ref])}#ready")
    circulate_minutes(minutes=minutes, by=request.actor, at=now())
    messages.success(request, _("The minutes are on their way to those who approve them."))
    return redirect("meetings:read", minutes.meeting.ref)


def _lacks(minutes: Minutes, form: MinutesForm) -> list[Shortcoming]:
    return shortcomings(form.items, form.attendance, minutes.could_decide)


def _is_ref(value: str | None) -> bool:
    try:
        UUID(value or "")
    except ValueError:
        return False
    return True


def _page(
    request: ActorRequest, minutes: Minutes, form: MinutesForm, status: int = 200
) -> HttpResponse:
    record_reading(items=[one.item for one in form.items], by=request.actor, at=now())
    lacks = _lacks(minutes, form)
    context = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "council": minutes.meeting.council,
        "form": form,
        "label": words.labels(),
        "rows": form.rows,
        "papers": papers_seen(
            minutes.meeting, request.actor, [one.item for one in form.items], withdrawn=False
        ),
        "seats": form.seats,
        "ability": form.ability,
        "ability_rule": ability_rule(minutes.meeting.council),
        "lacks": lacks,
        "not_yet": has_begun(minutes.meeting, now()).reason,
        "is_complete": not any(one.is_blocking for one in lacks),
        "nothing_noted": not any(one.noted for one in form.attendance),
        "stand_ins_told": any(one.told and not one.noted for one in form.attendance),
    }
    return render(request, "meetings/minutes_edit.html", context, status=status)
