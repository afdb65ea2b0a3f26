"""A database that is locked or cannot be reached: how that is told from a fault of ours.

SQLite lets one write at a time, and under heavy load the last in the queue gives up. A server of
PostgreSQL may be restarted while people work. Neither is a fault of the program, and both pass.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation

from samrad.site.middleware import chosen_without_asking

TRY_AGAIN_AFTER = 10  # seconds
LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
PRIMARY = 0xFF  # the part of SQLite's extended codes that names the kind
# PostgreSQL's classes: no connection, no room, stopped by who runs it; a lock that was not given.
PASSES = ("08", "53", "57P", "55P03", "40P01", "40001")
MOST_CAUSES = 10
# What proves who somebody is never comes back on a page: by the part of the site, and by the field.
SIGNING_IN = ("account_", "mfa_", "openid_connect_")
SECRET = re.compile(
    r"password|passphrase|credential|secret|(?:^|[^a-z])(?:code|key|otp|pin|token)s?(?:[^a-z]|$)"
)


def passes_by_itself(error: BaseException | None) -> bool:
    """Whether the database is only locked or away, so that the same may work in a moment."""
    return any(_is_away(one) for one in _with_causes(error))


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    for _n in range(MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _is_away(error: BaseException) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    driver: Any = error.__cause__
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        return code & PRIMARY in LOCKED
    if isinstance(driver, sqlite3.Error) or driver is None:
        return False
    state = getattr(driver, "sqlstate", None)  # none where there was nobody to give one
    return state is None or state.startswith(PASSES)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Said in the reader's language without asking the database, with what they sent beside it."""
    language = getattr(request, "LANGUAGE_CODE", None) or chosen_without_asking(request)
    with translation.override(language):
        done_at = _done_at(request)
        told = {
            "done_at": done_at,
            "again": [] if done_at else _sent(request),
            "was_sent": _was_sent(request),
        }
        response = render(request, "ui/503.html", told, status=503)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    response["Content-Language"] = language
    response["Cache-Control"] = "private, no-store"
    return response


def _was_sent(request: HttpRequest) -> bool:
    return request.method == "POST"


def _done_at(request: HttpRequest) -> str:
    """Where it goes on, where what was sent is certainly saved and must not be sent twice.

    Signing in is not done before the session is kept.
    """
    if not _was_sent(request) or _is_about_signing_in(request):
        return ""
    return getattr(request, "done_at", "")


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be sent again with one press; never a secret, nor what had files.

    It is their own, goes to nobody else, and only counts with the proof of origin that it brought.
    """
    if not _was_sent(request) or request.content_type == "application/json":
        return []
    if _is_about_signing_in(request):
        return []
    try:
        posted, files = request.POST, request.FILES
    except Exception:
        return []
    if files or any(SECRET.search(name.lower()) for name in posted):
        return []
    return [(name, value) for name, values in posted.lists() for value in values]


def _is_about_signing_in(request: HttpRequest) -> bool:
    """Whether it is one of the pages where people prove who they are."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return (match.url_name or "").startswith(SIGNING_IN)
