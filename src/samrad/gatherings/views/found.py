"""What every page of a theme day begins with and most end in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.gatherings.models import ThemeDay, Workshop

DAYS = ThemeDay.objects.select_related("council", "host").prefetch_related("invited")


def day_or_404(request: ActorRequest, ref: UUID) -> ThemeDay:
    """The theme day, with its council and host."""
    return visible_or_404(DAYS, request.actor, ref=ref)


def workshop_or_404(request: ActorRequest, ref: UUID) -> Workshop:
    """The workshop, with its day."""
    workshops = Workshop.objects.select_related("theme_day__council", "theme_day__host")
    return visible_or_404(workshops, request.actor, ref=ref)


def posted(request: ActorRequest) -> QueryDict | None:
    """What was posted, even when it was nothing; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: ActorRequest, form: Any, council: Council, title: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own; shown again when something in it is wrong."""
    context = {"form": form, "council": council, "title": title, **more}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/form.html", context, status=status)
