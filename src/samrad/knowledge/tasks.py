"""What the worker does with figures: pictures anew, and incidents whose time is over."""

from __future__ import annotations

from samrad.kernel.clock import now
from samrad.knowledge import drawing
from samrad.knowledge.incident_actions import delete_old_incidents
from samrad.work.registry import every, task


@every(daily_at="02:40")
@task("knowledge.delete_old_incidents")
def delete_incidents() -> None:
    """Delete the months that are older than their recipe allows."""
    delete_old_incidents(at=now())


@task(drawing.DRAW, attempts=3)
def draw_pictures(data_set: str) -> None:
    """Work out anew what the figures say of every area."""
    drawing.draw_pictures(data_set=data_set, at=now())
