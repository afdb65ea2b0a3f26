"""What follow-up does without anybody asking."""

from __future__ import annotations

from samrad.followup.reminders import remind
from samrad.kernel.clock import now, today
from samrad.work.api import every, task


@every(daily_at="06:00")
@task("followup.remind")
def remind_of_tasks() -> None:
    """Reminders of the day."""
    remind(on=today(), at=now())
