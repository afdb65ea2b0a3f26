"""What the worker does with figures: pictures anew, and incidents whose time is over."""

from __future__ import annotations

from samrad.kernel.clock import now
from samrad.knowledge import drawing
from samrad.knowledge.drawing import TAKE_IN_SHIPPED
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
    drawing.draw_pictures(data_set=data_set)


@every(daily_at="03:20")
@task("knowledge.lay_out_what_lacks", attempts=2)
def lay_out_what_lacks() -> None:
    """What was taken in by an older version gets its sheets, and its pictures anew."""
    for code in drawing.without_sheets():
        drawing.draw_pictures(data_set=code)


@task(TAKE_IN_SHIPPED, attempts=2)
def take_in_what_is_shipped() -> None:
    """The figures that come with the program."""
    from samrad.knowledge.shipped import take_in_shipped  # noqa: PLC0415 - brings what computes

    take_in_shipped(at=now())
