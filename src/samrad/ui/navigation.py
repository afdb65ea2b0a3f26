"""What stands in the navigation. Apps register their entries in `AppConfig.ready()`.

    navigation.register(_("Councils"), "cooperation:councils", icon="people", order=20)

Whether somebody sees an entry is a question to the actor; nothing here knows roles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Asked = Callable[[Any], bool]


def signed_in(actor: Any) -> bool:
    """The usual answer: everybody who has signed in."""
    return actor is not None and not actor.is_anonymous


@dataclass(frozen=True)
class Entry:
    """One place to go."""

    label: str | Promise
    url_name: str
    icon: str = "document"
    order: int = 50
    visible: Asked = signed_in

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


_primary: dict[str, Entry] = {}
_account: dict[str, Entry] = {}


def register(
    label: str | Promise,
    url_name: str,
    *,
    icon: str = "document",
    order: int = 50,
    visible: Asked = signed_in,
) -> None:
    """Put an entry into the primary navigation; the lowest order comes first."""
    _primary[url_name] = Entry(label, url_name, icon, order, visible)


def register_account(
    label: str | Promise,
    url_name: str,
    *,
    icon: str = "person",
    order: int = 50,
    visible: Asked = signed_in,
) -> None:
    """Put an entry into the menu under the reader's own name."""
    _account[url_name] = Entry(label, url_name, icon, order, visible)


def primary(request: HttpRequest) -> list[Link]:
    """The primary navigation for whoever asks."""
    return _links(request, _primary.values())


def account(request: HttpRequest) -> list[Link]:
    """The entries under the reader's own name."""
    return _links(request, _account.values())


def _links(request: HttpRequest, entries: Iterable[Entry]) -> list[Link]:
    actor = getattr(request, "actor", None)
    seen = sorted((e for e in entries if e.visible(actor)), key=lambda entry: entry.order)
    urls = [entry.url for entry in seen]
    current = max((url for url in urls if _leads_to(url, request.path)), key=len, default="")
    return [
        Link(entry.label, url, entry.icon, url == current)
        for entry, url in zip(seen, urls, strict=True)
    ]


def _leads_to(url: str, path: str) -> bool:
    """A page belongs to the entry whose address its own begins with; home only to itself."""
    return path == url if url == "/" else path.startswith(url)
