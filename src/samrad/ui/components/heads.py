"""The page head: the way here, the h1, the one next step."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samrad.ui.components.small import drawn, unbroken
from samrad.ui.pieces import Words

register = template.Library()


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """The way here: inside, `{% crumb "Councils" url %}{% crumb "Ås" %}`."""
    return format_html(
        '<nav class="s-crumbs" aria-label="{}"><ol>{}</ol></nav>', gettext("You are here"), content
    )


@register.simple_tag
def crumb(label: Words, url: str = "") -> SafeString:
    """One step of the way; the page itself has no address."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li><span aria-current="page">{}</span></li>', label)


@register.simple_block_tag
def page_header(content: str, title: Words, lead: Words = "", eyebrow: Words = "") -> SafeString:
    """The page's one h1, a sentence about it, and inside: one next step, or a button or two."""
    aside = content.strip()
    if aside and 'class="s-next"' not in aside:
        aside = format_html('<div class="s-pagehead__actions">{}</div>', mark_safe(aside))  # noqa: S308
    return format_html(
        '<div class="s-pagehead"><div class="s-pagehead__text">{}<h1>{}</h1>{}</div>{}</div>',
        format_html('<p class="s-eyebrow">{}</p>', unbroken(eyebrow)) if eyebrow else "",
        unbroken(title),
        format_html('<p class="s-pagehead__lead">{}</p>', unbroken(lead)) if lead else "",
        mark_safe(aside),  # noqa: S308
    )


@register.simple_block_tag
def next_step(content: str, hint: Words = "") -> SafeString:
    """The one thing to do now: a sentence, and inside a link or a form with one button."""
    return format_html(
        '<section class="s-next" aria-label="{}"><p class="s-next__label">{}{}</p>{}{}</section>',
        gettext("Next step"),
        drawn("arrow"),
        gettext("Next step"),
        format_html('<p class="s-next__hint">{}</p>', unbroken(hint)) if hint else "",
        content,
    )


@register.simple_tag
def next_link(label: Words, url: str, hint: Words = "") -> SafeString:
    """A next step that leads to a page. Without a hint why, it is only a button."""
    button = format_html('<a class="ds-button" href="{}">{}</a>', url, label)
    return next_step(button, hint) if hint else button
