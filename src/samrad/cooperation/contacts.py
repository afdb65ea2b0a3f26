"""Whom to turn to about what, and who sits for us where: what their pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, keys_within
from samrad.areas.queries import is_near
from samrad.cooperation.models import ContactPoint, Council, Representation
from samrad.kernel.clock import today
from samrad.people.models import Person
from samrad.people.queries.holders import held_in, with_holders
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name, name_key


@dataclass(frozen=True)
class Contact:
    """A contact point with whoever answers today: by name, or as holder of the role."""

    point: ContactPoint
    persons: tuple[Person, ...]


@dataclass(frozen=True)
class Theme:
    """The contacts of one theme."""

    code: str
    name: str
    contacts: list[Contact]


def contacts_within(area: Area, actor: Actor, on: date, *, theme: str = "") -> list[Theme]:
    """The contacts of an area and of what it contains, by theme: one query."""
    seen = ContactPoint.objects.visible_to(actor).current().within(area)
    if theme:
        seen = seen.filter(theme=theme)
    rows = with_holders(seen.select_related("area", "organisation", "person"), on).order_by(
        "theme", by_name("area__name"), "pk", "held__from_date", "held__pk"
    )
    contacts = [_contact(list(same), on) for _pk, same in groupby(rows, key=lambda row: row.pk)]
    by_theme: dict[str, list[Contact]] = {}
    for one in contacts:
        by_theme.setdefault(one.point.theme, []).append(one)
    known = list(profile(area.country).contact_themes)
    order = {code: place for place, code in enumerate(known)}
    return [
        Theme(code, alike[0].point.theme_name, alike)
        for code, alike in sorted(
            by_theme.items(), key=lambda pair: (order.get(pair[0], len(known)), pair[0])
        )
    ]


def _contact(rows: list[ContactPoint], on: date) -> Contact:
    point = rows[0]
    if point.person:
        return Contact(point, () if point.person.has_left_by(on) else (point.person,))
    posts = [post for row in rows if (post := held_in(row))]
    here = (post.person for post in posts if not post.person.has_left_by(on))
    return Contact(point, tuple(dict.fromkeys(here)))


def sees_contacts(area: Area, actor: Actor) -> bool:
    """Whether the actor works in the area or around it, sits in its councils, or oversees it."""
    near = Q(is_near(actor.workplace_ids, on=today())) | Q(
        pk__in=Council.objects.entered_by(actor).values("area")
    )
    areas = actor.areas_where(Permission.COUNCIL_OVERSEE) | actor.areas_where(
        Permission.COUNCIL_SET_UP
    )
    if areas:
        near |= Q(pk__in=keys_within(areas, on=today()))
    return Area.objects.filter(near, pk=area.pk).exists()


@dataclass(frozen=True)
class Forums:
    """The forums one council sends somebody to, those of one person, and who they all are."""

    shown: list[Representation]
    people: list[tuple[Person, int]]  # with the number of forums each sits in
    asked: Person | None
    past: bool
    may_open: bool


def forums_of(
    council: Council, actor: Actor, on: date, *, person: str = "", past: bool = False
) -> Forums:
    """Two queries; `person` is the reference of somebody who represents or stands in."""
    seen = Representation.objects.visible_to(actor).filter(council=council)
    if not past:
        seen = seen.filter(Q(to_date=None) | Q(to_date__gte=on))
    rows = list(
        seen.select_related("council", "person", "stand_in", "area")
        .prefetch_related("notes__noted_by")
        .order_by(by_name("forum"), by_name("area__name"), "pk")
    )
    numbers: dict[Person, int] = {}
    for row in rows:
        for one in filter(None, (row.person, row.stand_in)):
            numbers[one] = numbers.get(one, 0) + 1
    asked = next((one for one in numbers if str(one.ref) == person), None)
    shown = [row for row in rows if asked is None or asked in (row.person, row.stand_in)]
    return Forums(
        shown=shown,
        people=sorted(numbers.items(), key=lambda pair: (-pair[1], name_key(pair[0].label))),
        asked=asked,
        past=past,
        may_open=bool(rows) or actor.holds(Permission.INTERNAL_SEE, in_council=council),
    )
