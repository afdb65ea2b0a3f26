"""What happens to agreements without anybody asking."""

from __future__ import annotations

from samrad.agreements.actions.force import take_effect_when_due
from samrad.agreements.actions.keeping import remind_of_renewals
from samrad.kernel.clock import now, today
from samrad.work.api import every, task


@every(daily_at="00:10")
@task("agreements.take_effect")
def bring_into_force_what_is_due() -> None:
    """Agreements that all have signed and whose first day has come."""
    take_effect_when_due(at=now())


@every(daily_at="06:10")
@task("agreements.remind")
def remind_of_what_comes_back() -> None:
    """Agreements that are to be made anew."""
    remind_of_renewals(on=today())
