"""Theme days on a council's page: those to come and the latest one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrad.access.actor import Actor
from samrad.access.shapes import Number
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.seats import FilledSeat
from samrad.gatherings.permissions import may_arrange
from samrad.gatherings.queries import newest_seen
from samrad.gatherings.words import heading

SHOWN = Number(2)


def on_council_page(
    council: Council, actor: Actor, seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """One query, and nothing at all for who has no seat or has nothing to see or arrange."""
    if not actor.holds(Permission.COUNCIL_SEE, in_council=council):
        return
    days = newest_seen(council.pk, actor, SHOWN)
    may = bool(may_arrange(actor, council))
    if days or may:
        context = {"council": council, "days": days, "may": may, "heading": heading(council)}
        yield Panel("gatherings/panel.html", order=60, context=context)
