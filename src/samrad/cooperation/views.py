"""Councils, their seats, focus areas and agreements."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import fold
from samrad.cooperation import actions
from samrad.cooperation.forms import (
    ChangeSeatForm,
    CouncilForm,
    FocusAreasForm,
    NewCouncilForm,
    SeatForm,
)
from samrad.cooperation.models import Agreement, Council, Seat
from samrad.cooperation.panels import parts_of, standing_of
from samrad.cooperation.permissions import may_manage_council, may_read_in_agreement
from samrad.cooperation.queries import (
    COUNCILS_WITH_AREA,
    agreed_by,
    councils_seen,
    family_of,
    table,
)
from samrad.cooperation.reading_words import missing_in_words
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import file_response, note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.text import normalise_line
from samrad.people.permissions import may_see_contact
from samrad.profiles.reader import profile
from samrad.trail.api import history_of

PER_PAGE = 50
FORM = require_http_methods(["GET", "POST"])


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
    day = today(found.zone)
    seats = seats_filled(found, day)
    agreed = agreed_by(found, day)
    panels, step = parts_of(found, actor, seats)
    manages = bool(may_manage_council(actor, found))
    calls_police = found.area.kind == AreaKind.MUNICIPALITY and may_see_contact(
        actor, found.area, works_there=family.is_around
    )
    context = {
        "council": found,
        "table": table(found, seats),
        "agreement": agreed.agreement,
        "focus_areas": agreed.focus_areas,
        "panels": panels,
        "step": step,
        "manages": manages,
        "reads_in": manages and not agreed.agreement and may_read_in_agreement(actor, found.area),
        "children": family.below,
        "contact_area": found.area if calls_police else None,
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


def _managed(request: ActorRequest, ref: UUID) -> Council:
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_manage_council(request.actor, found).enforce()
    return found


@declare(SIGNED_IN)
@FORM
def edit_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What is recorded about a council."""
    found = _managed(request, ref)
    initial = {
        name: getattr(found, name)
        for name in ("name", "purpose", "slt_relation", "meetings_per_year")
    }
    form = CouncilForm(request.POST or None, initial=initial, actor=request.actor, council=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_council(council=found, **form.cleaned_data, by=request.actor, at=now())
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The council's page is up to date."))
        return redirect(found)
    return _form(request, found, form, _("What the council is for"))


def _form(request: ActorRequest, found: Council, form: object, title: str) -> HttpResponse:
    context = {"council": found, "form": form, "title": title}
    return render(request, "cooperation/form.html", context)


@declare(SIGNED_IN)
@require_GET
def seats(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who sits in the council, and where there is a vacancy."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    context = {
        "council": found,
        "table": table(found, seats_filled(found, today(found.zone))),
        "manages": bool(may_manage_council(request.actor, found)),
    }
    return render(request, "cooperation/seats.html", context)


@declare(SIGNED_IN)
@FORM
def add_a_seat(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One more seat."""
    found = _managed(request, ref)
    form = SeatForm(request.POST or None, council=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        side = profile(found.country).role(form.cleaned_data["role"]).side
        wanted = actions.WantedSeat(side=side, **form.cleaned_data)
        with transaction.atomic():
            made = actions.add_seat(council=found, wanted=wanted, by=request.actor, at=now())
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
        messages.success(request, _("The seat is added."))
        return redirect("cooperation:seats", found.ref)
    return _form(request, found, form, _("Add a seat"))


@declare(SIGNED_IN)
@FORM
def seat(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change what a seat does, or end it."""
    seats_with_council = Seat.objects.select_related("council__area", "organisation")
    found = visible_or_404(seats_with_council, request.actor, ref=ref)
    may_manage_council(request.actor, found.council).enforce()
    form = ChangeSeatForm(request.POST or None, seat=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        _change(found, form, request.actor)
        messages.success(request, _("The seat is changed."))
        return redirect("cooperation:seats", found.council.ref)
    return _form(request, found.council, form, str(found))


@transaction.atomic
def _change(found: Seat, form: ChangeSeatForm, by: Actor) -> None:
    given = form.cleaned_data
    if given["last_date"]:
        actions.end_seat(seat=found, last_date=given["last_date"], by=by, at=now())
        return
    actions.change_seat(
        seat=found, function=given["function"], theme=given["theme"], by=by, at=now()
    )
    note_answers(form.number_answers, about=found, by=by, at=now())


@declare(SIGNED_IN)
@FORM
def focus_areas(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The council's focus areas of a year."""
    found = _managed(request, ref)
    year = today(found.zone).year
    titles = found.focus_areas.filter(year=year).values_list("title", flat=True)
    form = FocusAreasForm(
        request.POST or None,
        initial={"year": year, "titles": "\n".join(titles)},
        actor=request.actor,
        council=found,
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.set_focus_areas(council=found, **form.cleaned_data, by=request.actor, at=now())
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The focus areas are up to date."))
        return redirect(found)
    return _form(request, found, form, _("Focus areas"))


@declare(SIGNED_IN)
@require_GET
def history(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What has happened to a council and its seats, in words."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    parts = [*found.seats.all(), *Agreement.objects.visible_to(request.actor).filter(council=found)]
    context = {"council": found, "history": history_of(found, also=parts, limit=100)}
    return render(request, "cooperation/history.html", context)


@declare(SIGNED_IN)
@require_GET
def agreement(request: ActorRequest, ref: UUID) -> HttpResponse:
    """An agreement as it stands, with what it lacks."""
    agreements = Agreement.objects.select_related("council__area", "source_file")
    found = visible_or_404(agreements, request.actor, ref=ref)
    missing = missing_in_words(found.council.country, found.missing)
    context = {
        "agreement": found,
        "council": found.council,
        "clauses": found.clauses.all(),
        "missing": missing,
        "may_read_in": missing and may_read_in_agreement(request.actor, found.council.area),
        "focus_areas": found.focus_areas.all(),
        "commitments": found.commitments.all(),
        "history": history_of(found),
        "has_file": found.source_file is not None and _is_inside(request, found),
    }
    return render(request, "cooperation/agreement.html", context)


def _is_inside(request: ActorRequest, found: Agreement) -> bool:
    return request.actor.holds(Permission.INTERNAL_SEE, in_council=found.council_id)


@declare(SIGNED_IN)
@require_GET
def agreement_file(request: ActorRequest, ref: UUID) -> FileResponse:
    """The document the agreement was read from, as it came; for permanent members."""
    agreements = Agreement.objects.select_related("council", "source_file")
    found = visible_or_404(agreements, request.actor, ref=ref)
    if found.source_file is None or not _is_inside(request, found):
        raise Http404
    return file_response(found.source_file, by=request.actor, at=now())
