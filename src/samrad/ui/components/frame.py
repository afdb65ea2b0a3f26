"""What the frame of every page asks for."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samrad.ui import keeping, navigation
from samrad.ui.schemes import scheme_of

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation_links(context: Context) -> list[navigation.Link]:
    """The primary navigation for whoever asks."""
    request = context.get("request")
    return navigation.primary(request) if request else []


@register.simple_tag(takes_context=True)
def account_links(context: Context) -> list[navigation.Link]:
    """The entries of the menu under the reader's name."""
    request = context.get("request")
    return navigation.account(request) if request else []


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The languages by their own names: whoever looks for theirs cannot read the others."""
    return list(settings.LANGUAGES)


@register.simple_tag(takes_context=True)
def color_scheme(context: Context) -> str:
    """light, dark, or auto: as the device says."""
    return scheme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def address(context: Context) -> str:
    """Where the reader is, to come back to."""
    request: HttpRequest | None = context.get("request")
    return request.get_full_path() if request and request.method == "GET" else "/"


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A part that says the same on every page of a language: drawn once."""
    if settings.DEBUG:
        return mark_safe(render_to_string(name))  # noqa: S308
    return _fixed(name, get_language() or "")


@lru_cache(maxsize=32)
def _fixed(name: str, _language: str) -> SafeString:
    return mark_safe(render_to_string(name))  # noqa: S308


@register.simple_tag
def url_or_nothing(name: str, *args: object) -> str:
    """An address, or nothing where this installation does not have the page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def saved_keys(extra_tags: str) -> str:
    """What a message says is saved, for the browser to forget its copies."""
    return keeping.keys_in(extra_tags or "")
