"""The mails about agreements that are being made, and about those that come back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from samrad.agreements.models import Draft, Party, Signature
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.permissions import may_manage_council
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import seats_filled
from samrad.people.models import Person
from samrad.people.sources import actor_of_person
from samrad.post.api import MailKind, Message, absolute_url, send
from samrad.profiles.reader import profile

MAIL = "agreements/mail/"
AT_ONCE = {
    "sign", "voided", "left_out", "no_longer_asked", "given_up", "withdrawn", "not_yet",
}  # fmt: skip
"""To whoever is asked to sign or no longer is, or whose signature has fallen."""


def tell(
    draft: Draft,
    persons: Iterable[Person],
    template: str,
    *,
    key: str = "",
    about: Draft | Party | Signature | Council | None = None,
    **more: Any,
) -> int:
    """One of the mails about a draft to those who have an address; how many new ones that made.

    A mail that asks somebody to sign is `about` their party: once that has signed, it does not go.
    One that tells whoever may not read the draft any more is about something they need not read.
    """
    there = {person.pk: person for person in persons if person.email}
    keys = {f"{key}:{pk}": pk for pk in there} if key else {}
    for sent in Message.objects.filter(key__in=keys).values_list("key", flat=True):
        del there[keys[sent]]
    for person in there.values():
        send(
            to=person,
            template=f"{MAIL}{template}",
            context={
                "council": draft.council.name,
                "title": draft.title,
                "url": absolute_url(draft.get_absolute_url()),
                **more,
            },
            about=about or draft,
            kind=None if template in AT_ONCE else MailKind.COUNCILS,
            key=f"{key}:{person.pk}" if key else "",
            language=person.language or _language(draft.council),
        )
    return len(there)


def what_is_new(party: Party) -> str:
    """Where whoever had signed for the party reads what has been changed since."""
    return reverse("agreements:since_signed", args=[party.ref])


def asked_since(party: Party, moment: datetime) -> bool:
    """Whether somebody has been asked to sign for the party since then."""
    about = Message.objects.filter(about_kind=Party.trail_kind, about_ref=party.ref)
    return about.filter(queued_at__gte=moment).exists()


def tell_of_renewal(agreement: Agreement, day: date, *, on: date, key: str, is_over: bool) -> int:
    """The secretary hears that an agreement is to be made anew; the chair where there is none."""
    council = agreement.council
    persons = keepers(council, on)
    for person in persons:
        send(
            to=person,
            template=f"{MAIL}renewal",
            context={
                "council": council.name,
                "title": agreement.title,
                "day": day,
                "is_over": is_over,
                "url": absolute_url(agreement.get_absolute_url()),
            },
            about=agreement,
            kind=MailKind.COUNCILS,
            key=f"{key}:{person.pk}",
            language=person.language or _language(council),
        )
    return len(persons)


def keepers(council: Council, on: date) -> list[Person]:
    """The secretary, or the chair where nobody is reached."""
    filled = seats_filled(council, on)
    for function in (SeatFunction.SECRETARY, SeatFunction.CHAIR):
        found = {p.pk: p for one in filled if one.seat.function == function for p in one.persons}
        reached = [person for person in found.values() if person.email]
        if reached:
            return reached
    return []


def writers(draft: Draft, on: date) -> list[Person]:
    """Those who keep the council, and whoever began the draft as long as they may write it."""
    found, began = keepers(draft.council, on), draft.started_by
    if began not in found and may_manage_council(actor_of_person(began, on), draft.council):
        found.append(began)
    return found


def _language(council: Council) -> str:
    return profile(council.country).languages[0]
