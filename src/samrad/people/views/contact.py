"""Whom a municipality calls at the police, now."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.kernel.clock import now, today
from samrad.people.actions.roles import set_contact_chain
from samrad.people.forms.people import ChainForm
from samrad.people.models import Organisation
from samrad.people.permissions import may_see_contact, may_set_contact_chain
from samrad.people.queries.contact import who_to_call_now
from samrad.people.queries.directory import police_units
from samrad.ui.keeping import saved


@declare(SIGNED_IN)
def contact(request: ActorRequest, ref: str) -> HttpResponse:
    """Who answers today, for whom they stand in, and who leads the police there."""
    area = _area(request, ref)
    context = {
        "area": area,
        "contact": who_to_call_now(area, today()),
        "may_set": may_set_contact_chain(request.actor, area),
    }
    return render(request, "people/contact.html", context)


@declare(SIGNED_IN)
def set_contact(request: ActorRequest, ref: str) -> HttpResponse:
    """Choose the police unit whose roles form the chain."""
    area = _area(request, ref)
    may_set_contact_chain(request.actor, area).enforce()
    form = ChainForm(police_units(area, today()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit: Organisation = form.cleaned_data["unit"]
        set_contact_chain(area=area, organisation=unit, by=request.actor, at=now())
        saved(request, _("It is recorded whom the municipality calls."))
        return redirect("people:contact", area.ref)
    return render(request, "people/set_contact.html", {"area": area, "form": form})


def _area(request: ActorRequest, ref: str) -> Area:
    """Only those who work there learn whom to call; to others the page is not there."""
    area = visible_or_404(Area, request.actor, ref=ref)
    if not may_see_contact(request.actor, area):
        raise Http404
    return area
