"""Lists that have a shape of their own: history, steps, tabs, pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context

from samrad.ui.pieces import Happening, Step, Tab, Words

register = template.Library()


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(happenings: Iterable[Happening], zone: Any = None) -> dict[str, Any]:
    """A history, latest first as given."""
    return {"happenings": happenings, "zone": zone}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Step], label: Words = "") -> dict[str, Any]:
    """How far something has come on a known way."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Tab], label: Words) -> dict[str, Any]:
    """Several views of one thing, as links."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """The pages of a long list; the rest of the address is kept."""
    return {
        "request": context.get("request"),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": page.paginator.ELLIPSIS,
    }
