"""What the views of councils share: the council somebody keeps, and the page with one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import ContactPoint, Council, Representation
from samrad.cooperation.permissions import may_manage_council
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.documents.api import note_answers
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import now
from samrad.kernel.verdict import Refused

Paged = Council | ContactPoint | Representation
FORM = require_http_methods(["GET", "POST"])


def managed(request: ActorRequest, ref: UUID) -> Council:
    """The council, for somebody who keeps it; others are refused in words."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_manage_council(request.actor, found).enforce()
    return found


def form_page(
    request: ActorRequest,
    found: Council,
    form: GuardedForm,
    title: str,
    *,
    template: str = "cooperation/form.html",
    **more: Any,
) -> HttpResponse:
    """One form about a council; what it refuses is shown again with every answer kept."""
    context = {"council": found, "form": form, "title": title, **more}
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)


def saved(
    request: ActorRequest,
    form: GuardedForm,
    act: Callable[[], Council | ContactPoint | Representation],
    told: str,
) -> HttpResponse | None:
    """Do what a valid form asks for and go to what came of it; nothing when it was refused.

    A rule that says no does so on the form, so that nothing of what was written is lost.
    """
    try:
        with transaction.atomic():
            made = act()
            note_answers(form.number_answers, about=made, by=request.actor, at=now())
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return None
    messages.success(request, told)
    return redirect(made)
