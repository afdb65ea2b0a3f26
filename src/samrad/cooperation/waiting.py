"""What waits for those who keep councils: final reports that are due, decisions put off until now.

Home's list belongs to an app above, which asks here.
"""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Consideration, Council, CouncilQuerySet
from samrad.cooperation.queries import REPORT_AHEAD
from samrad.cooperation.rules import CouncilState


def bodies_due(actor: Actor, on: date) -> CouncilQuerySet | None:
    """Bodies the actor keeps, or would set up, that want something by now; None asks nothing.

    A group set up for a time that is near or past its end and has no report; a body not set up
    that was to be looked at again. `due_date` is the day the one ends, or was to be looked at.
    """
    if not keeps_any(actor):
        return None
    latest = Consideration.objects.filter(council=OuterRef("pk")).order_by("-pk")
    report = Q(
        state__in=[CouncilState.ACTIVE, CouncilState.RESTING],
        planned_end_date__lte=on + REPORT_AHEAD,
        final_report=None,
    )
    review = Q(state=CouncilState.CONSIDERED, review_date__lte=on)
    return (
        _kept(actor)
        .annotate(review_date=Subquery(latest.values("review_date")[:1]))
        .filter(report | review)
        .annotate(due_date=Coalesce("planned_end_date", "review_date"))
        .order_by("due_date", "pk")
    )


def _kept(actor: Actor) -> CouncilQuerySet:
    """Those the actor keeps, and those not set up below one of them."""
    below = Council.objects.filter(parent__in=actor.councils_where(Permission.COUNCIL_MANAGE))
    return Council.objects.kept_by(actor) | below.filter(state=CouncilState.CONSIDERED)


def keeps_any(actor: Actor) -> bool:
    """Whether the actor keeps a council or could set one up."""
    return actor.holds_anywhere(Permission.COUNCIL_MANAGE) or actor.holds_anywhere(
        Permission.COUNCIL_SET_UP
    )


def keeps_several(actor: Actor) -> bool:
    """Whether the actor keeps more than one council, or an area of them: a cockpit serves then."""
    kept = actor.councils_where(Permission.COUNCIL_MANAGE)
    return len(kept) > 1 or actor.holds_anywhere(Permission.COUNCIL_SET_UP)
