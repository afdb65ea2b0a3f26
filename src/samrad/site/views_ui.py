"""The reader's language and appearance, and the page that shows every component."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import ANYONE, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now
from samrad.people.api import choose_language
from samrad.people.models import Person
from samrad.site import style_samples
from samrad.ui.schemes import COOKIE as SCHEME_COOKIE
from samrad.ui.schemes import Scheme

A_YEAR = 60 * 60 * 24 * 365


@declare(ANYONE)
@require_GET
def style(request: ActorRequest) -> HttpResponse:
    """Every component with realistic content, in the reader's scheme and in both."""
    return render(request, "site/style.html", style_samples.everything(request.GET.get("page")))


@declare(ANYONE)
@require_POST
def language(request: ActorRequest) -> HttpResponse:
    """Remember which language the reader wants: in the browser, and for the person."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        _keep_for(request, chosen)
    return response


def _keep_for(request: ActorRequest, chosen: str) -> None:
    """Whoever has signed in is written to in that language as well, and meets it elsewhere."""
    person = Person.objects.filter(pk=request.actor.person_id or 0).first()
    if person is not None:
        choose_language(person=person, language=chosen, by=request.actor, at=now())


@declare(ANYONE)
@require_POST
def scheme(request: ActorRequest) -> HttpResponse:
    """Remember whether the reader wants light, dark, or what their device says."""
    response = _back(request)
    chosen = request.POST.get("scheme", "")
    if chosen in set(Scheme):
        _remember(response, SCHEME_COOKIE, chosen)
    return response


def _back(request: ActorRequest) -> HttpResponse:
    """To where the reader was, never to another place on the net."""
    there = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(there if ours else "/")


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie,
        value,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
