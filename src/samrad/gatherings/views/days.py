"""Theme days: planned, opened, held, closed, called off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.gatherings import actions
from samrad.gatherings.forms import (
    CancelForm,
    ThemeDayForm,
)
from samrad.gatherings.models import ThemeDay
from samrad.gatherings.permissions import (
    councils_of,
    may_arrange,
    may_bring_to,
    may_change_theme_day,
    may_nominate,
    may_withdraw,
)
from samrad.gatherings.queries import (
    could_be_invited,
    hosts_in_turn,
    nominations_seen,
    theme_days_seen,
    workshops_of,
)
from samrad.gatherings.rules import STEPS, ThemeDayState
from samrad.gatherings.views.found import day_or_404, form_page, posted
from samrad.gatherings.words import STATES, heading
from samrad.kernel.clock import now
from samrad.ui.changing import on_what_is_there
from samrad.ui.pieces import Step, steps_to

SHOWN = 30


@declare(SIGNED_IN)
@require_GET
def of_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The days a council arranges or is invited to."""
    council = visible_or_404(Council, request.actor, ref=ref)
    context = {
        "council": council,
        "days": list(theme_days_seen(council, request.actor)[:SHOWN]),
        "may": bool(may_arrange(request.actor, council)),
        "heading": heading(council),
    }
    return render(request, "gatherings/council.html", context)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Plan one."""
    council = visible_or_404(Council, request.actor, ref=ref)
    may_arrange(request.actor, council).enforce()
    form = ThemeDayForm(
        posted(request), actor=request.actor, council=council,
        hosts=hosts_in_turn(council), around=list(could_be_invited(council)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            day = actions.plan_theme_day(
                council=council, wanted=form.wanted(), by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=day, by=request.actor, at=now())
        messages.success(
            request, _("It is planned. Put together the programme, then send the invitation.")
        )
        return redirect(day)
    return form_page(request, form, council, _("Plan a theme day"))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def change(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Another time, place, text or circle."""
    day = day_or_404(request, ref)
    may_change_theme_day(request.actor, day).enforce()
    form = ThemeDayForm(
        posted(request), actor=request.actor, council=day.council, theme_day=day,
        hosts=hosts_in_turn(day.council), around=list(could_be_invited(day.council, day)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_theme_day(
                day=day, wanted=form.wanted(), seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=day, by=request.actor, at=now())
        messages.success(request, _("It is changed."))
        return redirect(day)
    return form_page(request, form, day.council, _("Change it"), day=day)


@declare(SIGNED_IN)
@require_GET
def detail(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The day: its invitation, programme, who comes, and what it came to."""
    day, actor = day_or_404(request, ref), request.actor
    named = nominations_seen(day, actor)
    workshops = workshops_of(day)
    inside = councils_of(actor, day)
    context = {
        "day": day,
        "council": day.council,
        "heading": heading(day.council),
        "steps": _steps(day),
        "workshops": workshops,
        "named": [(one, bool(may_withdraw(actor, one))) for one in named],
        "invited": [one.name for one in day.invited.all()],
        "inside": bool(inside),
        "may_change": bool(may_change_theme_day(actor, day)),
        "may_open": bool(may_bring_to(actor, day, ThemeDayState.OPEN)),
        "may_hold": day.starts_at <= now() and bool(may_bring_to(actor, day, ThemeDayState.HELD)),
        "may_finish": bool(may_bring_to(actor, day, ThemeDayState.DONE)),
        "may_cancel": bool(may_bring_to(actor, day, ThemeDayState.CANCELLED)),
        "may_nominate": bool(inside) and bool(may_nominate(actor, day)),
        "writes_outcomes": bool(may_bring_to(actor, day, ThemeDayState.DONE)),
    }
    return render(request, "gatherings/detail.html", context)


def _steps(day: ThemeDay) -> list[Step]:
    """How far it has come; nothing for one that is off."""
    if day.state == ThemeDayState.CANCELLED:
        return []
    at = STEPS.index(ThemeDayState(day.state))
    is_over = at == len(STEPS) - 1  # the last of them is not left again: it is done as well
    return list(steps_to(at + is_over, [STATES[one] for one in STEPS]))


@declare(SIGNED_IN)
@require_POST
def open_it(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send the invitation."""
    day = day_or_404(request, ref)
    sent = actions.open_for_nominations(day=day, by=request.actor, at=now())
    told = ngettext(
        "The invitation is on its way to %(n)s person.",
        "The invitation is on its way to %(n)s people.",
        sent,
    )
    messages.success(request, told % {"n": sent})
    return redirect(day)


@declare(SIGNED_IN)
@require_POST
def held(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It has been."""
    day = day_or_404(request, ref)
    actions.note_held(day=day, by=request.actor, at=now())
    messages.success(request, _("Now write what each workshop came to, and send it on."))
    return redirect(day)


@declare(SIGNED_IN)
@require_POST
def finish_it(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Everything has been sent on."""
    day = day_or_404(request, ref)
    actions.finish(day=day, by=request.actor, at=now())
    messages.success(request, _("Everything it came to has been sent on."))
    return redirect(day)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Call it off, with a reason."""
    day = day_or_404(request, ref)
    may_bring_to(request.actor, day, ThemeDayState.CANCELLED).enforce()
    form = CancelForm(posted(request), actor=request.actor, council=day.council_id)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            reason = form.cleaned_data["reason"]
            actions.cancel_theme_day(day=day, reason=reason, by=request.actor, at=now())
            note_answers(form.number_answers, about=day, by=request.actor, at=now())
        messages.success(request, _("It is cancelled."))
        return redirect(day)
    return form_page(request, form, day.council, _("Cancel it"), day=day, tone="danger")
