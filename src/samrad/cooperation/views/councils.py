"""Councils: the list, the page, what is recorded about one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import fold
from samrad.cooperation import actions, as_written
from samrad.cooperation.events import CONSIDERATION_DROPPED
from samrad.cooperation.forms import CouncilForm, FocusAreasForm, NewCouncilForm
from samrad.cooperation.models import (
    Agreement,
    Council,
    FinalReport,
    Representation,
    TermsOfReference,
)
from samrad.cooperation.panels import other_lists, parts_of, standing_of
from samrad.cooperation.permissions import (
    may_manage_council,
    may_read_in_agreement,
)
from samrad.cooperation.queries import (
    COUNCILS_WITH_AREA,
    councils_seen,
    family_of,
    hints_for,
    is_report_due,
    is_told_why,
    prevention_model,
    reads_inside,
    table,
)
from samrad.cooperation.rules import CouncilState
from samrad.cooperation.seats import seats_filled
from samrad.cooperation.views.common import FORM, form_page, managed
from samrad.cooperation.views.considered import considered
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.text import normalise_line, whole_number
from samrad.people.api import who_to_call_now
from samrad.people.permissions import may_see_contact
from samrad.profiles.reader import profile
from samrad.trail.api import history_of
from samrad.trail.models import Recorded
from samrad.ui.changing import on_what_is_there

PER_PAGE = 50


@declare(SIGNED_IN)
@require_GET
def councils(request: ActorRequest) -> HttpResponse:
    """All councils I may see, those I belong to first."""
    actor = request.actor
    asked = normalise_line(request.GET.get("q", ""))[:100]
    mine = list(councils_seen(actor).entered_by(actor))
    others = councils_seen(actor).exclude(pk__in=[one.pk for one in mine])
    if asked:
        others = others.called(asked)
        mine = [one for one in mine if fold(asked) in fold(one.name)]
    page = Paginator(others, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    shown = [*mine, *page.object_list]
    standing = standing_of(shown, actor)
    for one in shown:
        one.marks = standing.get(one.pk, [])  # type: ignore[attr-defined]
    context = {
        "mine": mine,
        "page": page,
        "asked": asked,
        "sets_up": actor.holds_anywhere(Permission.COUNCIL_SET_UP),
        "lists": other_lists(request.actor),
    }
    return render(request, "cooperation/councils.html", context)


@declare(SIGNED_IN)
@require_GET
def council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One council on one page: what is next, who sits in it, what it has agreed."""
    actor = request.actor
    family = family_of(ref, actor)
    if family is None:
        raise not_there()
    found = family.council
    if found.state == CouncilState.CONSIDERED or found.was_never_set_up:
        return considered(request, found)
    day = today(found.zone)
    seats = seats_filled(found, day)
    agreed = family.agreed
    panels, step = parts_of(found, actor, seats)
    manages = bool(may_manage_council(actor, found))
    calls_police = found.area.kind == AreaKind.MUNICIPALITY and may_see_contact(
        actor, found.area, works_there=family.is_around
    )
    context = {
        "council": found,
        "table": table(found, seats),
        "agreement": agreed.agreement,
        "rests_on_agreement": profile(found.country).tier(found.tier).rests_on_agreement,
        "focus_areas": agreed.focus_areas,
        "panels": panels,
        "step": step,
        "manages": manages,
        "reads_in": manages and not agreed.agreement and may_read_in_agreement(actor, found.area),
        "children": family.below,
        "hints": hints_for(found, [one.seat for one in seats], family.below),
        "prevention_model": prevention_model(found),
        "is_due": is_report_due(found, day),
        "inside": reads_inside(actor, found),
        "contact": who_to_call_now(found.area, day) if calls_police else None,
    }
    return render(request, "cooperation/council.html", context)


@declare(Permission.COUNCIL_SET_UP)
@FORM
def new_council(request: ActorRequest) -> HttpResponse:
    """Set a council up by hand, with the seats that are usual for its kind added later."""
    form = NewCouncilForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        wanted = actions.WantedCouncil(**form.cleaned_data)
        with transaction.atomic():
            made = actions.set_up_council(wanted=wanted, by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The council is set up. Now say who sits in it."))
        return redirect("cooperation:seats", made.ref)
    return render(request, "cooperation/new_council.html", {"form": form})


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def edit_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What is recorded about a council."""
    found = managed(request, ref)
    form = CouncilForm(
        request.POST or None, there=as_written.of_council(found), about=found,
        actor=request.actor, council=found,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_council(
                council=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The council's page is up to date."))
        return redirect(found)
    return form_page(request, found, form, _("What the council is for"))


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def focus_areas(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The council's focus areas of a year."""
    found = managed(request, ref)
    year = whole_number(request.POST.get("year", "")) or today(found.zone).year
    form = FocusAreasForm(
        request.POST or None,
        there=as_written.of_focus_areas(found, year),
        actor=request.actor,
        council=found,
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.set_focus_areas(
                council=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The focus areas are up to date."))
        return redirect(found)
    return form_page(request, found, form, _("Focus areas"))


@declare(SIGNED_IN)
@require_GET
def history(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What has happened to a council and its seats, in words."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    of_council = (Agreement, TermsOfReference, FinalReport, Representation)
    parts = [
        *found.seats.all(),
        *(one for kind in of_council for one in _seen(kind, request.actor, found)),
    ]
    untold = () if is_told_why(request.actor, found) else (CONSIDERATION_DROPPED,)
    told = history_of(found, also=parts, without=untold, limit=100)
    context = {"council": found, "history": told}
    return render(request, "cooperation/history.html", context)


def _seen(kind: Any, actor: Actor, council: Council) -> Iterable[Recorded]:
    seen: Iterable[Recorded] = kind.objects.visible_to(actor).filter(council=council)
    return seen
