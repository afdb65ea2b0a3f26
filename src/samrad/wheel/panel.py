"""The way from a council's page to its year wheel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.rules import CouncilState
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import today


def on_council_page(
    council: Council, _actor: Actor, _seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """A way there, which asks the database nothing; nothing goes round in one that has ended."""
    if council.state == CouncilState.ENDED:
        return
    context = {"council": council, "year": str(today(council.zone).year)}
    yield Panel("wheel/panel.html", order=20, context=context)
