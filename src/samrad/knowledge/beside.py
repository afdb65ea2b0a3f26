"""The figures of an area in a few lines, to stand beside what people have written about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.documents.rules import Classification
from samrad.kernel.clock import today
from samrad.knowledge.overviews import overview_of
from samrad.knowledge.pictures import AreaTold, pictures_of
from samrad.knowledge.sight import Sight

MOST_LINES = 5


@dataclass(frozen=True)
class InShort:
    """What stands out, and the page that tells all of it."""

    lines: Sequence[tuple[str, str]]
    period: str
    url: str
    sight: Sight  # for whom these figures are, which the page beside them need not be
    nothing: str = ""


def figures_in_short(area: Area, actor: Actor) -> InShort | None:
    """Of a municipality what moves or stands out, of a wide area which municipalities do.

    Of figures that all may read first, of others where those have nothing to say. None where no
    figures do.
    """
    if area.kind == AreaKind.MUNICIPALITY:
        told = sorted(
            pictures_of(area, actor),
            key=lambda one: one.sight.classification is not Classification.OPEN,
        )
        every = (_of_picture(area, one) for one in told)
        return next((one for one in every if one.lines or one.nothing), None)
    overview = overview_of(area, actor, on=today())
    if overview is None:
        return None
    found = [*overview.rising, *overview.falling][:MOST_LINES]
    what = _("%(what)s, %(where)s")
    lines = [(what % {"what": one.indicator, "where": one.area.name}, one.says) for one in found]
    nothing = "" if lines else overview.nothing
    url = reverse("knowledge:overview", args=[area.ref])
    if not lines and not nothing:
        return None
    return InShort(lines, overview.period, url, overview.sight, nothing)


def _of_picture(area: Area, told: AreaTold) -> InShort:
    moving = [(one.name, one.says) for one in (*told.rising, *told.falling)]
    odd = [(one.name, one.unusual) for one in told.unusual]
    apart = [(one.name, one.says) for one in told.apart]
    lines = [*moving, *odd, *apart][:MOST_LINES]
    url = reverse("knowledge:picture", args=[area.ref])
    return InShort(lines, told.period, url, told.sight, "" if lines else told.in_all)
