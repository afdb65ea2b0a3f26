"""The pages about data sets: the list, one with its releases, and whether anybody may read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now
from samrad.knowledge.addresses import ways_of
from samrad.knowledge.arrivals_shown import arriving
from samrad.knowledge.data_sets import data_sets, has_recipe, indicators_of, releases_of
from samrad.knowledge.models import DataSet
from samrad.knowledge.permissions import may_publish, may_take_in, may_take_in_of
from samrad.knowledge.publishing import publish_data_set, withdraw_data_set
from samrad.trail.api import history_of


@declare(SIGNED_IN)
def list_data_sets(request: ActorRequest) -> HttpResponse:
    """Where figures are from, and how fresh they are."""
    return render(
        request, "knowledge/data_sets.html",
        {
            "listed": data_sets(request.actor), "may_take_in": may_take_in(request.actor),
            "arriving": arriving(request.actor),
        },
    )  # fmt: skip


@declare(SIGNED_IN)
def show_data_set(request: ActorRequest, ref: str) -> HttpResponse:
    """One data set: its source, its releases and what each changed."""
    data_set = visible_or_404(DataSet, request.actor, ref=ref)
    releases = releases_of(data_set)
    return render(
        request, "knowledge/data_set.html",
        {
            "data_set": data_set, "releases": releases, "indicators": indicators_of(data_set),
            "may_publish": may_publish(request.actor), "has_recipe": has_recipe(data_set),
            "may_take_in": may_take_in_of(request.actor, data_set.country),
            "history": history_of(data_set),
            "ways": ways_of(data_set, request.actor),
        },
    )  # fmt: skip


@declare(SIGNED_IN)
@require_POST
def publish(request: ActorRequest, ref: str) -> HttpResponse:
    """Let anybody read it."""
    data_set = visible_or_404(DataSet, request.actor, ref=ref)
    publish_data_set(data_set=data_set, by=request.actor, at=now())
    messages.success(
        request, _("Anybody may read it as soon as what must be held back has been worked out.")
    )
    return redirect("knowledge:data_set", ref=data_set.ref)


@declare(SIGNED_IN)
@require_POST
def withdraw(request: ActorRequest, ref: str) -> HttpResponse:
    """From now on only those who are signed in read it."""
    data_set = visible_or_404(DataSet, request.actor, ref=ref)
    withdraw_data_set(data_set=data_set, by=request.actor, at=now())
    messages.success(request, _("Only those who are signed in read it now."))
    return redirect("knowledge:data_set", ref=data_set.ref)
