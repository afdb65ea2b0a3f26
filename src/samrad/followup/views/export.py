"""The register as a file: exactly what its page shows the reader, every page of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.documents.tables import csv_response, json_response, xlsx_response
from samrad.documents.words import CLASSIFICATIONS
from samrad.followup.actions import note_export
from samrad.followup.forms.register import RegisterFilter
from samrad.followup.queries.register import (
    decision_rows,
    decisions_found,
    task_rows,
    tasks_found,
)
from samrad.followup.views.register import reads_tasks, what_in
from samrad.kernel.clock import now, today
from samrad.post.api import absolute_url

AT_ONCE = 500  # things whose tasks are asked for together
Thing = TypeVar("Thing")
Column = tuple[str, str | Promise, Callable[[Any], Any]]


def _readers(thing: Any) -> str:
    return str(CLASSIFICATIONS[Classification(thing.classification)])


DECISIONS: list[Column] = [
    ("council", gettext_lazy("Council"), lambda row: row.decision.council.name),
    ("decision", gettext_lazy("Decision"), lambda row: row.decision.text),
    ("decided", gettext_lazy("Decided"), lambda row: row.decision.decided_date),
    ("item", gettext_lazy("Item"), lambda row: row.decision.source_label),
    ("state", gettext_lazy("State"), lambda row: row.decision.state_name),
    ("why", gettext_lazy("In a sentence"), lambda row: row.decision.closed_reason),
    ("open_tasks", gettext_lazy("Open tasks"), lambda row: len(row.tasks)),
    ("responsible", gettext_lazy("Responsible"), lambda row: row.responsible),
    ("next_deadline", gettext_lazy("Next deadline"), lambda row: row.next_deadline),
    ("overdue", gettext_lazy("Past the deadline"), lambda row: row.is_overdue),
    ("times_back", gettext_lazy("Times back on an agenda"), lambda row: row.times_back),
    ("readers", gettext_lazy("Who may read it"), lambda row: _readers(row.decision)),
    ("address", gettext_lazy("Address"), lambda row: _address(row.decision)),
]
ABOUT_TASKS = {"open_tasks", "responsible", "next_deadline", "overdue"}
TASKS: list[Column] = [
    ("council", gettext_lazy("Council"), lambda row: row.task.council.name),
    ("task", gettext_lazy("Task"), lambda row: row.task.title),
    ("responsible", gettext_lazy("Responsible"), lambda row: row.task.responsible_name),
    ("given", gettext_lazy("Given"), lambda row: row.task.given_date),
    ("deadline", gettext_lazy("Deadline"), lambda row: row.task.deadline_date),
    ("state", gettext_lazy("State"), lambda row: row.task.state_name),
    ("outcome", gettext_lazy("What came of it"), lambda row: row.task.outcome),
    ("postponements", gettext_lazy("Times put off"), lambda row: row.task.postponements),
    ("times_back", gettext_lazy("Times back on an agenda"), lambda row: row.times_back),
    ("readers", gettext_lazy("Who may read it"), lambda row: _readers(row.task)),
    ("address", gettext_lazy("Address"), lambda row: _address(row.task)),
]


def _address(thing: Any) -> str:
    return absolute_url(thing.get_absolute_url())


@declare(SIGNED_IN)
@require_GET
def export(request: ActorRequest) -> HttpResponse:
    """The register of all councils."""
    return _file(request, None)


@declare(SIGNED_IN)
@require_GET
def export_council(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The register of one council."""
    return _file(request, visible_or_404(Council, request.actor, ref=ref))


def _file(request: ActorRequest, council: Council | None) -> HttpResponse:
    actor, what = request.actor, what_in(request)
    sift = RegisterFilter(request.GET, actor=actor, what=what, only=council)
    things, rows = _found(actor, what, sift)
    note_export(things=things, by=actor, at=now())
    columns = TASKS if what == "tasks" else _of_decisions(reads_tasks(actor, council))
    values = [{key: value(row) for key, _head, value in columns} for row in rows]
    name = f"{_('Tasks') if what == 'tasks' else _('Decisions')} {today().isoformat()}"
    if request.GET.get("as") == "json":
        return json_response(name, values)
    heads = [str(head) for _key, head, _value in columns]
    if request.GET.get("as") == "xlsx":
        return xlsx_response(name, heads, values)
    return csv_response(name, heads, values)


def _of_decisions(reads: bool) -> list[Column]:
    """Columns about tasks are for those who read tasks."""
    return [one for one in DECISIONS if reads or one[0] not in ABOUT_TASKS]


def _found(actor: Actor, what: str, sift: RegisterFilter) -> tuple[list[Any], list[Any]]:
    """Everything the filter finds, and its rows, in few queries for each five hundred."""
    on, wanted = today(), sift.wanted()
    if what == "tasks":
        tasks = list(tasks_found(actor, wanted, on))
        return tasks, [row for part in _parts(tasks) for row in task_rows(part, actor)]
    decisions = list(decisions_found(actor, wanted, on))
    return decisions, [row for part in _parts(decisions) for row in decision_rows(part, actor, on)]


def _parts(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
