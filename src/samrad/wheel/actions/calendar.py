"""The secret address of a person's calendar: made, made anew, closed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.people.models import Person
from samrad.trail.api import record
from samrad.wheel import events
from samrad.wheel.models import CalendarAddress
from samrad.wheel.permissions import may_have_calendar
from samrad.wheel.rules.secrets import digest_of

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def open_calendar(*, person: Person, by: Actor, at: datetime) -> str:
    """Another secret, told only now; one that was there before no longer works."""
    person = locked(person)
    may_have_calendar(by, person).enforce()
    token = secrets.token_urlsafe(32)
    _address, is_new = CalendarAddress.objects.update_or_create(
        person=person,
        defaults={"token_digest": digest_of(token), "made_at": at, "asked_at": None},
    )
    event = events.CALENDAR_OPENED if is_new else events.CALENDAR_RENEWED
    record(event, about=person, by=by, at=at)
    return token


@transaction.atomic
def revoke_calendar(*, person: Person, by: Actor, at: datetime) -> None:
    """The address stops working at once."""
    person = locked(person)
    may_have_calendar(by, person).enforce()
    gone, _tables = CalendarAddress.objects.filter(person=person).delete()
    if gone:
        record(events.CALENDAR_REVOKED, about=person, by=by, at=at)


def note_visit(address: CalendarAddress, *, at: datetime) -> None:
    """When a calendar last came for it, so that its owner can tell whether it is in use."""
    if address.asked_at is None or at - address.asked_at >= NOTED_EVERY:
        CalendarAddress.objects.filter(pk=address.pk).update(asked_at=at)
