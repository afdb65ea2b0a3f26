"""Light, dark, or as the device says: the reader's choice, kept in a cookie."""

from __future__ import annotations

from enum import StrEnum

from django.http import HttpRequest

COOKIE = "samrad_scheme"


class Scheme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def scheme_of(request: HttpRequest | None) -> str:
    """The reader's choice, or the device's."""
    chosen = request.COOKIES.get(COOKIE, "") if request else ""
    return chosen if chosen in set(Scheme) else Scheme.AUTO
