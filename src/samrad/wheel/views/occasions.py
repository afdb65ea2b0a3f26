"""An activity at one of its times: what it is, how it stands, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.followup.models import Task
from samrad.gatherings.forms import ThemeDayForm
from samrad.gatherings.models import ThemeDay
from samrad.gatherings.queries import could_be_invited, hosts_in_turn
from samrad.kernel.clock import now, today
from samrad.meetings.forms.planning import PlannedForm
from samrad.meetings.forms.year import USUAL_TIMES
from samrad.meetings.models import Meeting
from samrad.meetings.queries.planning import days_ahead
from samrad.meetings.rules import MeetingState
from samrad.profiles.labels import CERTAINTIES, ORIGINS, STRENGTHS
from samrad.profiles.model import Source
from samrad.trail.api import history_of
from samrad.wheel.actions.wheel import (
    give_task_for,
    loosen,
    mark_occasion,
    move_years,
    plan_meeting_for,
    plan_theme_day_for,
    take_up_at,
)
from samrad.wheel.forms import DoneForm, SkipForm, TakeUpForm, TaskForm, YearsForm
from samrad.wheel.models import Occasion
from samrad.wheel.permissions import may_change_activity, may_keep_wheel, reads_notes
from samrad.wheel.queries.year import Entry, entry_with_key
from samrad.wheel.rules import Calls, Mark, Stand

REFUSED = 422
AROUND = timedelta(days=200)
NAMED_BEFORE = timedelta(days=30)
CAN_BE_TIED = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
Forms = dict[str, Any]


@declare(SIGNED_IN)
@require_GET
def occasion(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """What it is, who says so, how it stands."""
    return _page(request, _found(request, ref, key), {})


@declare(SIGNED_IN)
@require_POST
def plan(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Plan the meeting it calls for."""
    entry = _kept(request, ref, key)
    form = PlannedForm(
        request.POST, actor=request.actor, council=entry.council,
        taken=days_ahead(entry.council, now()),
    )  # fmt: skip
    if not form.is_valid():
        return _page(request, entry, {"plan": form})
    with transaction.atomic():
        meeting = plan_meeting_for(entry=entry, planned=form.planned(), by=request.actor, at=now())
        note_answers(form.number_answers, about=meeting, by=request.actor, at=now())
    messages.success(request, _("The meeting is planned."))
    return redirect(entry.url)


@declare(SIGNED_IN)
@require_POST
def take_up(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Take it up at a meeting that is planned anyway."""
    entry = _kept(request, ref, key)
    form = TakeUpForm(request.POST, meetings=_meetings(entry))
    if not form.is_valid():
        return _page(request, entry, {"take_up": form})
    meeting = form.chosen()
    take_up_at(entry=entry, meeting=meeting, by=request.actor, at=now())
    is_ahead = meeting.starts_at > now()
    told = (
        _("It is taken up at that meeting.") if is_ahead else _("It was taken up at that meeting.")
    )
    messages.success(request, told)
    return redirect(entry.url)


@declare(SIGNED_IN)
@require_POST
def task(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Give the task it calls for."""
    entry, actor = _kept(request, ref, key), request.actor
    filled = seats_filled(entry.council, today(entry.council.zone))
    form = TaskForm(request.POST, actor=actor, council=entry.council, filled=filled)
    if not form.is_valid():
        return _page(request, entry, {"task": form})
    with transaction.atomic():
        given = give_task_for(entry=entry, **form.given(), by=actor, at=now())
        note_answers(form.number_answers, about=given, by=actor, at=now())
    messages.success(request, _("The task is given."))
    return redirect(entry.url)


@declare(SIGNED_IN)
@require_POST
def theme_day(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Plan the theme day it calls for; it opens on its own page, where it is put together."""
    entry, actor = _kept(request, ref, key), request.actor
    form = ThemeDayForm(request.POST, actor=actor, **_circle(entry.council))
    if not form.is_valid():
        return _page(request, entry, {"theme_day": form})
    with transaction.atomic():
        day = plan_theme_day_for(entry=entry, wanted=form.wanted(), by=actor, at=now())
        note_answers(form.number_answers, about=day, by=actor, at=now())
    messages.success(
        request, _("It is planned. Put together the programme, then send the invitation.")
    )
    return redirect(day)


@declare(SIGNED_IN)
@require_POST
def done(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Tick it off."""
    return _mark(request, _kept(request, ref, key), DoneForm, "done", Mark.DONE)


@declare(SIGNED_IN)
@require_POST
def skip(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Leave it out this time."""
    return _mark(request, _kept(request, ref, key), SkipForm, "skip", Mark.SKIPPED)


@declare(SIGNED_IN)
@require_POST
def again(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Take it up again, or take back the meeting it was tied to."""
    entry = _kept(request, ref, key)
    if entry.occasion and entry.occasion.mark == Mark.NONE:
        loosen(entry=entry, by=request.actor, at=now())
        messages.success(request, _("It is no longer tied to that meeting."))
        return redirect(entry.url)
    mark_occasion(entry=entry, to=Mark.NONE, by=request.actor, at=now())
    messages.success(request, _("It is open again."))
    return redirect(entry.url)


@declare(SIGNED_IN)
@require_POST
def years(request: ActorRequest, ref: UUID, key: str) -> HttpResponse:
    """Let it fall in other years."""
    entry = _kept(request, ref, key)
    form = YearsForm(request.POST, when=entry.told.when, on=today(entry.council.zone))
    if not form.is_valid():
        return _page(request, entry, {"years": form})
    year = form.cleaned_data["first_year"]
    move_years(entry=entry, first_year=year, by=request.actor, at=now())
    year = form.first_to_come()
    text = _("It comes in %(year)s and every other year after that.")
    messages.success(request, text % {"year": year})
    wheel = reverse("wheel:wheel", args=[entry.council.ref])
    return redirect(f"{wheel}?year={year}")


def _mark(
    request: ActorRequest, entry: Entry, kind: type[DoneForm | SkipForm], name: str, to: Mark
) -> HttpResponse:
    form = kind(request.POST, actor=request.actor, council=entry.council, prefix=name)
    if not form.is_valid():
        return _page(request, entry, {name: form})
    note = form.cleaned_data["note"]
    with transaction.atomic():
        marked = mark_occasion(entry=entry, to=to, note=note, by=request.actor, at=now())
        note_answers(form.number_answers, about=marked, by=request.actor, at=now())
    told = _("It is ticked off.") if to is Mark.DONE else _("It is left out this time.")
    messages.success(request, told)
    return redirect(entry.url)


def _found(request: ActorRequest, ref: UUID, key: str) -> Entry:
    council = visible_or_404(Council, request.actor, ref=ref)
    entry = entry_with_key(council, request.actor, key, today(council.zone))
    if entry is None:
        raise not_there()
    return entry


def _kept(request: ActorRequest, ref: UUID, key: str) -> Entry:
    entry = _found(request, ref, key)
    may_keep_wheel(request.actor, entry.council).enforce()
    return entry


def _page(request: ActorRequest, entry: Entry, bound: Forms) -> HttpResponse:
    actor, row = request.actor, entry.occasion
    own = entry.told.activity
    keeps = bool(may_keep_wheel(actor, entry.council))
    member = reads_notes(actor, entry.council)
    context = {
        "council": entry.council,
        "entry": entry,
        "told": entry.told,
        **_said_by(entry.told.source),
        "is_marked": row is not None and row.mark != Mark.NONE,
        "note": row.note if row and member else "",
        "made": _made(request, row),
        "may_change": own is not None and bool(may_change_activity(actor, own)),
        "keeps": keeps,
        "forms": _forms(request, entry, bound) if keeps else {},
        "history": history_of(row) if row and member else [],
    }
    return render(request, "wheel/occasion.html", context, status=REFUSED if bound else 200)


def _said_by(source: Source | None) -> dict[str, Any]:
    """How binding the source is, and how sure we are."""
    if source is None:
        return {}
    return {
        "origin": ORIGINS[source.origin],
        "strength": STRENGTHS[source.strength],
        "certainty": CERTAINTIES[source.certainty],
    }


def _made(request: ActorRequest, row: Occasion | None) -> Meeting | Task | ThemeDay | None:
    """What was made of it, if the reader may see that."""
    if row is None or row.made_ref is None:
        return None
    if row.made_kind == Meeting.trail_kind:
        seen: Any = Meeting.objects.visible_to(request.actor).select_related("council")
    elif row.made_kind == ThemeDay.trail_kind:
        seen = ThemeDay.objects.visible_to(request.actor)
    else:
        seen = Task.objects.visible_to(request.actor)
    found: Meeting | Task | ThemeDay | None = seen.filter(ref=row.made_ref).first()
    return found


def _forms(request: ActorRequest, entry: Entry, bound: Forms) -> Forms:
    """What can be done about it as it stands now; what was filled in wrongly is shown again."""
    moved: Forms = {}
    if entry.told.may_be_moved:
        moved["years"] = YearsForm(when=entry.told.when, on=today(entry.council.zone))
    if entry.stand in {Stand.DONE, Stand.SKIPPED}:
        return {**moved, **bound}
    given: dict[str, Any] = {"actor": request.actor, "council": entry.council}
    found: Forms = {
        **moved,
        "done": DoneForm(prefix="done", **given),
        "skip": SkipForm(prefix="skip", **given),
    }
    if entry.stand is not Stand.ARRANGED:
        found |= _makers(entry, given)
    return {**found, **bound}


def _makers(entry: Entry, given: dict[str, Any]) -> Forms:
    due = max(entry.window.due_date, today(entry.council.zone))
    if entry.told.calls_for is Calls.MEETING:
        found: Forms = {"plan": PlannedForm(initial={**USUAL_TIMES, "day": due}, **given)}
        meetings = _meetings(entry)
        if meetings:
            found["take_up"] = TakeUpForm(meetings=meetings)
        return found
    if entry.told.calls_for is Calls.TASK:
        filled = seats_filled(entry.council, today(entry.council.zone))
        initial = {"title": entry.told.title, "deadline_date": due}
        return {"task": TaskForm(initial=initial, filled=filled, **given)}
    if entry.told.calls_for is Calls.THEME_DAY:
        on = today(entry.council.zone)
        wished = {
            "title": entry.told.title, "day": due, "nominate_by": max(on, due - NAMED_BEFORE),
        }  # fmt: skip
        circle = _circle(entry.council)
        return {"theme_day": ThemeDayForm(initial=wished, actor=given["actor"], **circle)}
    return {}


def _circle(council: Council) -> dict[str, Any]:
    """Whose theme day it is, who could host it, and who could be invited."""
    hosts, around = hosts_in_turn(council), list(could_be_invited(council))
    return {"council": council, "hosts": hosts, "around": around}


def _meetings(entry: Entry) -> list[Meeting]:
    """The council's meetings around the time, in their order."""
    first, last = entry.window.from_date - AROUND, entry.window.due_date + AROUND
    around = Q(starts_at__date__gte=first, starts_at__date__lte=last, state__in=CAN_BE_TIED)
    found = list(entry.council.meetings.filter(around).order_by("starts_at"))
    for meeting in found:
        meeting.council = entry.council
    return found
