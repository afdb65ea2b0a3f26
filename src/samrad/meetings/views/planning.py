"""Adding one meeting, moving one, calling one off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.kernel.clock import now
from samrad.meetings.actions.agenda import add_item
from samrad.meetings.actions.planning import cancel_meeting, move_meeting, plan_meetings
from samrad.meetings.actions.proposals import place_proposal
from samrad.meetings.forms.one_day import DayLook, look_at
from samrad.meetings.forms.planning import CancelForm, ExtraForm, MoveForm
from samrad.meetings.forms.year import USUAL_TIMES
from samrad.meetings.models import Meeting, Proposal
from samrad.meetings.permissions import (
    may_cancel_meeting,
    may_move_meeting,
    may_plan_meetings,
    may_set_agenda,
    may_write_minutes,
    minutes_of,
)
from samrad.meetings.queries.notice import notice_of
from samrad.meetings.queries.planning import usual_times
from samrad.meetings.queries.recipients import called_by_mail
from samrad.meetings.rules.states import OPEN_PROPOSALS
from samrad.meetings.suggested import items_called_off
from samrad.meetings.views.found import council_or_404, meeting_or_404, posted
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_meeting(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One extra meeting, with the matter that asked for it where there is one."""
    council = council_or_404(request, ref)
    may_plan_meetings(request.actor, council).enforce()
    proposal = _asking(request, council)
    form = ExtraForm(
        posted(request),
        actor=request.actor,
        council=council,
        initial={**USUAL_TIMES, **usual_times(council)},
    )
    look = look_at(form, council, request.actor)
    if request.method == "POST" and form.is_valid() and look.was_shown(request.POST):
        meeting = _add(council, form, proposal, request.actor)
        told = _("The meeting is planned. Nobody has been told yet: sending the agenda calls them.")
        messages.success(request, told)
        return redirect(meeting)
    context = {
        "council": council,
        "form": form,
        "title": _("An extra meeting"),
        "look": look,
        "notice": notice_of(council),
        "proposal": proposal,
    }
    return render(request, "meetings/one_day.html", context, status=_status(form, look))


def _asking(request: ActorRequest, council: Council) -> Proposal | None:
    """The proposal that asks for the meeting, as its reader may see it."""
    ref = request.GET.get("proposal", "")
    seen = Proposal.objects.visible_to(request.actor).filter(
        council=council, state__in=OPEN_PROPOSALS
    )
    return next((one for one in seen if str(one.ref) == ref), None) if ref else None


@transaction.atomic
def _add(council: Council, form: ExtraForm, proposal: Proposal | None, by: Actor) -> Meeting:
    meeting = plan_meetings(council=council, meetings=[form.planned()], by=by, at=now())[0]
    note_answers(form.number_answers, about=meeting, by=by, at=now())
    if proposal:
        place_proposal(proposal=proposal, meeting=meeting, by=by, at=now())
    elif meeting.occasion and may_set_agenda(by, meeting):  # what it is called for comes first
        add_item(meeting=meeting, title=meeting.occasion, by=by, at=now())
    return meeting


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def move(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Another day, time or place."""
    meeting = meeting_or_404(request, ref)
    may_move_meeting(request.actor, meeting).enforce()
    form = MoveForm(posted(request), actor=request.actor, meeting=meeting)
    look = look_at(form, meeting.council, request.actor, without=meeting)
    if request.method == "POST" and form.is_valid() and look.was_shown(request.POST):
        if _move(meeting, form, request.actor):
            told = _("The meeting is changed, and those who were called get a mail about it.")
            messages.success(request, told)
        else:
            messages.success(request, _("The meeting is changed."))
        return redirect(meeting)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "form": form,
        "title": _("Change time or place"),
        "look": look,
        "notice": notice_of(meeting.council),
        "tells": 0 if _has_been(meeting) else called_by_mail(meeting),
        "may_begin": minutes_of(meeting) is None and may_write_minutes(request.actor, meeting),
    }
    return render(request, "meetings/one_day.html", context, status=_status(form, look))


def _has_been(meeting: Meeting) -> bool:
    """Held and written of: nobody hears that its day or place is set right."""
    return meeting.starts_at <= now() and minutes_of(meeting) is not None


@transaction.atomic
def _move(meeting: Meeting, form: MoveForm, by: Actor) -> bool:
    wanted = form.planned()
    told = move_meeting(
        meeting=meeting,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=wanted.place,
        seen=form.seen,
        by=by,
        at=now(),
    )
    note_answers(form.number_answers, about=meeting, by=by, at=now())
    return told


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Call the meeting off, with a reason."""
    meeting = meeting_or_404(request, ref)
    may_cancel_meeting(request.actor, meeting).enforce()
    form = CancelForm(posted(request), actor=request.actor, council=meeting.council_id)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            told = cancel_meeting(
                meeting=meeting,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=now(),
                reason_in_mail=form.cleaned_data["reason_in_mail"],
            )
            note_answers(form.number_answers, about=meeting, by=request.actor, at=now())
        messages.success(request, _cancelled(told))
        return redirect(meeting)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "form": form,
        "title": _("Cancel the meeting"),
        "lead": _before_cancelling(meeting, request.actor),
        "save": _("Cancel the meeting"),
        "tone": "danger",
    }
    return render(request, "meetings/form.html", context, status=_status(form))


def _before_cancelling(meeting: Meeting, actor: Actor) -> str:
    """Who is told, and what becomes of what was to be taken up, as far as the actor reads it."""
    count = called_by_mail(meeting)
    told = (
        ngettext("%(n)s person gets a mail.", "%(n)s people get a mail.", count) % {"n": count}
        if count
        else _("Nobody has been called yet, so nobody gets a mail.")
    )
    on_it, narrow = items_called_off(meeting, actor)
    said = [told]
    if on_it:
        said.append(
            _(
                "What is on the agenda is offered again when the next one is set, in its first"
                " words and without papers and presenters."
            )
        )
    if narrow:
        said.append(_("What is restricted is offered only to those who may read it."))
    return " ".join(said)


def _cancelled(told: int) -> str:
    if not told:
        return _("The meeting is cancelled.")
    said = ngettext(
        "The meeting is cancelled, and %(n)s person gets a mail about it.",
        "The meeting is cancelled, and %(n)s people get a mail about it.",
        told,
    )
    return said % {"n": told}


def _status(form: Any, look: DayLook | None = None) -> int:
    return 422 if form.is_bound and (form.errors or (look and look.mark)) else 200
