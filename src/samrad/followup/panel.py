"""What a council has decided and not finished, on the council's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.seats import FilledSeat
from samrad.followup.models import Decision, Task

SHOWN = 5


def on_council_page(
    council: Council, actor: Actor, _seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """The decisions being followed up and the tasks that are nearest, as the reader may see."""
    decisions = Decision.objects.visible_to(actor).unfinished().filter(council=council)
    tasks = (
        Task.objects.visible_to(actor)
        .given()
        .open()
        .filter(council=council)
        .select_related("council", "responsible_person", "responsible_organisation")
    )
    context = {
        "council": council,
        "decisions": list(decisions[:SHOWN]),
        "tasks": list(tasks[:SHOWN]),
    }
    yield Panel("followup/panel.html", order=30, context=context)
