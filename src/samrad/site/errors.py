"""Error pages written for a person."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samrad.site.busy import passes_by_itself, unavailable


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing for you: the two are not told apart."""
    return render(request, "ui/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke on our side, or the database is locked or away for a moment."""
    if passes_by_itself(sys.exc_info()[1]):
        return unavailable(request)
    return render(
        request, "ui/500.html", {"request_id": getattr(request, "request_id", "")}, status=500
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The server refuses, for instance a suspicious request."""
    return render(request, "ui/refused.html", {"reason": ""}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be understood; or its session could not be kept just now."""
    if passes_by_itself(exception):
        return unavailable(request)
    return render(request, "ui/400.html", status=400)


def csrf_failed(request: Any, reason: str = "") -> HttpResponse:
    """The form's proof of origin has gone out: mostly an expired session."""
    return render(request, "ui/expired.html", status=403)
