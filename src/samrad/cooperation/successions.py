"""What goes on when an agreement takes the place of others.

Apps that stand above register what they keep of an agreement: it is carried over whichever way the
new one came, signed here or read in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from samrad.cooperation.models import Agreement


class Carrier(Protocol):
    """Takes over what an app keeps of those that have ended, inside the action's transaction."""

    def __call__(self, before: Sequence[Agreement], made: Agreement, *, at: datetime) -> None: ...


_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """`carrier(before, made, at=…)` hears of those that were in force and of the new one."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def carry_over(before: Sequence[Agreement], made: Agreement, *, at: datetime) -> None:
    """What those that were in force and have ended now leave to the new one."""
    for carrier in _carriers:
        carrier(before, made, at=at)
