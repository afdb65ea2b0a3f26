"""Home, and the pages that machines ask for."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.followup.attention import waiting_for
from samrad.kernel.clock import now, today
from samrad.site.queries import coming_meetings
from samrad.work.api import heartbeat_age

SHOWN = 12


@declare(SIGNED_IN)
def home(request: ActorRequest) -> HttpResponse:
    """What needs me now, and the councils I belong to or watch over."""
    actor = request.actor
    councils = list(Council.objects.entered_by(actor).active())
    overseen = Council.objects.overseen_by(actor).active()
    context = {
        "waiting": waiting_for(actor, today()),
        "councils": councils,
        "coming": coming_meetings(actor)[:5],
        "overseen": overseen.exclude(pk__in=[one.pk for one in councils])[:SHOWN],
    }
    return render(request, "site/home.html", context)


@declare(ANYONE)
def health(request: ActorRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@declare(ANYONE)
def ready(request: ActorRequest) -> HttpResponse:
    """The database answers: ready for people. How long ago a worker was alive is told beside it."""
    age = heartbeat_age(now())
    return JsonResponse({"status": "ready", "worker_heartbeat_seconds": age})


@declare(ANYONE)
def metrics(request: ActorRequest) -> HttpResponse:
    """Figures, for whoever holds the token; without a token the page is not there."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
