"""Two steps of every request: find out who asks, then hold the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from samrad.access.gate import ANYONE, Audience
from samrad.access.sources import actor_of
from samrad.kernel.clock import today
from samrad.kernel.verdict import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """`request.actor`: built at first use, from what is true today."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_of(request.user, today())
        )
        return self.get_response(request)


class GateMiddleware:
    """Nobody reaches a view whose audience they do not belong to; refusals become a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        audience: Audience | None = getattr(view, "audience", None)
        if audience is None:
            raise Http404
        if audience is ANYONE or audience.admits(request.actor):
            return None
        if request.actor.is_anonymous:
            return redirect_to_login(request.get_full_path())
        raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "ui/refused.html", {"reason": exception.reason}, status=403)
