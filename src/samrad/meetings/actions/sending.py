"""The agenda goes out: the meeting is called, and everybody called gets a mail."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.carrying import settle_titles
from samrad.meetings.actions.letting_go import let_go
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import AgendaSending, Meeting
from samrad.meetings.permissions import may_send_agenda
from samrad.meetings.queries.recipients import (
    called_to,
    items_to_send,
    papers_to_send,
    snapshot_of,
)
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.planning import lead_days
from samrad.trail.api import record


@transaction.atomic
def send_agenda(*, meeting: Meeting, by: Actor, at: datetime) -> AgendaSending:
    """Call the meeting; when it was called before, the mails say what has changed since."""
    meeting = locked(meeting, "council")
    may_send_agenda(by, meeting).enforce()
    items = items_to_send(meeting)
    if not items:
        raise Refused(_("There is nothing on the agenda yet."))
    settle_titles(items)
    earlier = meeting.sendings.order_by("number").last()
    papers = papers_to_send(meeting)
    said = snapshot_of(meeting, items, papers)
    zone = ZoneInfo(meeting.council.zone)
    today = at.astimezone(zone).date()
    recipients = called_to(meeting, today)
    let_go(meeting=meeting, by=by, at=at, called_now=recipients)
    sent = letters.call_to_meeting(
        meeting,
        items,
        recipients,
        papers=papers,
        before=earlier.said if earlier else None,
        now=said,
        at=at,
    )
    sending = AgendaSending.objects.create(
        meeting=meeting,
        number=earlier.number + 1 if earlier else 1,
        sent_at=at,
        sent_by_id=by.person_id,
        lead_days=lead_days(today, meeting.starts_at.astimezone(zone).date()),
        recipients=sent,
        said=said,
    )
    meeting.state = MeetingState.CALLED
    meeting.called_at = meeting.called_at or at
    meeting.save(update_fields=["state", "called_at"])
    event = events.AGENDA_SENT_AGAIN if earlier else events.AGENDA_SENT
    record(event, about=meeting, by=by, at=at, recipients=sent, lead=sending.lead_days)
    return sending


@transaction.atomic
def choose_guests(*, meeting: Meeting, seat_ids: list[int], by: Actor, at: datetime) -> None:
    """Which guest seats are asked to come this time."""
    meeting = locked(meeting, "council")
    may_send_agenda(by, meeting).enforce()
    guests = meeting.council.seats.filter(function="guest", pk__in=seat_ids)
    before = set(meeting.guests.values_list("pk", flat=True))
    if {guest.pk for guest in guests} == before:
        return
    meeting.guests.set(guests)
    names = ", ".join(str(guest) for guest in guests.select_related("organisation", "council"))
    record(events.GUESTS_CHOSEN, about=meeting, by=by, at=at, guests=names or "–")
    let_go(meeting=meeting, by=by, at=at)
