"""Who a paper can be for: those the item it belongs to is for, or fewer of them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

OPEN, INTERNAL, RESTRICTED = "open", "internal", "restricted"
NARROWER = {OPEN: 0, INTERNAL: 1, RESTRICTED: 2}


@dataclass(frozen=True)
class Readership:
    """Who something is for: a classification and, where it is restricted, the seats it names."""

    classification: str
    seats: AbstractSet[int] = field(default_factory=frozenset)

    def is_wider_than(self, other: Readership) -> bool:
        """Whether somebody could read this who may not read the other."""
        if self.classification == other.classification == RESTRICTED:
            return not self.seats <= other.seats
        return NARROWER[self.classification] < NARROWER[other.classification]
