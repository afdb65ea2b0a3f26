"""The components, as template tags. `{% load ui %}`; each is shown on the style page.

Small ones that stand in every row of a list are written here as text, without a template, so that
a hundred rows cost little. What people write is always escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from samrad.ui import formats, keeping, navigation
from samrad.ui.icons import PATHS
from samrad.ui.pieces import TONE_ICONS, Happening, Step, Tab, Tone, Words
from samrad.ui.schemes import scheme_of

register = template.Library()

register.filter(formats.day)
register.filter(formats.day_long)
register.filter(formats.day_month)
register.filter(formats.moment)
register.filter(formats.clock)
register.filter(formats.relative_day)
register.filter(formats.number)
register.filter(formats.percent)


# Frame ----------------------------------------------------------------------------------------


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
def url_or_nothing(name: str) -> str:
    """An address, or nothing where this installation does not have the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.filter
def saved_keys(extra_tags: str) -> str:
    """What a message says is saved, for the browser to forget its copies."""
    return keeping.keys_in(extra_tags or "")


# Page head ------------------------------------------------------------------------------------


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
        format_html('<p class="s-eyebrow">{}</p>', eyebrow) if eyebrow else "",
        title,
        format_html('<p class="s-pagehead__lead">{}</p>', lead) if lead else "",
        mark_safe(aside),  # noqa: S308
    )


@register.simple_block_tag
def next_step(content: str, hint: Words = "") -> SafeString:
    """The one thing to do now: a sentence, and inside a link or a form with one button."""
    return format_html(
        '<section class="s-next" aria-label="{}"><p class="s-next__label">{}{}</p>{}{}</section>',
        gettext("Next step"),
        _icon("arrow"),
        gettext("Next step"),
        format_html('<p class="s-next__hint">{}</p>', hint) if hint else "",
        content,
    )


@register.simple_tag
def next_link(label: Words, url: str, hint: Words = "") -> SafeString:
    """A next step that leads to a page. Without a hint why, it is only a button."""
    button = format_html('<a class="ds-button" href="{}">{}</a>', url, label)
    return next_step(button, hint) if hint else button


# Sections and cards -----------------------------------------------------------------------------


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
        _icon(icon or NOTICE_ICONS[_tone(tone)]),
        format_html("<strong>{}</strong>", title) if title else "",
        content,
    )


NOTICE_ICONS = {**TONE_ICONS, Tone.INFO: "info", Tone.NEUTRAL: "info", Tone.ACCENT: "info"}


@register.simple_tag
def empty(
    title: Words, text: Words = "", label: Words = "", url: str = "", icon: str = "document"
) -> SafeString:
    """Nothing here yet: why, and what to do about it."""
    return format_html(
        '<div class="s-empty"><span class="s-empty__mark">{}</span>'
        '<p class="s-empty__title">{}</p>{}{}</div>',
        _icon(icon),
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<a class="ds-button" href="{}">{}</a>', url, label) if url else "",
    )


# Small things -------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: Words = "") -> SafeString:
    """An icon. Without a label it is decoration, and silent."""
    return _icon(name, label)


def _icon(name: str, label: Words = "") -> SafeString:
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
    known = _tone(tone)
    return format_html(
        '<span class="s-chip" data-color="{}">{}{}</span>',
        known,
        _icon(icon or TONE_ICONS[known]),
        text,
    )


def _tone(name: str) -> Tone:
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
    local = formats._as_date(value, zone)
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


# Lists ----------------------------------------------------------------------------------------


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


# Things that open -------------------------------------------------------------------------------


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


# Forms ------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A field with its label, help and errors, tied together for screen readers."""
    return bound.as_field_group()


@register.inclusion_tag("ui/forms/errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, each with a way to the field. `{{ form }}` has it built in."""
    return {"form": form, "problems": list(problems(form))}


def problems(form: BaseForm) -> Iterable[tuple[str, str]]:
    """Every error of a form: the text, and the id of where to mend it."""
    for error in form.non_field_errors():
        yield str(error), ""
    for bound in form:
        first = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        for error in bound.errors:
            yield f"{bound.label}: {error}", first


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, label: Words = "") -> SafeString:
    """Fields above a list that choose what it shows; the choice stands in the address."""
    request: HttpRequest | None = context.get("request")
    clear: Any = ""
    if request and request.GET:
        clear = format_html(
            '<a class="ds-button" data-variant="tertiary" href="{}">{}</a>',
            request.path,
            gettext("Clear"),
        )
    return format_html(
        '<form class="s-filter" method="get" role="search">{}<div class="s-filter__buttons">'
        '<button class="ds-button" data-variant="secondary" type="submit">{}</button>{}'
        "</div></form>",
        content,
        label or gettext("Show"),
        clear,
    )
