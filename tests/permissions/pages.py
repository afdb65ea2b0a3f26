"""Every page of our own by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLResolver

# The library's pages for signing in, in tests/people.
LIBRARY = ("account_", "mfa_", "openid_")


def named_pages(patterns: Iterable[Any], namespace: str = "") -> Iterator[tuple[str, Any]]:
    """The full name of every page of our own, with its view."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_pages(pattern.url_patterns, inside)
        elif pattern.name and not pattern.name.startswith(LIBRARY):
            yield namespace + pattern.name, pattern.callback


def pages_by_name() -> dict[str, Any]:
    """The view behind every page of our own."""
    from samrad.site.urls import urlpatterns

    return dict(named_pages(urlpatterns))
