"""When meetings get in each other's way: one person in two places, or two meetings on one day.

Plain intervals and keys: who fills which seat, and whose meetings count, is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from samrad.kernel.choices import Choices


class ClashKind(Choices):
    """The hardest first."""

    PERSON = "person"  # somebody would have to be in two meetings at once
    SAME_DAY = "same_day"  # somebody has both on one day, one after the other
    AREA = "area"  # two councils of one area meet on one day


@dataclass(frozen=True)
class Slot:
    """A meeting that is held, or that is wanted: when by its own clock, whose, and who is there."""

    key: str
    council: int
    area: int
    day: date
    starts: datetime
    ends: datetime
    persons: frozenset[int] = field(default=frozenset())

    def overlaps(self, other: Slot) -> bool:
        """Whether some moment belongs to both."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Clash:
    """What stands in the way of a wanted meeting; `persons` are those who belong to both."""

    kind: ClashKind
    key: str
    other: Slot
    persons: frozenset[int] = field(default=frozenset())


def clash_between(wanted: Slot, other: Slot) -> Clash | None:
    """The hardest thing between two meetings, if there is anything."""
    shared = wanted.persons & other.persons
    if shared and wanted.overlaps(other):
        return Clash(ClashKind.PERSON, wanted.key, other, shared)
    near = wanted.day == other.day or wanted.overlaps(other)
    if shared and near:
        return Clash(ClashKind.SAME_DAY, wanted.key, other, shared)
    if near and wanted.area == other.area and wanted.council != other.council:
        return Clash(ClashKind.AREA, wanted.key, other)
    return None


def clashes_of(wanted: Sequence[Slot], held: Sequence[Slot]) -> dict[str, list[Clash]]:
    """Every clash of the wanted meetings, with those that are held and with each other.

    One walk through the year: a meeting is compared with those that are not over when it starts
    and with those of its day.
    """
    keys = {slot.key for slot in wanted}
    found: dict[str, list[Clash]] = {slot.key: [] for slot in wanted}
    for one, other in _neighbours([*wanted, *held]):
        for mine, theirs in ((one, other), (other, one)):
            if mine.key in keys and (clash := clash_between(mine, theirs)):
                found[mine.key].append(clash)
    order = list(ClashKind)
    for clashes in found.values():
        clashes.sort(key=lambda clash: (order.index(clash.kind), clash.other.starts))
    return found


def _neighbours(slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Every pair of meetings that share a moment or a day, once."""
    near: list[Slot] = []
    for slot in sorted(slots, key=lambda one: (one.starts, one.key)):
        near = [one for one in near if one.day == slot.day or one.ends > slot.starts]
        for other in near:
            yield other, slot
        near.append(slot)


def days_blocked(like: Slot, held: Sequence[Slot]) -> set[date]:
    """The days on which somebody of `like`, at the same hours, has to be in a meeting of `held`.

    `like` stands for every day: only its hours by the clock and its persons count.
    """
    first, last = like.starts.time(), like.ends.time()
    return {
        one.day
        for one in held
        if like.persons & one.persons and one.starts.time() < last and first < one.ends.time()
    }
