"""The structure under a council: the bodies below it that a reader may see, as a tree (B5).

What the reader may not see is neither drawn nor counted, and neither is what lies below it: a
body hangs on the one it reports to, or it does not hang.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, FinalReport
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.cooperation.rules import CouncilState, SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled_in
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name

DEEPEST = 4  # levels below the council asked about; no country has more
REPORTS_SHOWN = 50
FEW = 6
DRAWN = (
    Level.STRATEGIC, Level.SECRETARIAT, Level.PREPARATORY, Level.COORDINATING, Level.OPERATIVE,
    Level.EXECUTING, Level.PROJECT, Level.NETWORK,
)  # fmt: skip


@dataclass
class Body:
    """A council in the chart, with who leads it and what lies below it."""

    council: Council
    leads: list[FilledSeat] = field(default_factory=list)
    below: list[Body] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        """What lies below, each kind together, in the order a chart is read."""
        return list(_grouped(self.below))

    @property
    def number(self) -> int:
        """How many bodies lie below, at any depth; one that is only considered is none yet."""
        return sum(one.is_there + one.number for one in self.below)

    @property
    def is_small(self) -> bool:
        """Whether so few lie below that they can be read from across a room."""
        return self.number <= FEW

    @property
    def is_there(self) -> bool:
        """Whether it is set up and has not ended."""
        return self.council.state in {CouncilState.ACTIVE, CouncilState.RESTING}

    def all(self) -> Iterator[Body]:
        """This one and all below, as they are read."""
        yield self
        for group in self.groups:
            for one in group.bodies:
                yield from one.all()


@dataclass
class Group:
    """Bodies of one kind under the same one."""

    title: str
    bodies: list[Body]

    @property
    def is_wide(self) -> bool:
        """Whether there are so many that they stand beside each other."""
        return len(self.bodies) > 2  # noqa: PLR2004 - two stand under each other


def _grouped(bodies: Iterable[Body]) -> Iterator[Group]:
    by_tier: dict[str, list[Body]] = {}
    for body in bodies:
        by_tier.setdefault(body.council.tier, []).append(body)
    for alike in sorted(by_tier.values(), key=lambda them: DRAWN.index(them[0].council.level)):
        tier = profile(alike[0].council.country).tier(alike[0].council.tier)
        names = tier.plural if len(alike) > 1 else tier.name
        yield Group(capfirst(names.in_language(get_language() or "en")), alike)


def structure_of(council: Council, actor: Actor, on: date, *, with_ended: bool = False) -> Body:
    """The council with everything below it: two queries."""
    under = Q()
    for depth in range(1, DEEPEST + 1):
        under |= Q(**{"__".join(["parent"] * depth): council})
    found = COUNCILS_WITH_AREA.visible_to(actor).filter(under).order_by(by_name(), "pk")
    bodies = {one.pk: Body(one) for one in [council, *found]}
    for body in bodies.values():
        above = bodies.get(body.council.parent_id or 0)
        if above and body.council.pk != council.pk:
            above.below.append(body)
    root = bodies[council.pk]
    if not with_ended:
        _without_ended(root)
    drawn = [one.council for one in root.all()]
    chairs = seats_filled_in(drawn, on, functions=[SeatFunction.CHAIR])
    for body in root.all():
        body.leads = chairs[body.council.pk]
    return root


def _without_ended(body: Body) -> None:
    """What has ended is left out, unless something that has not hangs on it."""
    for one in body.below:
        _without_ended(one)
    body.below = [one for one in body.below if one.below or one.council.state != CouncilState.ENDED]


def reports_below(council: Council, actor: Actor) -> list[FinalReport]:
    """What groups for a time have delivered to the council, also those one has no seat in."""
    seen = FinalReport.objects.visible_to(actor).filter(council__parent=council)
    return list(seen.select_related("council").order_by("-delivered_at", "-pk")[:REPORTS_SHOWN])
