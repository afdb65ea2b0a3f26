"""Where actors come from: `people` says who a user is, others say which roles a person holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from samrad.access.actor import ANONYMOUS, Actor, Held, with_roles

IdentitySource = Callable[[Any, date], Actor | None]
RoleSource = Callable[[Actor, date], Iterable[Held]]

_identity: list[IdentitySource] = []
_roles: list[RoleSource] = []


def register_identity(source: IdentitySource) -> None:
    """`source(user, day)` gives the actor, or None when the person may not come in.

    The actor may already hold roles; those of the other sources are added.
    """
    _identity[:] = [source]


def register_roles(source: RoleSource) -> None:
    """`source(actor, day)` gives roles held that day; when it raises, nobody gets in."""
    if source not in _roles:
        _roles.append(source)


def actor_of(user: Any, on: date) -> Actor:
    """The actor behind a signed-in user, with the roles held on the day `on`."""
    if not getattr(user, "is_authenticated", False) or not _identity:
        return ANONYMOUS
    actor = _identity[0](user, on)
    return ANONYMOUS if actor is None else with_all_roles(actor, on)


def with_all_roles(actor: Actor, on: date) -> Actor:
    """`actor` with what every source adds on that day; also for people who have not signed in."""
    added = [held for source in _roles for held in source(actor, on)]
    return with_roles(actor, [*actor.held, *added])
