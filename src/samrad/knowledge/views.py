"""The pages about figures: the areas that have a picture, and the picture of one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.knowledge.alarms_told import seen_alarms, told_alarm
from samrad.knowledge.forms import FindPicture
from samrad.knowledge.parts import parts_of
from samrad.knowledge.pictures import areas_with_pictures, pictures_of

PAGE_LENGTH = 60


@declare(SIGNED_IN)
def list_pictures(request: ActorRequest) -> HttpResponse:
    """The municipalities that figures are there of, found by their names."""
    form = FindPicture(request.GET or None)
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    found = areas_with_pictures(request.actor, text)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "knowledge/pictures.html", {"form": form, "page": page, "text": text})


@declare(SIGNED_IN)
def show_picture(request: ActorRequest, ref: str) -> HttpResponse:
    """What rises, what falls and what is unusual in one municipality."""
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=ref)
    pictures = pictures_of(area, request.actor)
    context = {"area": area, "pictures": pictures, "parts": parts_of(area, request.actor)}
    return render(request, "knowledge/picture.html", context)


@declare(SIGNED_IN)
def show_alarm(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One figure that stands out: the sentence, how sure it is, the chart and its figures."""
    alarm = get_object_or_404(seen_alarms(request.actor), ref=ref)
    context = {"alarm": alarm, "told": told_alarm(alarm), "area": alarm.area}
    return render(request, "knowledge/alarm.html", context)
