"""What waits for those who keep councils: final reports that are due, decisions put off until now.

Home's list belongs to an app above, which asks here.
"""

from __future__ import annotations

from datetime import date

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.cooperation.models import Consideration, Council
from samrad.cooperation.queries import REPORT_AHEAD
from samrad.cooperation.rules import CouncilState
from samrad.kernel.clock import today

SHOWN = 20


def reports_due(actor: Actor, on: date) -> list[Council]:
    """Groups set up for a time that the actor keeps, near or past their end, without a report."""
    if not keeps_any(actor):
        return []
    due = Council.objects.kept_by(actor).filter(
        state__in=[CouncilState.ACTIVE, CouncilState.RESTING],
        planned_end_date__lte=on + REPORT_AHEAD,
        final_report=None,
    )
    return list(due.order_by("planned_end_date", "pk")[:SHOWN])


def reviews_due(actor: Actor, on: date) -> list[Consideration]:
    """Bodies not set up that the actor would set up, and that want another look by now."""
    if not keeps_any(actor):
        return []
    areas = Area.objects.covered_by(actor.areas_where(Permission.COUNCIL_SET_UP), on=today())
    kept = actor.councils_where(Permission.COUNCIL_MANAGE)
    due = Consideration.objects.current().due_by(on)
    mine = due.filter(council__area__in=areas.values("pk")) | due.filter(council__parent__in=kept)
    return list(mine.select_related("council__parent").order_by("review_date", "pk")[:SHOWN])


def keeps_any(actor: Actor) -> bool:
    """Whether the actor keeps a council or could set one up."""
    return actor.holds_anywhere(Permission.COUNCIL_MANAGE) or actor.holds_anywhere(
        Permission.COUNCIL_SET_UP
    )


def keeps_several(actor: Actor) -> bool:
    """Whether the actor keeps more than one council, or an area of them: a cockpit serves then."""
    kept = actor.councils_where(Permission.COUNCIL_MANAGE)
    return len(kept) > 1 or actor.holds_anywhere(Permission.COUNCIL_SET_UP)
