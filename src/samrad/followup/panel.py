"""What a council has decided and not finished, on the council's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.rules import CouncilState
from samrad.cooperation.seats import FilledSeat
from samrad.followup.models import Decision, Task

SHOWN = 5


def on_council_page(
    council: Council, actor: Actor, _seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """The decisions being followed up and the tasks that are nearest, as the reader may see."""
    decisions, tasks = _unfinished(council.pk, actor), _open(council.pk, actor)
    if council.state == CouncilState.ENDED and not (decisions or tasks):
        return  # no meeting is to come that could decide anything
    context = {"council": council, "decisions": decisions, "tasks": tasks}
    yield Panel("followup/panel.html", order=30, context=context)


@prepared
def _unfinished(council: int, actor: Actor) -> QuerySet[Decision]:
    return Decision.objects.visible_to(actor).unfinished().filter(council=council)[:SHOWN]


@prepared
def _open(council: int, actor: Actor) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(actor).given().open().filter(council=council)
    with_all = tasks.select_related("council", "responsible_person", "responsible_organisation")
    return with_all[:SHOWN]
