"""Who came, when, and left when: in numbers of items, as a reader counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrad.meetings.rules.states import Presence


@dataclass(frozen=True)
class Stay:
    """From which item and until which somebody was there; None is the meeting's own end."""

    came: int | None = None
    left: int | None = None


def presence_meant(
    said: Presence | None, stand_in: str, *, was: str, partly: bool
) -> Presence | None:
    """What is meant when nobody has said whether a seat was filled.

    Whoever came at an item, or left after one, was there; with a stand-in, the stand-in was. Only
    where nothing was noted before (`was` is its mark): saying "not noted" takes a note away.
    """
    if said is not None or not partly or not was.startswith("|"):
        return said
    return Presence.EXCUSED if stand_in else Presence.PRESENT


def stay_among(orders: Sequence[int], came: int | None, left: int | None) -> Stay:
    """The stay as a reader numbers the items, who may not see them all.

    `orders` are the places on the agenda of the items this reader sees. Whoever came at an item the
    reader does not see came, for this reader, at the next one that is seen.
    """
    first = last = None
    if came is not None:
        first = next(
            (number for number, order in enumerate(orders, start=1) if order >= came),
            len(orders) + 1,
        )
    if left is not None:
        last = sum(1 for order in orders if order <= left)
    return Stay(first if first != 1 else None, last if last != len(orders) else None)
