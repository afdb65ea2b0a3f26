"""Parts of a page: sections, cards, notices, empty states, things that open."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from samrad.ui.components.small import drawn, tone_named
from samrad.ui.pieces import TONE_ICONS, Tone, Words

register = template.Library()

NOTICE_ICONS = {**TONE_ICONS, Tone.INFO: "info", Tone.NEUTRAL: "info", Tone.ACCENT: "info"}


@register.simple_block_tag
def section(
    content: str, title: Words, lead: Words = "", *, label: Words = "", url: str = "", id: str = ""
) -> SafeString:
    """A part of a page under an h2, with a link of its own at the side."""
    anchor = id or slugify(str(title), allow_unicode=True)
    return format_html(
        '<section class="s-section" aria-labelledby="{id}"><div class="s-section__head">'
        '<h2 id="{id}">{title}</h2>{link}{lead}</div>{content}</section>',
        id=anchor,
        title=title,
        link=format_html('<a href="{}">{}</a>', url, label) if url and label else "",
        lead=format_html("<p>{}</p>", lead) if lead else "",
        content=content,
    )


@register.simple_block_tag
def card(
    content: str,
    title: Words = "",
    url: str = "",
    *,
    eyebrow: Words = "",
    tone: str = "",
    level: int = 3,
    foot: Words = "",
) -> SafeString:
    """A thing of its own. With `url` the whole card leads there."""
    name: Words = title
    if url:
        name = format_html('<a class="s-card__link" href="{}">{}</a>', url, title)
    return format_html(
        '<article class="s-card"{}>{}{}{}{}</article>',
        format_html(' data-tone="{}"', tone) if tone else "",
        format_html('<p class="s-eyebrow">{}</p>', eyebrow) if eyebrow else "",
        format_html('<h{0} class="s-card__title">{1}</h{0}>', level, name) if title else "",
        content,
        format_html('<p class="s-card__foot">{}</p>', foot) if foot else "",
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Words = "", icon: str = "") -> SafeString:
    """Something to know before going on."""
    return format_html(
        '<div class="s-notice" data-color="{}">{}<div class="s-notice__body">{}{}</div></div>',
        tone,
        drawn(icon or NOTICE_ICONS[tone_named(tone)]),
        format_html("<strong>{}</strong>", title) if title else "",
        content,
    )


@register.simple_tag
def empty(
    title: Words, text: Words = "", label: Words = "", url: str = "", icon: str = "document"
) -> SafeString:
    """Nothing here yet: why, and what to do about it."""
    return format_html(
        '<div class="s-empty"><span class="s-empty__mark">{}</span>'
        '<p class="s-empty__title">{}</p>{}{}</div>',
        drawn(icon),
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<a class="ds-button" href="{}">{}</a>', url, label) if url else "",
    )


@register.simple_block_tag
def dialog(
    content: str,
    label: Words,
    title: Words = "",
    *,
    variant: str = "secondary",
    is_open: bool = False,
    tone: str = "accent",
) -> SafeString:
    """A button that opens a dialog; without scripts it unfolds in place."""
    return format_html(
        '<details class="s-dialog" data-dialog="{}"{}>'
        '<summary class="ds-button" data-variant="{}" data-color="{}">{}</summary>'
        '<div class="s-dialog__body"><h2>{}</h2>{}</div></details>',
        title or label,
        SafeString(" open") if is_open else "",
        variant,
        tone,
        label,
        title or label,
        content,
    )


@register.simple_block_tag
def reveal(content: str, label: Words, is_open: bool = False) -> SafeString:
    """More, for those who want it."""
    return format_html(
        '<details class="s-reveal"{}><summary>{}</summary><div>{}</div></details>',
        SafeString(" open") if is_open else "",
        label,
        content,
    )
