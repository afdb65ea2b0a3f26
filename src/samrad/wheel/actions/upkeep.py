"""What wheels see to by themselves: activities that are new, and plans that were made before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.kernel.clock import day_of
from samrad.meetings.api import planned_enough
from samrad.wheel.actions.wheel import tick_off_plan
from samrad.wheel.models import Occasion, Wheel
from samrad.wheel.profile import MEETING_PLANS, activities_for, activities_of
from samrad.wheel.queries.late import years_told


@transaction.atomic
def note_new_activities(*, on: date) -> None:
    """What a version of the country's wheel has brought is there from today."""
    for wheel in Wheel.objects.select_for_update(of=("self",)).select_related("council"):
        there = {one.code for one in activities_of(wheel.council.country)}
        new = there - set(wheel.known_since)
        if new:
            since = on if wheel.known_since else wheel.from_date
            wheel.known_since |= dict.fromkeys(sorted(new), since.isoformat())
            wheel.save(update_fields=["known_since"])


def tick_off_plans_made(*, at: datetime) -> None:
    """A year that was planned before its wheel asked for it is ticked off, if nobody touched it.

    What somebody has taken up again, left out or begun stays as they said.
    """
    wheels = Wheel.objects.filter(council__state=CouncilState.ACTIVE).select_related("council")
    asked = [one.council for one in wheels.order_by("council") if _is_asked(one.council)]
    for year in sorted(years_told(day_of(at))):
        noted = Occasion.objects.filter(code__in=MEETING_PLANS, year=year, council__in=asked)
        touched = set(noted.values_list("council", flat=True))
        left = [one for one in asked if one.pk not in touched]
        enough = planned_enough(left, year + 1, day_of(at))
        for council in left:
            if council.pk in enough:
                tick_off_plan(council=council, year=year + 1, by=SYSTEM, at=at)


def _is_asked(council: Council) -> bool:
    return any(one.code in MEETING_PLANS for one in activities_for(council.country, council.tier))
