"""How classified and written things are shown."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from samrad.documents.richtext import html_of

register = template.Library()


@register.filter
def rich(text: str | None) -> SafeString:
    """Written text with its paragraphs, lists, emphasis and links."""
    return html_of(text or "")
