"""The pages about indicators: the list, one everywhere, one in an area, and its file."""

from __future__ import annotations

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.documents.tables import WORKBOOK
from samrad.knowledge.before_after import ChoosePeriod, before_after
from samrad.knowledge.downloads import as_asked, csv_of, jsonstat_of, rows_to_take, workbook_of
from samrad.knowledge.forms import FindIndicator
from samrad.knowledge.headings import yearly_of
from samrad.knowledge.indicator_here import here
from samrad.knowledge.indicators import Described, described, everywhere, indicators_by_theme
from samrad.knowledge.models import Indicator
from samrad.knowledge.sight import Sight, published_or_signed_in
from samrad.knowledge.underway import is_being_worked_out

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": WORKBOOK, "json": "application/json"}


@declare(ANYONE)
@published_or_signed_in
def list_indicators(request: ActorRequest) -> HttpResponseBase:
    """What is counted, by what it is about and by a part of its name."""
    form = FindIndicator(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    themes = indicators_by_theme(request.actor, wanted.get("q", ""), wanted.get("theme", ""))
    return render(
        request, "knowledge/indicators.html",
        {"form": form, "themes": themes, "wanted": any(wanted.values()),
         "underway": not themes and is_being_worked_out()},
    )  # fmt: skip


@declare(ANYONE)
@published_or_signed_in
def show_indicator(request: ActorRequest, ref: str) -> HttpResponseBase:
    """What it counts, and where there is how much of it."""
    about = _described(request, ref)
    whole = everywhere(about) if about.sheet.periods else None
    return render(
        request, "knowledge/indicator.html",
        {"about": about, "whole": whole, "sight": _sight(request, about),
         "yearly": yearly_of(about, whole.whole.values) if whole and whole.whole else None},
    )  # fmt: skip


@declare(ANYONE)
@published_or_signed_in
def show_indicator_in_area(request: ActorRequest, ref: str, area_ref: str) -> HttpResponseBase:
    """The same in one area, period by period."""
    about = _described(request, ref)
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=area_ref)
    found = here(about, area, request.actor)
    if found is None:
        raise Http404
    return render(
        request,
        "knowledge/indicator_here.html",
        {"about": about, "area": area, "here": found, "sight": _sight(request, about)},
    )


@declare(SIGNED_IN)
def show_before_after(request: ActorRequest, ref: str, area_ref: str) -> HttpResponseBase:
    """Whether it changed there from a period on, beside the other municipalities."""
    about = _described(request, ref)
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=area_ref)
    whole = here(about, area, request.actor)
    if whole is None:
        raise Http404
    found = before_after(whole, request.GET.get("since", ""))
    return render(
        request, "knowledge/before_after.html",
        {
            "about": about, "area": area, "found": found, "sight": _sight(request, about),
            "form": ChoosePeriod(found.periods, {"since": found.since}),
        },
    )  # fmt: skip


@declare(ANYONE)
@published_or_signed_in
def take_indicator(
    request: ActorRequest, ref: str, form: str, area_ref: str = ""
) -> HttpResponseBase:
    """All its figures as a file, or those of one area."""
    about = _described(request, ref)
    area = None
    if area_ref:
        area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=area_ref)
    rows = rows_to_take(about, area.pk if area else None)
    if area and not rows.exists():
        raise Http404
    name = (
        f"{slugify(about.indicator.code.replace('.', '-'))}{f'-{area.code}' if area else ''}.{form}"
    )
    response: HttpResponseBase
    if form == "xlsx":
        response = FileResponse(workbook_of(about, rows), content_type=TYPES[form])
    else:
        pieces = csv_of(about, rows) if form == "csv" else jsonstat_of(about, rows)
        response = StreamingHttpResponse(as_asked(pieces), content_type=TYPES[form])
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _described(request: ActorRequest, ref: str) -> Described:
    rows = Indicator.objects.select_related("data_set")
    about = described(visible_or_404(rows, request.actor, ref=ref), request.actor)
    if about is None:
        raise Http404
    return about


def _sight(request: ActorRequest, about: Described) -> Sight:
    below = {about.name: about.sheet.smallest_shown}
    return Sight.of(about.data_set, is_public=request.actor.is_anonymous, below=below)
