"""Small things that stand in every row: icons, chips, people, days. Text, so they are cheap."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samrad.ui import formats
from samrad.ui.icons import PATHS
from samrad.ui.pieces import TONE_ICONS, Tone, Words

register = template.Library()

register.filter(formats.day)
register.filter(formats.day_long)
register.filter(formats.day_in_year)
register.filter(formats.day_month)
register.filter(formats.weekday)
register.filter(formats.moment)
register.filter(formats.clock)
register.filter(formats.relative_day)
register.filter(formats.number)
register.filter(formats.percent)
register.filter(formats.file_size)


@register.filter
def unbroken(text: Words) -> str:
    """A sentence whose days are not broken between two lines; escaped if it was before."""
    kept = formats.unbroken(str(text))
    return mark_safe(kept) if isinstance(text, SafeString) else kept  # noqa: S308 - as it was


@register.simple_tag
def icon(name: str, label: Words = "") -> SafeString:
    """An icon. Without a label it is decoration, and silent."""
    return drawn(name, label)


def drawn(name: str, label: Words = "") -> SafeString:
    said = (
        f'role="img" aria-label="{conditional_escape(str(label))}"'
        if label
        else 'aria-hidden="true"'
    )
    return mark_safe(  # noqa: S308 - paths are ours, the label is escaped
        f'<svg class="s-icon" viewBox="0 0 24 24" {said} focusable="false">{PATHS[name]}</svg>'
    )


@register.simple_tag
def chip(text: Words, tone: str = "neutral", icon: str = "") -> SafeString:
    """How something stands: a word, a shape and a colour."""
    known = tone_named(tone)
    return format_html(
        '<span class="s-chip" data-color="{}">{}{}</span>',
        known,
        drawn(icon or TONE_ICONS[known]),
        text,
    )


def tone_named(name: str) -> Tone:
    return Tone(name) if name in set(Tone) else Tone.NEUTRAL


@register.simple_tag
def avatar(name: Words, tone: str = "accent", size: str = "") -> SafeString:
    """A person's initials in a circle; decoration beside their name."""
    words = str(name).split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return format_html(
        '<span class="s-avatar" data-color="{}"{} aria-hidden="true">{}</span>',
        tone,
        format_html(' data-size="{}"', size) if size else "",
        initials,
    )


@register.simple_tag
def person(name: Words, role: Words = "", url: str = "", tone: str = "accent") -> SafeString:
    """Somebody: initials, name, and what they are here."""
    return format_html(
        '<span class="s-person">{}<span><span class="s-person__name">{}</span>{}</span></span>',
        avatar(name, tone),
        format_html('<a href="{}">{}</a>', url, name) if url else name,
        format_html('<span class="s-person__role">{}</span>', role) if role else "",
    )


@register.simple_tag
def when(start: datetime | None, end: datetime | None = None, zone: Any = None) -> SafeString:
    """From when until when, in full words."""
    if start is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>', start.isoformat(), formats.span(start, end, zone)
    )


@register.simple_tag
def due(value: date | None, zone: Any = None) -> SafeString:
    """A deadline: the day, and how far away it is."""
    if value is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{} ({})</time>',
        value.isoformat(),
        formats.day(value, zone),
        formats.relative_day(value, zone),
    )


@register.simple_tag
def date_sheet(value: date | None, zone: Any = None, past: bool = False) -> SafeString:
    """A day as a small sheet of a calendar, before a row."""
    if value is None:
        return SafeString("")
    local = formats.local_date(value, zone)
    return format_html(
        '<time class="s-date" datetime="{}"{}><span class="s-date__month">{}</span> '
        '<span class="s-date__day">{}</span></time>',
        local.isoformat(),
        SafeString(" data-past") if past else "",
        formats.day_month(local),
        local.day,
    )


@register.simple_tag
def who_when(who: Words, at: datetime | None, zone: Any = None) -> SafeString:
    """Who did it, and when."""
    return format_html(
        '<span class="s-whowhen"><span>{}</span> <time datetime="{}">{}</time></span>',
        who,
        at.isoformat() if at else "",
        formats.moment(at, zone),
    )


@register.simple_block_tag
def fact(content: str, label: Words) -> SafeString:
    """One line of `<dl class="s-facts">`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_tag
def figure(value: Words, label: Words) -> SafeString:
    """One large figure of `<dl class="s-figures">`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, value)
