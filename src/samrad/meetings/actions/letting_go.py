"""Seats change hands after the agenda went out: who is called follows the seats.

Somebody loses a seat, or a guest is not asked after all. Nobody who is called today has to do
anything; those who are gone get one mail that takes the meeting out of their calendar. Whoever has
come to a permanent seat gets the invitation the others had; guests are for the secretary to choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.cooperation.models import Council
from samrad.cooperation.seats import FilledSeat, seats_filled_in
from samrad.kernel.clock import day_of
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.calling import is_known
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import Called, Meeting
from samrad.meetings.queries.recipients import (
    Recipient,
    called_among,
    called_to,
    items_to_send,
    papers_to_send,
    permanent_among,
    snapshot_of,
)
from samrad.meetings.rules import MeetingState
from samrad.trail.api import record


def let_go(
    *,
    meeting: Meeting,
    by: Actor,
    at: datetime,
    called_now: Collection[Recipient] | None = None,
) -> int:
    """Take the locked meeting out of the calendars of those who are no longer called to it.

    `called_now` are those who are, where the caller knows them. How many were let go.
    """
    if meeting.state != MeetingState.CALLED or meeting.starts_at <= at:
        return 0
    if called_now is None:
        called_now = called_to(meeting, day_of(at, meeting.council.zone))
    gone = _gone(meeting, called_now)
    if gone:
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
    for row in gone:
        row.meeting = meeting
        if row.person.email:
            letters.take_out_of_calendar(row, at=at)
        record(events.NO_LONGER_CALLED, about=meeting, by=by, at=at, name=row.person.name)
    Called.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(gone)


def _gone(meeting: Meeting, called_now: Collection[Recipient]) -> list[Called]:
    asked = {one.person.pk for one in called_now}
    return list(meeting.called.select_related("person").exclude(person__in=asked))


def let_go_everywhere(*, on: date, at: datetime) -> int:
    """The same at every meeting to come: seats end, and nobody thinks of who was called by them."""
    gone = 0
    for meeting, filled, then in _coming(on, at):
        invited = {seat.pk for seat in meeting.guests.all()}
        asked = {one.person.pk for one in called_among(filled, then, invited)}
        if any(row.person_id not in asked for row in meeting.called.all()):
            gone += _let_go_alone(meeting, at=at)
    return gone


@transaction.atomic
def _let_go_alone(meeting: Meeting, *, at: datetime) -> int:
    return let_go(meeting=locked(meeting, "council"), by=SYSTEM, at=at)


def call_newcomers_everywhere(*, on: date, at: datetime) -> int:
    """Whoever comes to a permanent seat is called to every meeting whose agenda is out.

    Also who will have come to it by the day of the meeting, as soon as that is known.
    """
    new = 0
    for meeting, filled, then in _coming(on, at):
        known = {row.person_id for row in meeting.called.all()}
        if any(one.person.pk not in known for one in called_among(filled, then, ())):
            new += _call_newcomers_alone(meeting, at=at)
    return new


@transaction.atomic
def _call_newcomers_alone(meeting: Meeting, *, at: datetime) -> int:
    return call_newcomers(meeting=locked(meeting, "council"), by=SYSTEM, at=at)


def call_newcomers(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """The ordinary invitation to a locked meeting as it stands, to who sits there and lacks it.

    They have come to a permanent seat since, or no mail that called them, guests too, arrived: they
    may have had no address when the others were called.
    """
    if meeting.state != MeetingState.CALLED or meeting.starts_at <= at:
        return 0
    rows = {row.person_id: row for row in meeting.called.select_related("message")}
    called_now = called_to(meeting, day_of(at, meeting.council.zone))
    new = [one for one in permanent_among(called_now) if one.person.pk not in rows]
    lost = [
        one
        for one in called_now
        if one.is_reached and one.person.pk in rows and not is_known(rows[one.person.pk])
    ]
    lacking = new + lost
    if not lacking:
        return 0
    items, papers = items_to_send(meeting), papers_to_send(meeting)
    said = snapshot_of(meeting, items, papers)
    letters.call_to_meeting(meeting, items, lacking, papers=papers, before=None, now=said, at=at)
    for one in new:
        record(events.NEWLY_CALLED, about=meeting, by=by, at=at, name=one.person.name)
    return len(new)


def _coming(on: date, at: datetime) -> Iterator[tuple[Meeting, list[FilledSeat], list[FilledSeat]]]:
    """Meetings to come whose agenda is out, with the seats of their councils.

    As filled that day, and as filled when they meet: a query for each day on which somebody does.
    """
    coming = list(
        Meeting.objects.filter(state=MeetingState.CALLED, starts_at__gt=at)
        .select_related("council")
        .prefetch_related("called", "guests")
    )
    councils: dict[date, set[Council]] = defaultdict(set)
    for meeting in coming:
        councils[on].add(meeting.council)
        councils[_day(meeting)].add(meeting.council)
    filled = {day: seats_filled_in(those, day) for day, those in councils.items()}
    for meeting in coming:
        key = meeting.council_id
        yield meeting, filled[on][key], filled[_day(meeting)][key]


def _day(meeting: Meeting) -> date:
    return day_of(meeting.starts_at, meeting.council.zone)
