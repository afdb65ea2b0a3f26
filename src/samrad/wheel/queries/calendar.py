"""What a person's calendar holds: the meetings they are called to, and what the year asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.kernel.clock import beginning_of
from samrad.meetings.models import Meeting
from samrad.people.api import actor_of_person
from samrad.people.models import Person
from samrad.wheel.models import CalendarAddress
from samrad.wheel.queries.year import Entry, entries_of
from samrad.wheel.rules import Stand
from samrad.wheel.rules.secrets import digest_of

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
MOST_MEETINGS = 500
LEFT_OUT = frozenset({Stand.SKIPPED, Stand.PASSED})


@dataclass(frozen=True)
class Held:
    """What is in a calendar at a moment."""

    meetings: Sequence[Meeting]
    entries: Sequence[Entry]


def address_with(token: str) -> CalendarAddress | None:
    """The address that the secret opens."""
    found = CalendarAddress.objects.select_related("person")
    return found.filter(token_digest=digest_of(token)).first()


def calendar_of(person: Person, on: date) -> Held:
    """What the person may see today; nothing when the last role is gone."""
    return calendar_for(actor_of_person(person, on), on)


def calendar_for(actor: Actor, on: date) -> Held:
    """Of councils one has a seat in: a level that only oversees them is not called to anything."""
    councils = list(
        Council.objects.visible_to(actor)
        .filter(pk__in=actor.councils_where(Permission.INTERNAL_SEE), state=CouncilState.ACTIVE)
        .order_by("pk")
    )
    return Held(_meetings(actor, on), _entries(councils, actor, on))


def _meetings(actor: Actor, on: date) -> list[Meeting]:
    """A guest's are those they are asked to."""
    called = Q(council__in=actor.councils_where(Permission.INTERNAL_SEE)) | Q(
        guests__in=actor.seat_ids
    )
    since = beginning_of(on - BACK)
    found = Meeting.objects.visible_to(actor).filter(called, starts_at__gte=since)
    return list(
        found.select_related("council").distinct().order_by("starts_at", "pk")[:MOST_MEETINGS]
    )


def _entries(councils: Sequence[Council], actor: Actor, on: date) -> list[Entry]:
    if not councils:
        return []
    first, last = on - BACK, on + AHEAD
    found = entries_of(councils, actor, range(first.year, last.year + 1), on)
    return [
        one for one in found if one.stand not in LEFT_OUT and first <= one.window.due_date <= last
    ]
