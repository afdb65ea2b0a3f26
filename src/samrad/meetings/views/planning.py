"""Planning a year, adding one meeting, moving one, calling one off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.meetings.actions.planning import cancel_meeting, move_meeting, plan_meetings
from samrad.meetings.forms.planning import (
    CancelForm,
    PlannedForm,
    PlannedFormSet,
    YearForm,
    times_of,
)
from samrad.meetings.models import Meeting
from samrad.meetings.permissions import may_cancel_meeting, may_move_meeting, may_plan_meetings
from samrad.meetings.queries.planning import (
    days_taken,
    holidays_of,
    requirements_for,
    usual_count,
    year_to_plan,
)
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR, Plan, falls_short, plan_year
from samrad.meetings.views.found import council_or_404, meeting_or_404, posted

TUESDAY = 1
USUAL_TIMES = {"starts": time(9, 0), "ends": time(11, 0)}


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say how many and when; look over the days proposed; plan them all in one act."""
    council = council_or_404(request, ref)
    may_plan_meetings(request.actor, council).enforce()
    wishes = _wishes(request, council)
    if request.method == "POST":
        rows: Any = PlannedFormSet(
            request.POST, form_kwargs=_kwargs(request, council, _posted_year(request))
        )
        if rows.is_valid() and rows.kept():
            made = _plan(council, rows.kept(), request.actor)
            told = ngettext("%(n)s meeting is planned.", "%(n)s meetings are planned.", len(made))
            messages.success(request, told % {"n": len(made)})
            year = made[0].starts_at.year
            return redirect(f"{reverse('meetings:council', args=[council.ref])}?year={year}")
        return _plan_page(request, council, wishes, rows)
    proposed = _propose(council, wishes)
    return _plan_page(request, council, wishes, _rows(request, council, wishes, proposed), proposed)


@transaction.atomic
def _plan(council: Council, rows: Sequence[PlannedForm], by: Actor) -> list[Meeting]:
    made = plan_meetings(council=council, meetings=[row.planned() for row in rows], by=by, at=now())
    for row, meeting in zip(rows, made, strict=True):
        note_answers(row.number_answers, about=meeting, by=by, at=now())
    return made


def _wishes(request: ActorRequest, council: Council) -> YearForm:
    """What was asked for, or what is usual for the council."""
    day = today(council.zone)
    initial = {
        "year": year_to_plan(day),
        "count": usual_count(council, requirements_for(council, day)),
        "weekday": TUESDAY,
        **USUAL_TIMES,
    }
    form = YearForm(request.GET) if "count" in request.GET else YearForm(initial)
    form.is_valid()
    return form


def _posted_year(request: ActorRequest) -> int:
    given = whole_number(request.POST.get("year", ""))
    return given if FIRST_YEAR <= given <= LAST_YEAR else today().year


def _kwargs(request: ActorRequest, council: Council, year: int) -> dict[str, Any]:
    return {"actor": request.actor, "council": council, "taken": days_taken(council, year)}


def _propose(council: Council, wishes: YearForm) -> Plan | None:
    if not wishes.is_valid():
        return None
    wanted = wishes.cleaned_data
    return plan_year(
        wanted["year"],
        count=wanted["count"],
        weekday=wanted["weekday"],
        holidays=holidays_of(council.country, wanted["year"]),
        after=today(council.zone),
        taken=days_taken(council, wanted["year"]),
    )


def _rows(request: ActorRequest, council: Council, wishes: YearForm, proposed: Plan | None) -> Any:
    if proposed is None:
        return None
    wanted = wishes.cleaned_data
    same = {name: wanted[name] for name in ("starts", "ends", "place")}
    return PlannedFormSet(
        initial=[{"day": day, **same} for day in proposed.days],
        form_kwargs=_kwargs(request, council, wanted["year"]),
    )


def _plan_page(
    request: ActorRequest,
    council: Council,
    wishes: YearForm,
    rows: Any,
    proposed: Plan | None = None,
) -> HttpResponse:
    year = _posted_year(request) if request.method == "POST" else _year_of(wishes, council)
    taken = days_taken(council, year)
    requirements = requirements_for(council, today(council.zone))
    planned = len(taken) + (len(rows.forms) if rows is not None else 0)
    context = {
        "council": council,
        "wishes": wishes,
        "rows": rows,
        "year": year,
        "proposed": proposed,
        "holidays": _named(council, proposed),
        "existing": len(taken),
        "requirements": requirements,
        "short": falls_short(planned, [one.at_least for one in requirements]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/plan.html", context, status=status)


def _year_of(wishes: YearForm, council: Council) -> int:
    year: int = wishes.cleaned_data.get("year") or year_to_plan(today(council.zone))
    return year


def _named(council: Council, proposed: Plan | None) -> list[tuple[date, str]]:
    """The holidays that fell on the chosen weekday, by name."""
    if proposed is None or not proposed.skipped:
        return []
    names = holidays_of(council.country, proposed.skipped[0].year)
    return [(day, names[day]) for day in proposed.skipped]


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_meeting(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One extra meeting."""
    council = council_or_404(request, ref)
    may_plan_meetings(request.actor, council).enforce()
    form = PlannedForm(posted(request), actor=request.actor, council=council, initial=USUAL_TIMES)
    if request.method == "POST" and form.is_valid():
        meeting = _plan(council, [form], request.actor)[0]
        messages.success(request, _("The meeting is planned."))
        return redirect(meeting)
    context = {"council": council, "form": form, "title": _("An extra meeting")}
    return render(request, "meetings/form.html", context, status=_status(form))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Another day, time or place."""
    meeting = meeting_or_404(request, ref)
    may_move_meeting(request.actor, meeting).enforce()
    form = PlannedForm(
        posted(request),
        actor=request.actor,
        council=meeting.council,
        initial=times_of(meeting),
    )
    if request.method == "POST" and form.is_valid():
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
    }
    return render(request, "meetings/form.html", context, status=_status(form))


@transaction.atomic
def _move(meeting: Meeting, form: PlannedForm, by: Actor) -> bool:
    wanted = form.planned()
    told = move_meeting(
        meeting=meeting,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=wanted.place,
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
            cancel_meeting(
                meeting=meeting, reason=form.cleaned_data["reason"], by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=meeting, by=request.actor, at=now())
        messages.success(request, _("The meeting is cancelled."))
        return redirect(meeting)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "form": form,
        "title": _("Cancel the meeting"),
        "save": _("Cancel the meeting"),
        "tone": "danger",
    }
    return render(request, "meetings/form.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
