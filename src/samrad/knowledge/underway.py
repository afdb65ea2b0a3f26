"""Whether figures are being worked out just now, so that a page does not say there are none."""

from __future__ import annotations

from collections.abc import Collection

from samrad.knowledge.drawing import DRAW
from samrad.knowledge.models import DataSet, Sheet
from samrad.work.api import Job
from samrad.work.rules import UNFINISHED


def is_being_worked_out() -> bool:
    """Whether pictures of any data set wait for the worker: one query, and no more is told."""
    return Job.objects.filter(name=DRAW, state__in=UNFINISHED).exists()


def waits_for_protection(data_sets: Collection[DataSet]) -> bool:
    """Whether these are published and nothing of them has been protected yet: one query.

    Everything of them is held back until then, which says nothing of how small their numbers are.
    """
    if not data_sets:
        return False
    sheets = Sheet.objects.filter(indicator__data_set__in=data_sets)
    return not sheets.filter(is_protected=True).exists()
