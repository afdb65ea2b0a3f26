"""Whether figures are being worked out just now, so that a page does not say there are none.

What anybody reads of a picture is worked out apart: `AreaTold.is_underway` says it of each.
"""

from __future__ import annotations

from django.db.models import QuerySet

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.knowledge.drawing import DRAW
from samrad.knowledge.models import AreaPicture
from samrad.work.api import Job
from samrad.work.rules import UNFINISHED


def is_being_worked_out() -> bool:
    """Whether pictures of any data set wait for the worker: one query, and no more is told."""
    return Job.objects.filter(name=DRAW, state__in=UNFINISHED).exists()


def has_untold(inside: QuerySet[Area], actor: Actor) -> bool:
    """Whether there are pictures in these areas of which what anybody reads is not there yet."""
    drawn = AreaPicture.objects.visible_to(actor).filter(area__in=inside)
    return actor.is_anonymous and drawn.filter(shown__isnull=True).exists()
