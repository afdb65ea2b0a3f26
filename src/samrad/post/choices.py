"""The link in a mail that chooses, without signing in, how such mail comes (RFC 8058)."""

from __future__ import annotations

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
OF_THE_DAY = "digest"  # stands for every kind that the person has once a day


def choice_path(person: Person, what: str, delivery: Delivery) -> str:
    """The address of the page that chooses `delivery` for mail of a kind, or for the daily mail."""
    return reverse(
        "post:choose_by_link", args=[CHOOSING.sign(str(person.ref), what, delivery.value)]
    )


def choice_url(person: Person, what: str) -> str:
    """What stands at the foot of a mail whose like the reader may do without."""
    return absolute_url(choice_path(person, what, Delivery.NONE))


def choice_headers(message: Message) -> dict[str, str]:
    """What mail programs make a button of; nothing on mail that has to come."""
    what = OF_THE_DAY if message.template == DIGEST else message.kind
    if message.person is None or not what:
        return {}
    return {
        "List-Unsubscribe": f"<{choice_url(message.person, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def choice_of(signed: str, on: date) -> tuple[Person, Actor, str, Delivery] | None:
    """Whose choice a link makes, for what and how; None when the person has nothing to do here."""
    words = CHOOSING.words_of(signed, 3)
    if words is None:
        return None
    ref, what, delivery = words
    person = Person.objects.here_on(on).filter(ref=UUID(ref)).first()
    if person is None or delivery not in set(Delivery) or what not in {OF_THE_DAY, *MailKind}:
        return None
    actor = actor_of_person(person, on)
    return None if actor.person_id is None else (person, actor, what, Delivery(delivery))


def kinds_meant(person: Person, what: str) -> list[MailKind]:
    """The kinds a link is about: one, or those that are not sent at once."""
    if what == OF_THE_DAY:
        return [kind for kind in MailKind if person.delivery_of(kind) != Delivery.AT_ONCE]
    return [MailKind(what)]
