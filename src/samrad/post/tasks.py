"""What the worker does with mail."""

from __future__ import annotations

from datetime import date

from samrad.kernel.clock import now
from samrad.post import actions, gathering
from samrad.work.api import every, task


@task(actions.DELIVER, outside=True, attempts=10, on_death=actions.give_up)
def deliver(message: int) -> None:
    """Hand one mail to the mail server."""
    actions.deliver(message=message, at=now())


@every(minutes=15)
@task("post.gather", attempts=3)
def gather_the_day() -> None:
    """See whose mail of the day is due, by the clock and calendar of their country."""
    gathering.gather(at=now())


@task(gathering.GATHER_FOR, attempts=5)
def gather_for(person: int, day: str) -> None:
    """One person's mail of the day."""
    gathering.gather_for(person=person, day=date.fromisoformat(day), at=now())


@every(daily_at="03:45")
@task("post.forget_old", attempts=3)
def forget_old() -> None:
    """Mail is not kept longer than it is of use."""
    actions.forget_old(at=now())
