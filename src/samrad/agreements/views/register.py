"""The register of all agreements the reader may see."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.agreements.forms.register import RegisterFilter
from samrad.agreements.queries.register import (
    agreements_found,
    areas_to_choose,
    first_drafts,
    numbers_of,
    rows_of,
)
from samrad.agreements.register_words import STANDINGS, TONES
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.kernel.clock import today
from samrad.profiles.reader import profile

PER_PAGE = 50
FEW = 10


@declare(SIGNED_IN)
@require_GET
def register(request: ActorRequest) -> HttpResponse:
    """Every agreement: which hold, which are late, which are being made anew."""
    actor, on = request.actor, today()
    areas = areas_to_choose(actor, on, _ref(request.GET.get("area", "")))
    countries = sorted({area.country for area in areas})
    sift = RegisterFilter(request.GET, areas=areas, countries=countries)
    sought = sift.sought()
    found = agreements_found(actor, sought, on)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(list(page.object_list), actor, on)
    numbers = numbers_of(actor, sought, on)
    kept = _writes_for(actor)
    context = {
        "kept": kept[0] if len(kept) == 1 else None,
        "reads_in": bool(actor.areas_where(Permission.AGREEMENT_READ_IN)),
        "filter": sift,
        "page": page,
        "number": page.paginator.count,
        "is_sifting": any(request.GET.get(name) for name in sift.fields),
        "rows": [(row, STANDINGS[row.standing], TONES[row.standing]) for row in rows],
        "numbers": [
            (STANDINGS[one], TONES[one], number) for one, number in numbers.items() if number
        ],
        "drafts": first_drafts(actor, sought, on),
    }
    return render(request, "agreements/register.html", context)


def _writes_for(actor: Actor) -> list[Council]:
    """The councils at work whose agreements they write; more than a few are not counted."""
    kept = Council.objects.kept_by(actor).filter(state=CouncilState.ACTIVE)[:FEW]
    return [one for one in kept if profile(one.country).tier(one.tier).rests_on_agreement]


def _ref(asked: str) -> UUID | None:
    """A reference as it stands in an address."""
    try:
        return UUID(asked)
    except ValueError:
        return None
