"""The pages about addresses where it happens again: read by few, recorded each time, kept nowhere.

There is no file of them, no search in them and no mail about them; no browser and nothing between
keeps a page of them (docs/adr/0030).
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now, today
from samrad.knowledge.address_actions import (
    mark_address,
    record_address_read,
    record_list_read,
)
from samrad.knowledge.addresses import (
    AddressTold,
    addresses_on,
    lists_read_by,
    months_of,
    what_counts,
)
from samrad.knowledge.forms import MarkAddress
from samrad.knowledge.incident_models import AddressList, RepeatAddress
from samrad.knowledge.rules.repeats import FEWEST_TOLD, KEPT_DAYS, AddressState
from samrad.trail.api import history_of

PAGE_LENGTH = 50


@declare(Permission.ADDRESSES_SEE)
@never_cache
@require_GET
def list_lists(request: ActorRequest) -> HttpResponse:
    """The police districts whose addresses one reads; how many there are is on the list itself."""
    context = {"lists": lists_read_by(request.actor)}
    return render(request, "knowledge/address_lists.html", context)


@declare(Permission.ADDRESSES_SEE)
@never_cache
@require_GET
def show_list(request: ActorRequest, ref: str) -> HttpResponse:
    """The addresses of one district that have come up and are still kept."""
    rows = AddressList.objects.select_related("data_set", "police")
    addresses = visible_or_404(rows, request.actor, ref=ref)
    found = addresses_on(addresses, request.actor)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    record_list_read(addresses=addresses, shown=len(page), by=request.actor, at=now())
    context = {
        "addresses": addresses, "page": page, "told": [AddressTold(one) for one in page],
        "months": months_of(addresses, on=today()), "history": history_of(addresses, limit=20),
        "kept_days": KEPT_DAYS, "fewest": FEWEST_TOLD, "counts": what_counts(addresses),
    }  # fmt: skip
    return render(request, "knowledge/addresses.html", context)


@declare(Permission.ADDRESSES_SEE)
@never_cache
@require_GET
def show_address(request: ActorRequest, ref: str) -> HttpResponse:
    """When and what happened at one address, and what the police have done about it."""
    address = _address(request, ref)
    record_address_read(address=address, by=request.actor, at=now())
    context = {"told": AddressTold(address), "address": address, "history": history_of(address)}
    return render(request, "knowledge/address.html", context)


@declare(Permission.ADDRESSES_SEE)
@require_POST
def mark(request: ActorRequest, ref: str) -> HttpResponse:
    """Say what has been done about it."""
    address, form = _address(request, ref), MarkAddress(request.POST)
    if form.is_valid():
        state = AddressState(form.cleaned_data["state"])
        mark_address(address=address, state=state, by=request.actor, at=now())
        messages.success(request, _("It is marked."))
    else:
        messages.error(request, _("Choose what has been done about the address."))
    return redirect("knowledge:address", ref=address.ref)


def _address(request: ActorRequest, ref: str) -> RepeatAddress:
    rows = RepeatAddress.objects.select_related("address_list__data_set", "address_list__police")
    return visible_or_404(rows, request.actor, ref=ref)
