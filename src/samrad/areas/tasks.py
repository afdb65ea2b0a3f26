"""Once a day: a name or code that was loaded ahead takes effect on its day."""

from __future__ import annotations

from samrad.areas.actions import bring_names_up_to_date
from samrad.kernel.clock import today
from samrad.work.registry import every, task


@every(daily_at="00:05")
@task("areas.bring_names_up_to_date")
def take_todays_names() -> None:
    """Let every area carry the name and code that hold today."""
    bring_names_up_to_date(on=today())
