"""When and where a meeting really was held: set while its minutes are written, corrected after.

Nobody is called anew to what has been. The decisions made there are of its day.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.followup.api import correct_decided_day, move_drafted
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions.minutes import seat_anew
from samrad.meetings.models import Meeting
from samrad.meetings.models.meetings import decided_at
from samrad.meetings.queries.planning import days_taken
from samrad.meetings.queries.said import said_held
from samrad.meetings.rules.said import SaidHeld
from samrad.trail.api import record


class NotHeldThen(Refused):
    """The council cannot have met then: said at the field, with everything else still there."""


def when(meeting: Meeting) -> str:
    """The meeting's day and time in its council's zone, as it is kept in the trail."""
    return f"{meeting.starts_at.astimezone(ZoneInfo(meeting.council.zone)):%Y-%m-%d %H:%M}"


def set_true_day(
    meeting: Meeting, starts_at: datetime, ends_at: datetime, place: str, *, by: Actor, at: datetime
) -> None:
    """When the meeting was held, once its minutes are written: nobody is asked anything anew."""
    held = SaidHeld(str(meeting.ref), starts_at, ends_at, place)
    enforce_could_be(meeting, held, at)
    zone = meeting.council.zone
    before, on, day = when(meeting), day_of(meeting.starts_at, zone), day_of(starts_at, zone)
    elsewhere = place != meeting.place
    _set(meeting, held, at)
    if elsewhere:
        record(events.MEETING_PLACE_CHANGED, about=meeting, by=by, at=at, place=place)
    if when(meeting) != before:
        record(
            events.MEETING_DAY_SET, about=meeting, by=by, at=at, before=before, date=when(meeting)
        )
    if day != on:
        move_drafted(decisions=decided_at(meeting), to=day)
        seat_anew(meeting=meeting)


def correct_held(meeting: Meeting, text: str, *, by: Actor, at: datetime) -> None:
    """Approved minutes said another time or place: what was decided is of the right day now.

    Who was there stays as it was approved; a correction says so seat by seat.
    """
    before = said_held(meeting)
    held = held_as_in(meeting, text, at)
    zone = meeting.council.zone
    on, day = day_of(before.starts_at, zone), day_of(held.starts_at, zone)
    _set(meeting, held, at)
    record(
        events.MEETING_HELD_CORRECTED, about=meeting, by=by, at=at,
        before=_in_the_trail(before, zone), date=_in_the_trail(held, zone),
    )  # fmt: skip
    if day != on:
        correct_decided_day(decisions=decided_at(meeting), before=on, to=day, by=by, at=at)


def held_as_in(meeting: Meeting, text: str, at: datetime) -> SaidHeld:
    """When and where a correction says that it was held, where that could be."""
    try:
        held = said_held(meeting).as_in(text)
    except ValueError:
        raise NotHeldThen(
            _("Say on which day the meeting was held, from when and until when.")
        ) from None
    enforce_could_be(meeting, held, at)
    if held.starts_at > at:
        raise NotHeldThen(_("The meeting has been held: choose a day and hours that have passed."))
    return held


def enforce_could_be(meeting: Meeting, held: SaidHeld, at: datetime) -> None:
    """It took time, and the council had no other meeting of the plan on that day."""
    zone = meeting.council.zone
    on, day = day_of(meeting.starts_at, zone), day_of(held.starts_at, zone)
    if held.ends_at <= held.starts_at:
        raise NotHeldThen(_("The meeting must end after it starts."))
    if day != on and not meeting.is_extra and day in days_taken(meeting.council, day.year):
        raise NotHeldThen(_("The council has a meeting on this day already."))


def _set(meeting: Meeting, held: SaidHeld, at: datetime) -> None:
    if meeting.called_at == meeting.starts_at:  # read in: nobody was called here
        meeting.called_at = held.starts_at
    meeting.starts_at, meeting.ends_at = held.starts_at, held.ends_at
    meeting.place, meeting.changed_at = normalise_line(held.place), at
    if meeting.held_at is not None:
        meeting.held_at = min(at, held.ends_at)
    meeting.save(
        update_fields=["starts_at", "ends_at", "place", "called_at", "held_at", "changed_at"]
    )


def _in_the_trail(held: SaidHeld, zone: str) -> str:
    starts, ends = (one.astimezone(ZoneInfo(zone)) for one in (held.starts_at, held.ends_at))
    hours = f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"
    return f"{hours}, {held.place}" if held.place else hours
