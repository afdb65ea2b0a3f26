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
_below: dict[str, str] = {}
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


def belongs(path: str, url_name: str) -> None:
    """Pages whose address begins with `path` are found under that entry: `/meetings/`, councils."""
    _below[path] = url_name


def primary(request: HttpRequest) -> list[Link]:
    """The primary navigation for whoever asks."""
    return _links(request, _primary.values())


def account(request: HttpRequest) -> list[Link]:
    """The entries under the reader's own name."""
    return _links(request, _account.values())


def _links(request: HttpRequest, entries: Iterable[Entry]) -> list[Link]:
    actor = getattr(request, "actor", None)
    seen = sorted((e for e in entries if e.visible(actor)), key=lambda entry: entry.order)
    urls = {entry.url_name: entry.url for entry in seen}
    current = _current(urls, request.path)
    return [
        Link(entry.label, urls[entry.url_name], entry.icon, entry.url_name == current)
        for entry in seen
    ]


def _current(urls: dict[str, str], path: str) -> str:
    """The entry a page belongs to: the longest address its own begins with; home only itself."""
    homes = [(url, name) for name, url in urls.items() if path == url or url != "/"]
    homes += [(start, name) for start, name in _below.items() if name in urls]
    return max((home for home in homes if path.startswith(home[0])), default=("", ""))[1]
