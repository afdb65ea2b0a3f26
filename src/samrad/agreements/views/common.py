"""What the views of drafts share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.agreements.models import Draft, Party
from samrad.cooperation.models import Agreement
from samrad.documents.forms import GuardedForm

FORM = require_http_methods(["GET", "POST"])
REFUSED = 422
DRAFTS = Draft.objects.select_related(
    "council__area", "agreement", "amends", "revises", "template__area"
)


def draft_or_404(request: ActorRequest, ref: UUID) -> Draft:
    """A draft that the reader may see."""
    return visible_or_404(DRAFTS, request.actor, ref=ref)


def made_or_404(request: ActorRequest, ref: UUID) -> Draft:
    """One whose comments and history the reader may see too."""
    return visible_or_404(
        DRAFTS.filter(pk__in=Draft.objects.made_by(request.actor).values("pk")), request.actor,
        ref=ref,
    )  # fmt: skip


PARTY_WITH = ("organisation", "draft__council__area", "draft__amends")


def party_or_404(request: ActorRequest, ref: UUID) -> Party:
    """A party of a draft that the reader may see."""
    parties = Party.objects.select_related(*PARTY_WITH)
    found: Party = visible_or_404(parties, request.actor, ref=ref)
    return found


def party_ever_or_404(request: ActorRequest, ref: UUID) -> Party:
    """The same of one that may have been left out since it signed."""
    seen = Party.ever.visible_to(request.actor).select_related(*PARTY_WITH)
    found: Party = get_object_or_404(seen, ref=ref)
    return found


def agreement_or_404(request: ActorRequest, ref: UUID) -> Agreement:
    """An agreement that the reader may see."""
    return visible_or_404(Agreement.objects.select_related("council__area"), request.actor, ref=ref)


def posted(request: ActorRequest) -> Any:
    """What was sent, if anything was."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: ActorRequest, form: GuardedForm, title: str, *, back: Any, **more: Any
) -> HttpResponse:
    """One form about a draft or an agreement; what it refuses is shown with every answer kept."""
    context = {
        "form": form, "title": title, "back": back, "council": back.council, **more,
    }  # fmt: skip
    status = REFUSED if form.is_bound else 200
    return render(request, more.get("template", "agreements/form.html"), context, status=status)
