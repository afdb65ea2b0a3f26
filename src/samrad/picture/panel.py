"""The two sides on a municipality's crime picture, and the way there from a council's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import now
from samrad.knowledge.parts import PicturePart
from samrad.picture.queries import of_area
from samrad.picture.reading import record_reading


def on_the_picture(area: Area, actor: Actor) -> PicturePart | None:
    """Both sides beside each other, for those who see a council of the area."""
    sides = of_area(area, actor)
    if sides is None:
        return None
    record_reading(sides.everything, by=actor, at=now())
    return PicturePart("picture/part_sides.html", {"sides": sides})


def on_council_page(
    council: Council, actor: Actor, seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """A line that leads to what both sides have found: no query."""
    if actor.holds(Permission.INTERNAL_SEE, in_council=council):
        yield Panel("picture/panel.html", order=62, context={"council": council})
