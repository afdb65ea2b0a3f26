"""What follows when one holder of a role follows another.

Seats follow by themselves: they belong to the role. What lies with the person, such as open tasks,
is handed over by the apps that know it:

    handover.register(hand_over_open_tasks)

Each is called as `f(before=…, after=…, by=…, at=…)` with the two appointments, on the day the new
holder begins: at once, or by the daily task when the change was recorded ahead.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from samrad.access.actor import Actor
from samrad.people.models import Appointment


class HandOver(Protocol):
    """Moves what one kind of thing the outgoing holder had open to the new one."""

    def __call__(
        self, *, before: Appointment, after: Appointment, by: Actor, at: datetime
    ) -> None: ...


_registered: list[HandOver] = []


def register(hand_over: HandOver) -> None:
    """Take part in every change of holder."""
    if hand_over not in _registered:
        _registered.append(hand_over)


def run(*, before: Appointment, after: Appointment, by: Actor, at: datetime) -> None:
    """Let everybody who registered do their part."""
    for hand_over in _registered:
        hand_over(before=before, after=after, by=by, at=at)
