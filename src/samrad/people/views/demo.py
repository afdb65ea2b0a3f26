"""Choosing whom to be, in a demo."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samrad.access.gate import ANYONE, declare
from samrad.access.requests import ActorRequest
from samrad.people import demo
from samrad.people.models import DemoPerson

BACKEND = "samrad.people.backends.AccountBackend"


@declare(ANYONE)
@never_cache
def choose(request: ActorRequest) -> HttpResponse:
    """Everybody there is to be, by council."""
    if not demo.is_demo(request):
        raise Http404
    return render(request, "people/demo.html", {"groups": demo.groups()})


@declare(ANYONE)
@require_POST
def become(request: ActorRequest, ref: str) -> HttpResponse:
    """Be this person from now on."""
    if not demo.is_demo(request):
        raise Http404
    row = get_object_or_404(DemoPerson.objects.select_related("person__user"), person__ref=ref)
    logout(request)
    login(request, demo.account_of(row), backend=BACKEND)
    return redirect("home")
