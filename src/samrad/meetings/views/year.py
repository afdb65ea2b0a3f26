"""Planning a year: one council's, or that of every council somebody plans for, in one act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.meetings import planned
from samrad.meetings.actions.planning import plan_years
from samrad.meetings.forms.year import Years
from samrad.meetings.models import Meeting
from samrad.meetings.permissions import may_plan_meetings
from samrad.meetings.queries.heard import unheard
from samrad.meetings.queries.planning import councils_to_plan, year_to_plan
from samrad.meetings.queries.plans import latest_plan
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR, falls_short
from samrad.meetings.views.found import council_or_404

AT_ONCE = 20  # councils on one page
PLAN, LOOK = "plan", "look"


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say how many and when; look over the days proposed; plan them all in one act."""
    council = council_or_404(request, ref)
    may_plan_meetings(request.actor, council).enforce()
    years = Years([council], request.actor, _year_asked(request, council))
    if request.method == "POST":
        return _sent_in(request, years, "meetings/plan.html", {"council": council})
    years.ask(request.GET)
    years.propose()
    return _page(request, years, "meetings/plan.html", {"council": council})


@declare(Permission.MEETING_PLAN, Permission.COUNCIL_SET_UP)
@require_http_methods(["GET", "POST"])
def plan_together(request: ActorRequest) -> HttpResponse:
    """The year of all the councils somebody plans for, looked over and planned in one press."""
    page = Paginator(councils_to_plan(request.actor), AT_ONCE).get_page(request.GET.get("page"))
    context = {"page": page, "together": True}
    years = Years(list(page.object_list), request.actor, _year_asked(request))
    if request.method == "POST":
        return _sent_in(request, years, "meetings/plan_together.html", context)
    years.ask(request.GET, together=True)
    years.propose(together=True)
    return _page(request, years, "meetings/plan_together.html", context)


def _year_asked(request: ActorRequest, council: Council | None = None) -> int:
    given = whole_number((request.POST or request.GET).get("year", ""))
    day = today(council.zone) if council else today()
    return given if FIRST_YEAR <= given <= LAST_YEAR else year_to_plan(day)


def _sent_in(
    request: ActorRequest, years: Years, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Look at it again, shift a day, or plan; clashes that were not shown are shown first."""
    together = bool(context.get("together"))
    asked = request.POST.get("do", PLAN)
    posted: QueryDict = request.POST
    if asked not in {PLAN, LOOK}:
        posted = years.shifted(posted, asked)
    years.ask(QueryDict(), together=together)
    years.read(posted, together=together)
    if asked != PLAN:
        return _page(request, years, template, context)
    if years.is_valid and years.hard_clashes == request.POST.get("clashes", ""):
        return _planned(request, years, together=together)
    new = years.is_valid and bool(years.hard_clashes)
    return _page(request, years, template, {**context, "new_clashes": new}, status=422)


def _planned(request: ActorRequest, years: Years, *, together: bool) -> HttpResponse:
    made = _plan(years, request.actor)
    told = ngettext("%(n)s meeting is planned.", "%(n)s meetings are planned.", len(made))
    messages.success(request, told % {"n": len(made)})
    if made:
        messages.info(request, _("Nobody is called yet: sending the agenda calls to a meeting."))
    if any(one.kept and not _keeps(request.actor, one.council) for one in years.each):
        messages.info(request, _("Those who keep these councils get a mail with their meetings."))
    silent = _unheard(request.actor, [one.council for one in years.each if one.kept])
    if silent:
        names = ", ".join(one.name for one in silent)
        messages.warning(request, _("Nobody was told in: %(names)s.") % {"names": names})
    if together:
        return redirect(f"{reverse('meetings:plan_together')}?year={years.year}#s-status")
    url = reverse("meetings:council", args=[years.councils[0].ref])
    return redirect(f"{url}?year={_first_year(made, years)}#s-status")


def _keeps(actor: Actor, council: Council) -> bool:
    return actor.holds(Permission.MEETING_PLAN, in_council=council.pk)


def _unheard(actor: Actor, councils: list[Council]) -> list[Council]:
    return unheard(councils, actor, today())


def _first_year(made: list[Meeting], years: Years) -> int:
    return made[0].starts_at.year if made else years.year


@transaction.atomic
def _plan(years: Years, by: Actor) -> list[Meeting]:
    at = now()
    made = plan_years(
        plans=[(one.council, one.meetings) for one in years.each if one.kept], by=by, at=at
    )
    for one in years.each:
        if one.kept and not falls_short(one.planned + len(one.kept), [one.required]):
            planned.tell(one.council, years.year, by=by, at=at)
    rows = [row for one in years.each for row in one.kept]
    for row, meeting in zip(rows, made, strict=True):
        note_answers(row.number_answers, about=meeting, by=by, at=at)
    return made


def _page(
    request: ActorRequest,
    years: Years,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    this_year = today().year
    full = {
        **context,
        "years": years,
        "year": years.year,
        "one": years.each[0] if len(years.each) == 1 else None,
        "unheard": _unheard(request.actor, [one.council for one in years.each]),
        "choices": range(this_year, this_year + 3),
        "latest_plan": latest_plan((row for one in years.each for row in one.existing), now()),
    }
    return render(request, template, full, status=status)
