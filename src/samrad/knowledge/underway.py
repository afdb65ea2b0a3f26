"""Whether figures are being worked out just now, so that a page does not say there are none."""

from __future__ import annotations

from samrad.knowledge.drawing import DRAW
from samrad.work.api import Job
from samrad.work.rules import UNFINISHED


def is_being_worked_out(*codes: str) -> bool:
    """Whether pictures of these data sets, or of any, wait for the worker: one query.

    Whoever works it out sees no more than that: the queue itself is for others.
    """
    found = Job.objects.filter(name=DRAW, state__in=UNFINISHED)
    return (found.filter(arguments__data_set__in=codes) if codes else found).exists()
