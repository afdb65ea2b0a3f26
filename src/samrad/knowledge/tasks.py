"""Once a night: incidents whose time is over are deleted."""

from __future__ import annotations

from samrad.kernel.clock import now
from samrad.knowledge.incident_actions import delete_old_incidents
from samrad.work.registry import every, task


@every(daily_at="02:40")
@task("knowledge.delete_old_incidents")
def delete_incidents() -> None:
    """Delete the months that are older than their recipe allows."""
    delete_old_incidents(at=now())
