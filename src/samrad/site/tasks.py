"""What the worker does for the demo."""

from __future__ import annotations

from samrad.kernel.clock import now
from samrad.site.demo.calls import TAKE_IN_CALLS, take_in_calls
from samrad.site.demo.figures import TAKE_IN_FIGURES, take_in_figures
from samrad.work.registry import task


@task(TAKE_IN_FIGURES, attempts=2)
def demo_figures() -> None:
    """Denmark's figures and what became of them."""
    take_in_figures(at=now())


@task(TAKE_IN_CALLS, attempts=2)
def demo_calls() -> None:
    """Calls to the police that nobody made."""
    take_in_calls(at=now())
