"""A year's meetings are planned: what the wheel asks for in that matter is done."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.wheel.actions.wheel import tick_off_plan


def year_is_planned(council: Council, year: int, by: Actor, at: datetime) -> None:
    """Said by meetings, in the transaction that plans them."""
    tick_off_plan(council=council, year=year, by=by, at=at)
