"""What the worker does with files."""

from __future__ import annotations

from samrad.documents import actions
from samrad.kernel.clock import now
from samrad.work.api import every, task


@every(daily_at="03:30")
@task("documents.delete_discarded", attempts=3)
def delete_discarded() -> None:
    """What was deleted goes from the disk as well, once no backup can be reading it."""
    actions.delete_discarded(at=now())
