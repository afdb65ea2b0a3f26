"""How classified and written things are shown."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from samrad.documents.models import Classified
from samrad.documents.richtext import html_of
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATION_ICONS, CLASSIFICATION_TONES, CLASSIFICATIONS
from samrad.ui.templatetags.ui import chip

register = template.Library()


@register.filter
def rich(text: str | None) -> SafeString:
    """Written text with its paragraphs, lists, emphasis and links."""
    return html_of(text or "")


@register.simple_tag
def classification(thing: Classified) -> SafeString:
    """Who a thing is for, as a chip."""
    level = Classification(thing.classification)
    return chip(CLASSIFICATIONS[level], CLASSIFICATION_TONES[level], CLASSIFICATION_ICONS[level])
