"""Home, the demo's front door and mailbox, and the pages that machines ask for."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from samrad.access.actor import Actor
from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.followup.attention import waiting_for
from samrad.followup.news import NEWEST, REMEMBERED, Happened, by_council, newest
from samrad.kernel.clock import now, today
from samrad.knowledge.standing_out import what_stands_out_at_home
from samrad.people import demo
from samrad.people.actions.visits import look_in
from samrad.site.demo.mailbox import letters
from samrad.site.first_step import first_step
from samrad.site.front_door import doors
from samrad.site.queries import (
    Standing,
    beginning,
    health_of_installation,
    standings,
    whom_to_ask,
)
from samrad.work.api import heartbeat_age

LETTERS_A_PAGE = 25
NEWS_A_PAGE = 25
NEWS_AT_HOME = NEWEST - 1


@declare(ANYONE)
@never_cache
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """What needs me now; for a visitor of the demo its front door, for others signing in."""
    if not request.actor.is_anonymous:
        return _my_home(request)
    if demo.is_demo(request):
        return render(request, "site/front_door.html", {"doors": doors()})
    return redirect_to_login(request.get_full_path())


@declare(SIGNED_IN)
@require_GET
def news(request: ActorRequest) -> HttpResponse:
    """What has happened in my councils, further back than home shows."""
    since = now() - REMEMBERED
    found: Any = Happened(request.actor, since)
    page = Paginator(found, NEWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "site/news.html", {"page": page, "since": since})


@declare(SIGNED_IN)
@require_GET
def help_page(request: ActorRequest) -> HttpResponse:
    """How to get along here, and whom to ask."""
    return render(request, "site/help.html", {"to_ask": whom_to_ask(request.actor, today())})


def _since_last_time(actor: Actor, at: datetime) -> dict[str, Any]:
    """The newest of what has happened since the last visit; nothing for who is new here."""
    since = look_in(by=actor, at=at)
    if since is None or not actor.councils_where(Permission.COUNCIL_SEE):
        return {}
    found = newest(actor, max(since, at - REMEMBERED))
    return {
        "since": since,
        "news": by_council(found[:NEWS_AT_HOME]),
        "has_more_news": len(found) > NEWS_AT_HOME,
    }


def _my_home(request: ActorRequest) -> HttpResponse:
    actor, at = request.actor, now()
    waiting = waiting_for(actor, today())
    known = standings(actor, at)
    mine, overseen = known.mine, known.overseen
    health = health_of_installation(at) if actor.manages_installation else None
    context: dict[str, Any] = {
        "first": first_step(
            waiting,
            overseen,
            coming := _coming(mine),
            health,
            None if mine or overseen else beginning(actor),
        ),
        "waiting": waiting[1:],
        "mine": mine,
        "coming": coming,
        "calls": actor.councils_where(Permission.AGENDA_SEND),
        "overseen": overseen,
        "are_many": known.are_many,
        "number_overseen": known.number_overseen,
        "wanting": sum(one.wants_a_look for one in overseen),
        "health": health,
        "stands_out": what_stands_out_at_home(actor),
        **_since_last_time(actor, at),
    }
    return render(request, "site/home.html", context)


def _coming(mine: list[Standing]) -> list[Standing]:
    """My councils' next meetings, the nearest first."""
    having = [one for one in mine if one.next]
    return sorted(having, key=lambda one: one.next.starts_at if one.next else one.at)


@declare(ANYONE)
@never_cache
@require_GET
def demo_mailbox(request: ActorRequest) -> HttpResponse:
    """The mails the demo would have sent: everybody's, or those to one person."""
    if not demo.is_demo(request):
        raise Http404
    to = request.GET.get("to", "")
    found = letters(to=to)
    people = {
        part.person.email: part.person.name for group in demo.groups() for part in group.parts
    }
    context = {
        "page": Paginator(found, LETTERS_A_PAGE).get_page(request.GET.get("page")),
        "to": to,
        "people": sorted(people.items(), key=lambda pair: pair[1]),
    }
    return render(request, "site/demo_mailbox.html", context)


@declare(ANYONE)
def alive(request: ActorRequest) -> HttpResponse:
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
    if not settings.METRICS_TOKEN or not _same(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _same(given: str, token: str) -> bool:
    """Compared as bytes: a header may hold letters that text cannot be compared safely with."""
    return hmac.compare_digest(given.encode(), token.encode())
