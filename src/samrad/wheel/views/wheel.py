"""The wheel of a year, and taking it into use."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR
from samrad.ui.pieces import Tab
from samrad.wheel.actions.wheel import start_wheel
from samrad.wheel.permissions import may_keep_wheel
from samrad.wheel.queries.sheet import sheet_of


@declare(SIGNED_IN)
@require_GET
def wheel(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The year as a wheel, with the same beside it month by month."""
    council = visible_or_404(Council, request.actor, ref=ref)
    this_year = today(council.zone).year
    asked = whole_number(request.GET.get("year", ""))
    year = asked if FIRST_YEAR < asked < LAST_YEAR else this_year
    url = reverse("wheel:wheel", args=[council.ref])
    context = {
        "council": council,
        "sheet": sheet_of(council, request.actor, year),
        "tabs": [Tab(str(y), f"{url}?year={y}", y == year) for y in range(year - 1, year + 2)],
        "keeps": bool(may_keep_wheel(request.actor, council)),
        "year_text": str(year),
        "sheet_url": f"{url}?year={year}&print=1",
    }
    as_sheet = request.GET.get("print") == "1"
    return render(request, f"wheel/{'sheet' if as_sheet else 'wheel'}.html", context)


@declare(SIGNED_IN)
@require_POST
def start(request: ActorRequest, ref: UUID) -> HttpResponse:
    """From now on what is late is told."""
    council = visible_or_404(Council, request.actor, ref=ref)
    start_wheel(council=council, by=request.actor, at=now())
    messages.success(request, _("The year wheel is in use."))
    return redirect("wheel:wheel", council.ref)
