"""The structure under a council, drawn and as a table; and the cockpit over all one keeps."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.cockpit import cockpit_of
from samrad.cooperation.permissions import may_set_up_below
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.cooperation.structure import reports_below, structure_of
from samrad.kernel.clock import now, today
from samrad.ui.pieces import Tab

TABLE = "table"
PER_PAGE = 100


@declare(SIGNED_IN)
@require_GET
def structure(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The bodies below a council, each with its purpose, lead and state."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    as_table, ended = request.GET.get("as") == TABLE, request.GET.get("ended") == "1"
    day = today(found.zone)
    body = structure_of(found, request.actor, day, with_ended=ended)
    more = "&ended=1" if ended else ""
    context = {
        "council": found,
        "body": body,
        "day": day,
        "as_table": as_table,
        "with_ended": ended,
        "tabs": [
            Tab(_("Chart"), f"?as=chart{more}", is_current=not as_table),
            Tab(_("Table"), f"?as={TABLE}{more}", is_current=as_table),
        ],
        "reports": reports_below(found, request.actor),
        "may_add": bool(may_set_up_below(request.actor, found)),
        "back": f"?as=chart{more}",
        "sheet_url": f"?as=chart{more}&print=1",
    }
    if request.GET.get("print") == "1":
        return render(request, "cooperation/structure_sheet.html", context)
    return render(request, "cooperation/structure.html", context)


@declare(Permission.COUNCIL_SET_UP, Permission.COUNCIL_MANAGE)
@require_GET
def cockpit(request: ActorRequest) -> HttpResponse:
    """All councils I keep on one screen, those that need something first."""
    whole = cockpit_of(request.actor, now())
    page = Paginator(whole.rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cooperation/cockpit.html", {"cockpit": whole, "page": page})
