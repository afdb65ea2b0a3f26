"""Two pages: find an area, and everything about one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas import queries
from samrad.areas.forms import FindArea
from samrad.areas.history import history_of
from samrad.areas.panels import panels_for
from samrad.kernel.clock import today

PAGE_LENGTH = 50


@declare(SIGNED_IN)
def list_areas(request: ActorRequest) -> HttpResponse:
    """Find an area by name, code, country and kind."""
    form = FindArea(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.areas_wanted(
        request.actor,
        text=wanted.get("q", ""),
        country=wanted.get("country", ""),
        kind=wanted.get("kind", ""),
        on=today(),
    )
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = queries.with_districts(list(page), on=today())
    return render(
        request, "areas/list.html", {"form": form, "page": page, "rows": rows, "wanted": wanted}
    )


@declare(SIGNED_IN)
def show_area(request: ActorRequest, ref: str) -> HttpResponse:
    """What an area is called, what it is part of, what it contains, and what it has been."""
    actor = request.actor
    area = visible_or_404(queries.areas_with_names(actor, today()), actor, ref=ref)
    on = queries.day_to_show(area, today())
    relations = queries.relations_of(area, on)
    context = {
        "area": area,
        "is_there_today": area.is_valid_on(today()),
        "names": queries.other_names(area),
        "codes": queries.codes_of(area),
        "parents": queries.parents_of(area, on, relations.up),
        "groups": queries.by_kind(queries.children_of(area, on, relations.down)),
        "people": queries.people_in(area, on),
        "milestones": history_of(area, relations.up),
        "structure": queries.structure_in_force(area.country, on),
        "panels": panels_for(area, actor),
    }
    return render(request, "areas/detail.html", context)
