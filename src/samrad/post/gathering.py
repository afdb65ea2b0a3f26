"""Once a day, what was held back for somebody goes out as one mail.

A person's day is gathered in one transaction with the mail that is queued for it, behind a lock on
the person, and that mail's key names the day: however many workers come by, there is one.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samrad.kernel.clock import day_of
from samrad.people.models import Appointment, Person
from samrad.people.rules import Delivery
from samrad.post import guards
from samrad.post.actions import send, settle
from samrad.post.choices import DIGEST
from samrad.post.digests import words_of_digest
from samrad.post.models import Message
from samrad.post.rules import MessageState, digest_day
from samrad.profiles.reader import profile
from samrad.work.api import enqueue

GATHER_FOR = "post.gather_for"


@transaction.atomic
def gather(*, at: datetime) -> None:
    """Ask for the mail of the day for everybody who waits for one and whose day has begun."""
    waiting = Message.objects.filter(state=MessageState.HELD).values("person")
    persons = list(Person.objects.filter(pk__in=waiting).order_by("pk"))
    countries = _countries_of(persons, day_of(at))
    for person in persons:
        country = countries.get(person.pk)
        # Who is appointed nowhere any more reads nothing: what waits for them is let go of now.
        day = digest_day(at, country, profile(country).zone) if country else day_of(at)
        if day is not None:
            key = _key(person, day)
            enqueue(GATHER_FOR, key=key, person=person.pk, day=day.isoformat())


def _countries_of(persons: list[Person], on: date) -> dict[int, str]:
    """Where each works, by the appointment they have had longest."""
    posts = Appointment.objects.on(on).filter(person__in=persons).order_by("-from_date", "-pk")
    return dict(posts.values_list("person", "organisation__country"))


def _key(person: Person, day: date) -> str:
    return f"digest:{person.ref}:{day.isoformat()}"


@transaction.atomic
def gather_for(*, person: int, day: date, at: datetime) -> Message | None:
    """One mail of everything held for somebody that they are still to have; None without any."""
    reader = Person.objects.select_for_update(of=("self",)).get(pk=person)
    key = _key(reader, day)
    if Message.objects.filter(key=key).exists():
        return None
    held = Message.objects.filter(person=reader, state=MessageState.HELD)
    parts = [part for part in held.order_by("queued_at", "pk") if _is_wanted(part, reader, at)]
    if not parts:
        return None
    digest = send(
        to=reader,
        template=DIGEST,
        context=words_of_digest(reader, parts),
        key=key,
        language=reader.language or parts[-1].language,
    )
    gathered = Message.objects.filter(pk__in=[part.pk for part in parts])
    gathered.update(state=MessageState.GATHERED, digest=digest, settled_at=at)
    return digest


def _is_wanted(part: Message, reader: Person, at: datetime) -> bool:
    """Whether it belongs in the mail; otherwise it is let go of."""
    part.person = reader
    if reader.delivery_of(part.kind) == Delivery.NONE:
        settle(part, MessageState.DECLINED, at=at)
        return False
    guards.say_less(part)
    if not guards.is_still_for(part, at):
        settle(part, MessageState.WITHHELD, at=at)
        return False
    return True
