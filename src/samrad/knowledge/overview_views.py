"""The pages of wide areas: a police district, a nation, and what stands out in them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from samrad.access.gate import ANYONE, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.kernel.clock import today
from samrad.knowledge.forms import ChooseIndicator
from samrad.knowledge.overviews import areas_with_overviews, municipalities_in, overview_of
from samrad.knowledge.sight import published_or_signed_in
from samrad.knowledge.underway import has_untold, is_being_worked_out


@declare(ANYONE)
@published_or_signed_in
def list_overviews(request: ActorRequest) -> HttpResponse:
    """The nations and police districts that figures are there of."""
    areas = list(areas_with_overviews(request.actor, today()))
    underway = not areas and is_being_worked_out()
    return render(request, "knowledge/overviews.html", {"areas": areas, "underway": underway})


@declare(ANYONE)
@published_or_signed_in
def show_overview(request: ActorRequest, ref: str) -> HttpResponse:
    """Which municipalities have a special increase, and one indicator in all of them."""
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=ref)
    chosen = request.GET.get("what", "")
    overview = overview_of(area, request.actor, on=today(), chosen=chosen)
    underway = overview is None and has_untold(municipalities_in(area, today()), request.actor)
    if overview is None and not underway and request.actor.is_anonymous:
        raise Http404
    to_choose = overview.to_choose if overview else []
    data = {"what": overview.about.indicator.code} if overview else None
    return render(
        request, "knowledge/overview.html",
        {"area": area, "overview": overview, "form": ChooseIndicator(to_choose, data),
         "underway": underway},
    )  # fmt: skip
