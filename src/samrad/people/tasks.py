"""What is done about people without anybody asking."""

from __future__ import annotations

from samrad.kernel.clock import now, today
from samrad.people.actions.appointments import hand_over_due
from samrad.work.registry import every, task


@every(daily_at="00:10")
@task("people.hand_over_due")
def hand_over() -> None:
    """Changes of holder that were recorded ahead take effect on their day."""
    hand_over_due(on=today(), at=now())
