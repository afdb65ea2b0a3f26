"""Every URL declares who may come in. A view without a declaration stops the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.urls import URLPattern, URLResolver

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.kernel.verdict import Refused

__all__ = [
    "ANYONE",
    "SIGNED_IN",
    "Audience",
    "Refused",
    "declare",
    "declared",
    "patterns_in",
    "require_declared",
]

View = TypeVar("View", bound=Callable[..., Any])


class Audience:
    """Who may come to a URL at all, before the thing itself is asked for."""

    def __init__(self, name: str, *permissions: Permission) -> None:
        self.name = name
        self.permissions = permissions

    def admits(self, actor: Actor) -> bool:
        """Whether `actor` belongs to the audience."""
        if self is ANYONE:
            return True
        if actor.is_anonymous:
            return False
        return not self.permissions or any(map(actor.holds_anywhere, self.permissions))

    def __repr__(self) -> str:
        return self.name


ANYONE = Audience("anyone")
SIGNED_IN = Audience("signed in")


def declare(audience: Audience | Permission, *more: Permission) -> Callable[[View], View]:
    """Declare a view's audience: ANYONE, SIGNED_IN, or whoever holds one of the permissions."""
    if isinstance(audience, Permission):
        audience = Audience(" or ".join([audience, *more]), audience, *more)

    def mark(view: View) -> View:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return mark


def declared(
    patterns: Iterable[URLPattern | URLResolver], audience: Audience
) -> list[URLPattern | URLResolver]:
    """Declare the audience of views that come from a library."""
    found = list(patterns)
    for pattern, _route in patterns_in(found):
        if not hasattr(pattern.callback, "audience"):
            declare(audience)(pattern.callback)
    return found


def patterns_in(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[URLPattern, str]]:
    """Every URL pattern below, with its route in full."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns_in(pattern.url_patterns, route)
        else:
            yield pattern, route


def require_declared(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Stop the program when a URL has not said who it is for."""
    missing = [
        route
        for pattern, route in patterns_in(patterns)
        if not hasattr(pattern.callback, "audience")
    ]
    if missing:
        message = "These URLs declare no audience: " + ", ".join(sorted(missing))
        raise ImproperlyConfigured(message)


def not_there() -> Http404:
    """What somebody gets for a thing that is not there for them: the same as for no thing."""
    return Http404()
