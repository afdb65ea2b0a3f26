"""The actor: who is asking, with every role they hold today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID

from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role


class HasKey(Protocol):
    """A council or an area, known here by its key alone."""

    @property
    def pk(self) -> int: ...


@dataclass(frozen=True)
class Held:
    """A role held today: in one council (by one seat), over one area, or in the installation."""

    role: Role
    council_id: int | None = None
    area_id: int | None = None
    seat_id: int | None = None
    country: str = ""  # the council's or area's, so that its rules are known without asking for it
    side: str = ""  # of the table, where it is a seat


@dataclass(frozen=True)
class Actor:
    """Somebody who asks. Built once a request, from appointments, seats and grants valid today."""

    label: str
    user_id: int | None = None
    person_id: int | None = None
    person_ref: UUID | None = None
    language: str = ""
    seen_at: datetime | None = None  # the latest look at home that was noted
    before_at: datetime | None = None  # the last look of the visit before this one
    organisation_ids: frozenset[int] = frozenset()
    workplace_ids: frozenset[int] = frozenset()  # the areas these organisations are in
    held: frozenset[Held] = field(default=frozenset(), repr=False)
    is_system: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Nobody has signed in."""
        return self.user_id is None and not self.is_system

    @cached_property
    def _permissions_in_council(self) -> dict[int, set[Permission]]:
        found: dict[int, set[Permission]] = {}
        for held in self.held:
            if held.council_id is not None:
                found.setdefault(held.council_id, set()).update(PERMISSIONS_OF[held.role])
        return found

    @cached_property
    def _permissions_anywhere(self) -> frozenset[Permission]:
        return frozenset(p for held in self.held for p in PERMISSIONS_OF[held.role])

    @cached_property
    def seat_ids(self) -> frozenset[int]:
        """The seats this person fills today."""
        return frozenset(held.seat_id for held in self.held if held.seat_id is not None)

    def sits_for(self, side: str) -> bool:
        """Whether the person fills a seat on that side of a table."""
        return any(held.side == side for held in self.held)

    def countries_sat_in(self, side: str) -> frozenset[str]:
        """The countries in which the person fills a seat on that side of a table."""
        return frozenset(held.country for held in self.held if held.side == side)

    def countries_where(self, permission: Permission) -> frozenset[str]:
        """The countries in which a seat, or a role over an area, gives the permission."""
        return frozenset(
            held.country
            for held in self.held
            if held.country and permission in PERMISSIONS_OF[held.role]
        )

    def holds(self, permission: Permission, *, in_council: HasKey | int) -> bool:
        """Whether a seat in that council gives the permission."""
        key = in_council if isinstance(in_council, int) else in_council.pk
        return permission in self._permissions_in_council.get(key, ())

    def holds_anywhere(self, permission: Permission) -> bool:
        """Whether any role, wherever it is held, gives the permission."""
        return permission in self._permissions_anywhere

    def councils_where(self, permission: Permission) -> frozenset[int]:
        """Keys of the councils in which the permission is held by a seat."""
        return frozenset(
            council for council, held in self._permissions_in_council.items() if permission in held
        )

    def countries_of(self, councils: frozenset[int]) -> frozenset[str]:
        """The countries of those among `councils` in which a seat is held."""
        return frozenset(held.country for held in self.held if held.council_id in councils)

    def areas_where(self, permission: Permission) -> frozenset[int]:
        """Keys of the areas over which the permission is held; it reaches all they contain."""
        return frozenset(
            held.area_id
            for held in self.held
            if held.area_id is not None and permission in PERMISSIONS_OF[held.role]
        )

    def has_role(self, role: Role, *, in_council: HasKey | int) -> bool:
        """Whether the person fills that role in the council."""
        key = in_council if isinstance(in_council, int) else in_council.pk
        return any(held.role == role and held.council_id == key for held in self.held)

    @property
    def manages_installation(self) -> bool:
        """Whether the person runs the installation itself."""
        return self.holds_anywhere(Permission.INSTALLATION_MANAGE)


ANONYMOUS = Actor(label="")
SYSTEM = Actor(label="Samråd", is_system=True)


def with_roles(actor: Actor, held: Iterable[Held]) -> Actor:
    """The same actor holding other roles: for sources that build it, and for tests."""
    return Actor(
        label=actor.label,
        user_id=actor.user_id,
        person_id=actor.person_id,
        person_ref=actor.person_ref,
        language=actor.language,
        seen_at=actor.seen_at,
        before_at=actor.before_at,
        organisation_ids=actor.organisation_ids,
        workplace_ids=actor.workplace_ids,
        held=frozenset(held),
    )
