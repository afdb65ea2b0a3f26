"""What the worker does with mail."""

from __future__ import annotations

from samrad.kernel.clock import now
from samrad.post import actions
from samrad.work.api import every, task


@task(actions.DELIVER, outside=True, attempts=10, on_death=actions.give_up)
def deliver(message: int) -> None:
    """Hand one mail to the mail server."""
    actions.deliver(message=message, at=now())


@every(daily_at="03:45")
@task("post.forget_old", attempts=3)
def forget_old() -> None:
    """Mail is not kept longer than it is of use."""
    actions.forget_old(at=now())
