"""My calendar: making and closing its address, and what a program gets from it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.people.models import Appointment, Person
from samrad.profiles.reader import profile
from samrad.wheel.actions.calendar import note_visit, open_calendar, revoke_calendar
from samrad.wheel.models import CalendarAddress
from samrad.wheel.pace import SPAN, too_often
from samrad.wheel.queries.calendar import address_with, calendar_of

MOST_VISITS = 30
TOO_MANY, NOT_MODIFIED = 429, 304


@declare(SIGNED_IN)
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """How to follow one's meetings in one's own calendar, and how to close that again."""
    return _page(request, _myself(request))


@declare(SIGNED_IN)
@require_POST
@never_cache
def address(request: ActorRequest) -> HttpResponse:
    """Make the address, or another one; it is shown on this page and never again."""
    person = _myself(request)
    token = open_calendar(person=person, by=request.actor, at=now())
    return _page(request, person, url=settings.PUBLIC_URL + reverse("wheel:feed", args=[token]))


@declare(SIGNED_IN)
@require_POST
def close(request: ActorRequest) -> HttpResponse:
    """The address stops working."""
    revoke_calendar(person=_myself(request), by=request.actor, at=now())
    messages.success(request, _("The address no longer works."))
    return redirect("wheel:calendar")


@declare(ANYONE)
@require_GET
def feed(request: ActorRequest, token: str) -> HttpResponse:
    """What the owner of the address may see now; the secret in it stands for signing in."""
    found = address_with(token)
    if found is None:
        raise Http404
    if too_often(found.token_digest, MOST_VISITS):
        return HttpResponse(status=TOO_MANY, headers={"Retry-After": str(SPAN)})
    with translation.override(_language_of(found.person)):
        response = _calendar(request, found)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(request: ActorRequest, found: CalendarAddress) -> HttpResponse:
    from samrad.wheel import ics  # noqa: PLC0415 - heavy, and only calendars need it

    held, name = calendar_of(found.person, today()), _("Samråd: meetings and year wheel")
    note_visit(found, at=now())
    tag = ics.fingerprint(held, name=name)
    headers = {"ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=NOT_MODIFIED, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="samrad.ics"'
    content = ics.calendar_file(held, name=name, at=now())
    return HttpResponse(content, content_type=ics.CONTENT_TYPE, headers=headers)


def _myself(request: ActorRequest) -> Person:
    return get_object_or_404(Person, pk=request.actor.person_id)


def _language_of(person: Person) -> str:
    """The person's own language, or that of the country they work in."""
    if person.language:
        return person.language
    latest = Appointment.objects.filter(person=person).order_by("-from_date", "-pk")
    country = latest.values_list("organisation__country", flat=True).first()
    return profile(country).languages[0] if country else settings.LANGUAGE_CODE


def _page(request: ActorRequest, person: Person, url: str = "") -> HttpResponse:
    context = {
        "address": CalendarAddress.objects.filter(person=person).first(),
        "url": url,
        "opens": url.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(request, "wheel/calendar.html", context)
