"""The pages about figures: the areas that have a picture, and the picture of one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy

from samrad.access.actor import ANONYMOUS
from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.documents.paper import pdf_of
from samrad.kernel.clock import now, today
from samrad.knowledge.alarms_told import seen_alarms, told_alarm
from samrad.knowledge.around import around
from samrad.knowledge.forms import FindPicture
from samrad.knowledge.handouts import handout
from samrad.knowledge.lacking import lacking, lacking_in
from samrad.knowledge.nearness import by_nearness, own_places
from samrad.knowledge.overviews import has_overview
from samrad.knowledge.parts import parts_of
from samrad.knowledge.pictures import AreaTold, areas_with_pictures, pictures_of
from samrad.knowledge.sight import published_or_signed_in
from samrad.knowledge.underway import is_being_worked_out

PAGE_LENGTH = 60
_UNDERWAY = gettext_lazy(
    "The paper tells what anybody may read, and that is being worked out just now. Look again in a"
    " minute."
)


@declare(ANYONE)
@published_or_signed_in
def list_pictures(request: ActorRequest) -> HttpResponse:
    """The municipalities that figures are there of, found by their names."""
    form = FindPicture(request.GET or None)
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    found = areas_with_pictures(request.actor, text)
    near, elsewhere = by_nearness(found, request.actor, is_looking=bool(text))
    page = Paginator(near, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "text": text, "elsewhere": elsewhere,
        "own": [] if text else own_places(request.actor),
        "underway": not page.object_list and not elsewhere and is_being_worked_out(),
        "lacking": lacking(text, request.actor) if text else None,
    }  # fmt: skip
    return render(request, "knowledge/pictures.html", context)


@declare(ANYONE)
@published_or_signed_in
def take_handout(request: ActorRequest, ref: str, data_ref: str) -> HttpResponse:
    """The picture on two pages of paper, in the language of whoever takes it.

    Of published figures it is what the public sees: a paper goes from hand to hand.
    """
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=ref)
    told = _of_data_set(pictures_of(area, request.actor), data_ref)
    if told is None:
        raise Http404
    if told.sight.is_published:
        told = _of_data_set(pictures_of(area, ANONYMOUS), data_ref) or told
    if told.is_underway:
        if not request.actor.is_anonymous:
            messages.info(request, _UNDERWAY)
        return redirect("knowledge:picture", area.ref)
    response = HttpResponse(pdf_of(handout(area, told), at=now()), content_type="application/pdf")
    name = slugify(f"{gettext('Crime picture')} {area.name} {told.period}", allow_unicode=True)
    header = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    response["Content-Disposition"] = header or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _of_data_set(pictures: list[AreaTold], ref: str) -> AreaTold | None:
    return next((one for one in pictures if str(one.kept.data_set.ref) == str(ref)), None)


@declare(ANYONE)
@published_or_signed_in
def show_picture(request: ActorRequest, ref: str) -> HttpResponse:
    """What rises, what falls and what is unusual in one municipality."""
    area = visible_or_404(Area.objects.visible_to(request.actor), request.actor, ref=ref)
    pictures = pictures_of(area, request.actor)
    if not pictures and has_overview(area, request.actor, today()):
        return redirect("knowledge:overview", area.ref)
    if not pictures and request.actor.is_anonymous:
        raise Http404
    context = {
        "area": area, "pictures": pictures, "around": around(area, pictures, request.actor),
        "parts": parts_of(area, request.actor),
        "lacking": None if pictures else lacking_in([area], request.actor),
    }  # fmt: skip
    return render(request, "knowledge/picture.html", context)


@declare(SIGNED_IN)
def show_alarm(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One figure that stands out: the sentence, how sure it is, the chart and its figures."""
    alarm = get_object_or_404(seen_alarms(request.actor), ref=ref)
    context = {"alarm": alarm, "told": told_alarm(alarm), "area": alarm.area}
    return render(request, "knowledge/alarm.html", context)
