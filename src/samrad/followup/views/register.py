"""The register of decisions and tasks, and how old what is open is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.actions import note_reading
from samrad.followup.forms.register import RegisterFilter
from samrad.followup.models import Task
from samrad.followup.queries.ageing import Ages, ages_by_council, ages_by_organisation
from samrad.followup.queries.register import (
    decision_rows,
    decisions_found,
    task_rows,
    tasks_found,
)
from samrad.kernel.clock import now, today
from samrad.ui.pieces import Tab

PER_PAGE = 50


@declare(SIGNED_IN)
@require_GET
def everywhere(request: ActorRequest) -> HttpResponse:
    """Decisions and tasks of every council the reader may see."""
    return _register(request, None)


@declare(SIGNED_IN)
@require_GET
def of_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """A council's decisions and tasks across meetings and years."""
    return _register(request, visible_or_404(Council, request.actor, ref=ref))


def what_in(request: ActorRequest) -> str:
    """Which half of the register is asked for."""
    return "tasks" if request.GET.get("show") == "tasks" else "decisions"


def _register(request: ActorRequest, council: Council | None) -> HttpResponse:
    actor, on, what = request.actor, today(), what_in(request)
    sift = RegisterFilter(request.GET, actor=actor, what=what, only=council)
    wanted = sift.wanted()
    found: Any = (tasks_found if what == "tasks" else decisions_found)(actor, wanted, on)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    things = list(page.object_list)
    rows: Sequence[Any] = (
        task_rows(things, actor) if what == "tasks" else decision_rows(things, actor, on)
    )
    note_reading(*things, by=actor, at=now())
    context = {
        "council": council,
        "page": page,
        "rows": rows,
        "number": page.paginator.count,
        "filter": sift,
        "what": what,
        "tabs": _tabs(request, what),
        "xlsx": _export(request, council, "xlsx"),
        "csv": _export(request, council, "csv"),
        "json": _export(request, council, "json"),
        "reads_tasks": reads_tasks(actor, council),
    }
    return render(request, "followup/register.html", context)


def _tabs(request: ActorRequest, what: str) -> list[Tab]:
    return [
        Tab(_("Decisions"), request.path, is_current=what == "decisions"),
        Tab(_("Tasks"), f"{request.path}?show=tasks", is_current=what == "tasks"),
    ]


def _export(request: ActorRequest, council: Council | None, kind: str) -> str:
    """The address of what the page shows, as a file."""
    url = (
        reverse("followup:export_council", args=[council.ref])
        if council
        else reverse("followup:export")
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["as"] = kind
    return f"{url}?{asked.urlencode()}"


def reads_tasks(actor: Actor, council: Council | None) -> bool:
    """Whether tasks are anything to the reader here: a covering level reads none.

    Nothing is said of them then: "no open tasks" would be a statement, and often a false one.
    """
    if council:
        return actor.holds(Permission.COUNCIL_SEE, in_council=council)
    return bool(actor.seat_ids) or Task.objects.visible_to(actor).exists()


# How old what is open is ----------------------------------------------------------------------


@declare(SIGNED_IN)
@require_GET
def ageing(request: ActorRequest) -> HttpResponse:
    """What is open in every council the reader may see, by who has it and by council."""
    return _ageing(request, None)


@declare(SIGNED_IN)
@require_GET
def ageing_of_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What is open in one council, by who has it."""
    return _ageing(request, visible_or_404(Council, request.actor, ref=ref))


FIRST_ROWS, ROWS_A_PAGE = 25, 100
LISTS = ("organisations", "councils")


def _ageing(request: ActorRequest, council: Council | None) -> HttpResponse:
    """Both lists by their first rows, or one of them (`show`) page by page."""
    actor, on = request.actor, today()
    alone = request.GET.get("show") if request.GET.get("show") in LISTS else None
    page = request.GET.get("page")
    by_organisation = by_council = Bars([])
    if alone != "councils":
        by_organisation = Bars(ages_by_organisation(actor, on, council), alone=bool(alone), at=page)
    if alone != "organisations":
        by_council = Bars(ages_by_council(actor, on, council), alone=bool(alone), at=page)
    context = {
        "council": council,
        "by_organisation": by_organisation,
        "by_council": by_council,
        "reads_tasks": reads_tasks(actor, council),
        "shows_councils": alone or by_council.number > 1 or not by_organisation,
    }
    return render(request, "followup/ageing.html", context)


class Bars:
    """Rows with a bar each, of a hundred: what is open, and the part of it that is overdue.

    The first of them, or with a list `alone` a page of it.
    """

    def __init__(
        self, several: Sequence[Ages], *, alone: bool = False, at: str | None = None
    ) -> None:
        most = max((one.number for one in several), default=1)
        self.number = len(several)
        self.page = Paginator(several, ROWS_A_PAGE).get_page(at) if alone else None
        self.is_cut = not alone and self.number > FIRST_ROWS
        self.rows = [
            (one, round(100 * one.overdue / most), max(round(100 * one.number / most), 1))
            for one in (self.page or several[:FIRST_ROWS])
        ]

    def __bool__(self) -> bool:
        return bool(self.rows)
