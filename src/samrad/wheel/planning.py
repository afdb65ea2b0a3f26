"""A year's meetings are planned, or taken back: what the wheel asks for in that matter follows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.meetings.models import Meeting
from samrad.wheel.actions.wheel import take_up_plan_again, tick_off_plan
from samrad.wheel.models import Occasion


def year_is_planned(council: Council, year: int, by: Actor, at: datetime) -> None:
    """Said by meetings, in the transaction that plans them."""
    tick_off_plan(council=council, year=year, by=by, at=at)


def plan_is_taken_back(council: Council, year: int, by: Actor, at: datetime) -> None:
    """Said by meetings, in the transaction that takes them back."""
    take_up_plan_again(council=council, year=year, by=by, at=at)


def led_to(refs: Collection[UUID]) -> Collection[UUID]:
    """Those of the meetings that an activity is taken up at."""
    tied = Occasion.objects.filter(made_kind=Meeting.trail_kind, made_ref__in=refs)
    return {ref for ref in tied.values_list("made_ref", flat=True) if ref}
