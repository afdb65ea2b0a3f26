"""Being anybody with one click: only in a demo.

Three things must be true: the program was started by `samrad demo`, which listens to this machine
alone (the addresses do not exist otherwise); the database carries the demo's mark; and the request
comes from this machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from itertools import groupby

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import get_language

from samrad.kernel.clock import today
from samrad.kernel.multilingual import Words
from samrad.people.models import Appointment, DemoMarker, DemoPerson, Person, User

FORWARDED = {"HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_VIA"}


@dataclass(frozen=True)
class Part:
    """Somebody a visitor can be."""

    person: Person
    roles: str
    hint: str


@dataclass(frozen=True)
class Group:
    """The people of one council."""

    name: str
    parts: list[Part]


def is_demo(request: HttpRequest) -> bool:
    """Whether this request may choose whom to be."""
    return settings.DEMO and _is_from_here(request) and DemoMarker.objects.exists()


def _is_from_here(request: HttpRequest) -> bool:
    """Straight from this machine; a proxy on it would lend its own address to the whole world."""
    if not FORWARDED.isdisjoint(request.META):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def groups() -> list[Group]:
    """Everybody there is to be, by council, with what to try as them: two queries.

    Whoever has no role any more, as a mayor who was followed, would be signed out at once.
    """
    current = Appointment.objects.on(today()).select_related("organisation")
    rows = DemoPerson.objects.select_related("person").prefetch_related(
        Prefetch("person__appointments", current, to_attr="posts")
    )
    return [
        Group(name, [_part(row) for row in members])
        for name, members in groupby(
            (row for row in rows if row.person.posts),  # type: ignore[attr-defined]
            key=lambda row: row.group,
        )
    ]


def _part(row: DemoPerson) -> Part:
    posts: list[Appointment] = row.person.posts  # type: ignore[attr-defined]
    roles = ", ".join(f"{post.role_name}, {post.organisation.name}" for post in posts)
    hint = Words.from_mapping(row.hint).in_language(get_language() or "en")
    return Part(row.person, roles, hint)


def account_of(row: DemoPerson) -> User:
    """The account behind a demo person; nobody can type a password for it."""
    return account_for(row.person)


def account_for(person: Person) -> User:
    """The account of anybody in the demo."""
    if person.user is None:
        person.user = User.objects.create_user(f"{person.ref}@demo.invalid")
        person.save(update_fields=["user"])
    return person.user
