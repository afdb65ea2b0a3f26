"""The link in a mail that chooses, without signing in, how such mail comes (RFC 8058)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from samrad.access.actor import Actor
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind
from samrad.people.sources import actor_of_person
from samrad.post.links import Purpose
from samrad.post.models import Message
from samrad.post.writing import absolute_url

CHOOSING = Purpose("choose-mail", lasts=timedelta(days=400))
DIGEST = "post/mail/digest"
SEPARATOR = ","


def choice_path(person: Person, kinds: Iterable[str], delivery: Delivery) -> str:
    """The address of the page that chooses `delivery` for mail of these kinds, and no others."""
    named = SEPARATOR.join(str(kind) for kind in kinds)
    return reverse(
        "post:choose_by_link", args=[CHOOSING.sign(str(person.ref), named, delivery.value)]
    )


def choice_url(person: Person, kinds: Iterable[str]) -> str:
    """What stands at the foot of a mail whose like the reader may do without."""
    return absolute_url(choice_path(person, kinds, Delivery.NONE))


def kinds_of_the_day(person: Person, parts: Iterable[Message]) -> list[MailKind]:
    """What the link in a daily mail is about: the kinds that come so, or else those in the mail.

    What the reader has switched off, or wants at once, is none of its business.
    """
    daily = [kind for kind in MailKind if person.delivery_of(kind) == Delivery.DAILY]
    gathered = {part.kind for part in parts}
    return daily or [kind for kind in MailKind if kind in gathered]


def choice_headers(message: Message) -> dict[str, str]:
    """What mail programs make a button of; nothing on mail that has to come."""
    kinds = _kinds_of(message)
    if message.person is None or not kinds:
        return {}
    return {
        "List-Unsubscribe": f"<{choice_url(message.person, kinds)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _kinds_of(message: Message) -> list[MailKind]:
    if message.template == DIGEST and message.person is not None:
        return kinds_of_the_day(message.person, message.parts.all())
    return [MailKind(message.kind)] if message.kind else []


def choice_of(signed: str, on: date) -> tuple[Person, Actor, list[MailKind], Delivery] | None:
    """Whose choice a link makes, for what and how; None when the person has nothing to do here."""
    words = CHOOSING.words_of(signed, 3)
    if words is None:
        return None
    ref, named, delivery = words
    kinds = named.split(SEPARATOR)
    person = Person.objects.here_on(on).filter(ref=UUID(ref)).first()
    if person is None or delivery not in set(Delivery) or not set(kinds) <= set(MailKind):
        return None
    actor = actor_of_person(person, on)
    if actor.person_id is None:
        return None
    return person, actor, [MailKind(kind) for kind in kinds], Delivery(delivery)
