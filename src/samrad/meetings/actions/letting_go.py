"""Seats change hands after the agenda went out: who is called follows the seats.

Somebody loses a seat, or a guest is not asked after all. Nobody who is called today has to do
anything; those who are gone get one mail that takes the meeting out of their calendar. Whoever has
come to a permanent seat gets the invitation the others had; guests are for the secretary to choose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.cooperation.seats import FilledSeat, seats_filled, seats_filled_in
from samrad.kernel.clock import day_of
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import Called, Meeting
from samrad.meetings.queries.recipients import (
    Recipient,
    items_to_send,
    papers_to_send,
    recipients_among,
    recipients_of,
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
        called_now = recipients_of(meeting, day_of(at, meeting.council.zone))
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
    for meeting, filled in _coming(on, at):
        invited = {seat.pk for seat in meeting.guests.all()}
        asked = {one.person.pk for one in recipients_among(filled, invited)}
        if any(row.person_id not in asked for row in meeting.called.all()):
            gone += _let_go_alone(meeting, at=at)
    return gone


@transaction.atomic
def _let_go_alone(meeting: Meeting, *, at: datetime) -> int:
    return let_go(meeting=locked(meeting, "council"), by=SYSTEM, at=at)


def call_newcomers_everywhere(*, on: date, at: datetime) -> int:
    """Whoever has come to a permanent seat is called to every meeting whose agenda is out."""
    new = 0
    for meeting, filled in _coming(on, at):
        known = {row.person_id for row in meeting.called.all()}
        if any(one.person.pk not in known for one in recipients_among(filled, ())):
            new += _call_newcomers(meeting, on=on, at=at)
    return new


@transaction.atomic
def _call_newcomers(meeting: Meeting, *, on: date, at: datetime) -> int:
    """The ordinary invitation, with the agenda as it stands."""
    meeting = locked(meeting, "council")
    if meeting.state != MeetingState.CALLED or meeting.starts_at <= at:
        return 0
    known = set(meeting.called.values_list("person_id", flat=True))
    seats = recipients_among(seats_filled(meeting.council, on), ())
    new = [one for one in seats if one.person.pk not in known]
    items, papers = items_to_send(meeting), papers_to_send(meeting)
    said = snapshot_of(meeting, items, papers)
    letters.call_to_meeting(meeting, items, new, papers=papers, before=None, now=said, at=at)
    for one in new:
        record(events.NEWLY_CALLED, about=meeting, by=SYSTEM, at=at, name=one.person.name)
    return len(new)


def _coming(on: date, at: datetime) -> Iterator[tuple[Meeting, list[FilledSeat]]]:
    """Meetings to come whose agenda is out, with the seats of their councils as filled that day."""
    coming = list(
        Meeting.objects.filter(state=MeetingState.CALLED, starts_at__gt=at)
        .select_related("council")
        .prefetch_related("called", "guests")
    )
    filled = seats_filled_in({one.council for one in coming}, on) if coming else {}
    for meeting in coming:
        yield meeting, filled[meeting.council_id]
