"""Telling the browser that what it kept is now saved.

A field with `data-keep="key"` is kept in the reader's browser until the server has said, after the
commit, that it is saved: with `saved()` before a redirect, or with `saved_header()` on a piece.
"""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

MARK = "saved:"


def saved(request: HttpRequest, text: str | Promise, *keys: str) -> None:
    """Say on the next page that it is saved, and let the browser forget its copies."""
    messages.success(request, str(text), extra_tags=" ".join(MARK + key for key in keys))


def saved_header(response: HttpResponse, key: str) -> HttpResponse:
    """The same for an answer to htmx."""
    response["HX-Trigger"] = json.dumps({"samrad:saved": {"key": key}})
    return response


def keys_in(extra_tags: str) -> str:
    """The keys a message says are saved, separated by spaces."""
    marked = [tag for tag in extra_tags.split() if tag.startswith(MARK)]
    return " ".join(tag.removeprefix(MARK) for tag in marked)
