"""What is read and what leaves as a file is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.followup import events
from samrad.followup.models import Decision, Task
from samrad.trail.api import record
from samrad.trail.reading import record_reading


def note_reading(*things: Decision | Task, by: Actor, at: datetime) -> None:
    """Record that somebody read restricted material, once a person a day."""
    read = dict.fromkeys((Decision.trail_kind, Task.trail_kind), events.RESTRICTED_READ)
    record_reading(things, events=read, by=by, at=at)


@transaction.atomic
def note_export(*, things: Sequence[Decision | Task], by: Actor, at: datetime) -> None:
    """Record in each council's history who took how much of its register away as a file."""
    councils = {thing.council_id: thing.council for thing in things}
    counted = Counter(thing.council_id for thing in things)
    note_reading(*things, by=by, at=at)
    for key in sorted(councils):
        record(events.EXPORTED, about=councils[key], by=by, at=at, rows=counted[key])
