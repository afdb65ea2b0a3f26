"""Whoever was called to a meeting and no longer is: their calendar lets go of it.

Somebody loses a seat, or a guest is not asked after all. Nobody who is called today has to do
anything; those who are gone get one mail that takes the meeting out of their calendar.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.cooperation.seats import seats_filled_in
from samrad.kernel.clock import day_of
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import Called, Meeting
from samrad.meetings.queries.recipients import Recipient, recipients_among, recipients_of
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
    coming = list(
        Meeting.objects.filter(state=MeetingState.CALLED, starts_at__gt=at)
        .select_related("council")
        .prefetch_related("called", "guests")
    )
    filled = seats_filled_in({one.council for one in coming}, on) if coming else {}
    gone = 0
    for meeting in coming:
        invited = {seat.pk for seat in meeting.guests.all()}
        now = recipients_among(filled[meeting.council_id], invited)
        asked = {one.person.pk for one in now}
        if any(row.person_id not in asked for row in meeting.called.all()):
            gone += _let_go_alone(meeting, at=at)
    return gone


@transaction.atomic
def _let_go_alone(meeting: Meeting, *, at: datetime) -> int:
    return let_go(meeting=locked(meeting, "council"), by=SYSTEM, at=at)
