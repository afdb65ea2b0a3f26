"""What the worker does with figures."""

from __future__ import annotations

from samrad.knowledge import drawing
from samrad.work.api import task


@task(drawing.DRAW, attempts=3)
def draw_pictures(data_set: str) -> None:
    """Work out anew what the figures say of every area."""
    drawing.draw_pictures(data_set=data_set)
