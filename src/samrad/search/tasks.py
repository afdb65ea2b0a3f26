"""What the worker does for the index."""

from __future__ import annotations

from datetime import timedelta

from samrad.kernel.clock import now
from samrad.search import actions
from samrad.work.api import every, task


@every(minutes=1)
@task("search.catch_up", lease=timedelta(minutes=30))
def catch_up() -> None:
    """What has been written since last time is found from now on."""
    actions.catch_up(at=now())


@every(daily_at="02:40")
@task("search.rebuild", lease=timedelta(minutes=30))
def rebuild() -> None:
    """What changes by itself as days go by, such as who holds which post, is put right at night."""
    actions.rebuild(at=now())
