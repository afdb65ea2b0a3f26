"""Reading what is restricted is recorded: once a person a day for each thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from samrad.trail.api import By, record
from samrad.trail.events import Event
from samrad.trail.models import Recorded, TrailEntry


def record_reading(
    things: Sequence[Recorded], *, events: Mapping[str, Event], by: By, at: datetime
) -> None:
    """Remember which restricted ones among `things` the reader was shown; `events` by their kind.

    Most pages show none: they only read, and wait for nobody who writes.
    """
    unread = _unread_today(things, events, by, at)
    if unread:
        with transaction.atomic():
            for thing in unread:
                record(events[thing.trail_kind], about=thing, by=by, at=at)


def _unread_today(
    things: Sequence[Recorded], events: Mapping[str, Event], by: By, at: datetime
) -> list[Recorded]:
    """The restricted ones whose reading is not in the trail of this day yet."""
    restricted = [thing for thing in things if thing.trail_restricted]
    if not restricted or by.person_ref is None:
        return []
    zone = timezone.get_default_timezone()  # the three countries share one clock
    read = set(
        TrailEntry.objects.filter(
            actor_ref=str(by.person_ref),
            at__gte=datetime.combine(at.astimezone(zone).date(), time(), zone),
            event__in={event.code for event in events.values()},
            about_ref__in=[str(thing.ref) for thing in restricted],
        ).values_list("about_ref", flat=True)
    )
    return [thing for thing in restricted if str(thing.ref) not in read]
