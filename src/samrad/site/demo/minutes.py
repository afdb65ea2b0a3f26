"""Minutes of the demo: who was there, how approved ones are put right, what is asked later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samrad.access.actor import Actor
from samrad.followup.api import ask_later
from samrad.followup.models import Task
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Correction, Meeting, Minutes
from samrad.meetings.rules import CouldDecide, PartKind, Presence
from samrad.site.demo.world import World


def correct(
    told: dict[str, Any], minutes: Minutes, item: AgendaItem, *, by: Actor, at: datetime
) -> Correction:
    """Begun, written and sent for approval by whoever keeps the minutes."""
    item.refresh_from_db(fields=["minutes_text"])
    before = item.minutes_text
    after = before.replace(told["wrong"], told["right"])
    part = api.PartNote(PartKind.TEXT, item.ref, after, api.part_mark(before))
    correction = api.open_correction(
        minutes=minutes, reason=told["reason"], asked_by=told["asked_by"], by=by, at=at
    )
    api.save_correction(correction=correction, parts=[part], by=by, at=at)
    api.circulate_correction(correction=correction, by=by, at=at)
    return correction


@dataclass(frozen=True)
class Told:
    """A meeting as its file tells it, and its items in the order they stand there."""

    world: World
    council: str
    data: dict[str, Any]
    meeting: Meeting
    items: Sequence[AgendaItem]


def note_who_was_there(told: Told, *, by: Actor, at: datetime) -> None:
    """Those away with who came instead and when, the guests, everybody else; could they decide."""
    for key, presence, *more in told.data.get("absent", []):
        stand_in, *came = more or [""]
        api.note_attendance(
            meeting=told.meeting,
            seat=told.world.seats[told.council, key],
            presence=Presence(presence),
            stand_in=stand_in,
            from_item=told.items[came[0]] if came else None,
            by=by,
            at=at,
        )
    for key in told.data.get("guests", []):
        seat = told.world.seats[told.council, key]
        api.note_attendance(
            meeting=told.meeting, seat=seat, presence=Presence.PRESENT, stand_in="", by=by, at=at
        )
    api.note_everybody_present(meeting=told.meeting, by=by, at=at)
    if could := told.data.get("could_decide"):
        api.note_ability(
            meeting=told.meeting, could_decide=CouldDecide(could[0]), note=could[1], by=by, at=at
        )


def wish_for_later(
    world: World, task: Task, who: str, wanted: tuple[date, str], at: datetime
) -> None:
    """Whoever has a task that the minutes gave asks for another day, and says why."""
    day, reason = wanted
    ask_later(task=task, wanted_date=day, reason=reason, by=world.actor(who, at), at=at)
