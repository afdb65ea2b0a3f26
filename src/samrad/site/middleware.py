"""Requests are counted and logged without their content; pages speak the reader's language."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.utils import translation

from samrad.kernel.ids import uuid7
from samrad.site.metrics import REQUEST_SECONDS

log = logging.getLogger("samrad.requests")
GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}  # a caller may invent more
QUIET = ("/health", "/ready", "/metrics", "/static/")


class RequestRecord:
    """One log line a request: route, status, time. Never the address typed, nor what was sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.request_id = str(uuid7())
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        route = match.route if match else "(none)"
        method = request.method if request.method in METHODS else "other"
        REQUEST_SECONDS.labels(method, route, str(response.status_code)).observe(seconds)
        if not request.path.startswith(QUIET):
            log.info(
                "request",
                extra={
                    "request_id": request.request_id,
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                },
            )
        response["X-Request-Id"] = request.request_id
        return response


class HeadAsGet:
    """HEAD works wherever GET does, and does what GET does: views never meet it.

    A view that takes anything but GET for an act would otherwise act when a link is only checked.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            response: Any = self.get_response(request)
        finally:
            request.method = "HEAD"
        if response.streaming:
            response.streaming_content = []
        else:
            response.content = b""
        return cast("HttpResponse", response)


class WhatWasDone:
    """`request.done_at`: where the view leads on to after an act, once all of it is committed.

    Innermost: what fails after that, as when the session is kept, does not undo what was done.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.is_let_in, request.done_at = False, ""
        response = self.get_response(request)
        if request.is_let_in and isinstance(response, HttpResponseRedirectBase):
            request.done_at = response.url
        return response

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Reached only where nobody before it has answered in the view's place."""
        request.is_let_in = True


class ReaderLanguage:
    """The reader's own choice, then the person's, then the browser's, then the installation's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        language = self._chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _chosen(self, request: Any) -> str:
        known = dict(settings.LANGUAGES)
        own = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if own not in known and settings.SESSION_COOKIE_NAME in request.COOKIES:
            own = request.actor.language
        return str(own) if own in known else chosen_without_asking(request)


def chosen_without_asking(request: HttpRequest) -> str:
    """The reader's own choice, then the browser's, then the installation's: no query."""
    known = dict(settings.LANGUAGES)
    own = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if own in known:
        return str(own)
    return _from_browser(request.META.get("HTTP_ACCEPT_LANGUAGE", ""), known)


def _from_browser(header: str, known: dict[str, str]) -> str:
    for part in header.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        code = "nb" if code == "no" else code
        if code in known:
            return code
    return str(settings.LANGUAGE_CODE)
