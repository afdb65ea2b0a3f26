"""What happens to year wheels without anybody asking."""

from __future__ import annotations

from samrad.kernel.clock import now, today
from samrad.wheel.actions.upkeep import note_new_activities, tick_off_plans_made
from samrad.work.api import every, task


@every(daily_at="00:20")
@task("wheel.note_new_activities")
def note_what_is_new() -> None:
    """Activities that came with another version of the country's wheel."""
    note_new_activities(on=today())


@every(daily_at="00:40")
@task("wheel.tick_off_plans")
def tick_off_what_is_planned() -> None:
    """Years that were planned before anybody's wheel asked for it."""
    tick_off_plans_made(at=now())
