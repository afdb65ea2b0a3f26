"""Links in a mail that do one thing with one press, without signing in.

A link is signed for one purpose and carries what it is about; whoever presses acts as the person it
was sent to. Opening it changes nothing, since programs open links too: the page it leads to holds
one button. It ends with time, and whenever the one it belongs to could no longer do the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

MOST_BROKEN = 40  # in ten minutes from one address: then nothing more is looked at for a while
MOST_PRESSED = 40  # in ten minutes with links of one person
MINUTES = 10


@dataclass(frozen=True)
class Purpose:
    """What links of a kind are for, and how long they work at most."""

    name: str
    lasts: timedelta

    def sign(self, *words: str) -> str:
        """The words with a signature that is good for this purpose alone."""
        return signing.dumps(list(words), salt=self._salt)

    def words_of(self, signed: str, count: int) -> list[str] | None:
        """What was signed, `count` words of it; None when it was not, or too long ago."""
        try:
            words = signing.loads(signed, salt=self._salt, max_age=self.lasts)
        except signing.BadSignature:
            return None
        is_ours = isinstance(words, list) and len(words) == count
        return [str(word) for word in words] if is_ours else None

    @property
    def _salt(self) -> str:
        return f"samrad.link.{self.name}"


@dataclass(frozen=True)
class Other:
    """Something else one may choose on the same page."""

    label: object
    url: str


@dataclass(frozen=True)
class Offer:
    """The page behind a link: what the mail said, and one button. `done`: it has been pressed."""

    title: object
    to: str  # whom the link was sent to
    lines: Sequence[object]
    button: object
    done: object = ""
    told: object = ""  # what else was said with it
    form: Form | None = None  # what may be said besides, once the button has been pressed
    before: object = ""  # what has been said with another of the links
    others: Sequence[Other] = field(default=())
    page: str = ""  # where the whole of it stands, for who signs in


def offered(
    request: HttpRequest, make: Callable[[], Offer], *, language: str, status: int = 200
) -> HttpResponse:
    """The page with the button, in the language of the mail unless the reader chose another.

    `make` gives what stands on it, days and hours among it, once that language is spoken.
    """
    with spoken(request, language) as said:
        response = render(request, "post/link.html", {"offer": make()}, status=status)
    response.headers["Content-Language"] = said
    return _unseen(response)


@contextmanager
def spoken(request: HttpRequest, language: str) -> Iterator[str]:
    """The language that such a page speaks: that of the mail, or the one the reader chose."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = dict(settings.LANGUAGES)
    found = next((one for one in (chosen, language) if one in known), settings.LANGUAGE_CODE)
    with translation.override(found):
        yield found


@dataclass(frozen=True)
class Over:
    """The page behind a link whose matter is over: what became of it, for the one it was for."""

    title: object
    lines: Sequence[object]
    said: object
    page: str


def over(request: HttpRequest, make: Callable[[], Over], *, language: str) -> HttpResponse:
    """What became of it, in the language of the mail; there is nothing to press."""
    with spoken(request, language) as said:
        response = render(request, "post/link_over.html", {"over": make()}, status=410)
    response.headers["Content-Language"] = said
    return _unseen(response)


def broken(request: HttpRequest) -> HttpResponse:
    """A link that is not, or no longer, good: what to do instead, and nothing of what it was."""
    _count(f"broken-link:{_address_of(request)}")
    return _unseen(render(request, "post/link_broken.html", status=404))


def refused_for_now(request: HttpRequest, person: int | None = None) -> HttpResponse | None:
    """An answer for who tries too often, from one address or with one person's links."""
    if person is None:
        too_many = cache.get(f"broken-link:{_address_of(request)}", 0) >= MOST_BROKEN
    else:
        too_many = _count(f"pressed-link:{person}") > MOST_PRESSED
    if not too_many:
        return None
    return _unseen(render(request, "post/link_wait.html", status=429))


def _count(key: str) -> int:
    """One more of these in this stretch of time; how many that makes."""
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, timeout=MINUTES * 60)
    return count


def _address_of(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, told to no other page, found by no search."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
