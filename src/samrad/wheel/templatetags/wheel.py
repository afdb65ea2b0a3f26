"""How the wheel's marks and states are shown."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from samrad.kernel.clock import now
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.meetings.words import NO_MINUTES_YET
from samrad.ui.templatetags.ui import chip
from samrad.wheel import words
from samrad.wheel.queries.sheet import Mark
from samrad.wheel.queries.year import Entry
from samrad.wheel.rules import Calls, Rhythm, Stand, Window

register = template.Library()

# Drawn about a middle of 0,0 and 34 wide; the shape of a mark says what an activity calls for.
CIRCLE = '<circle r="16"/>'
SHAPES = {
    "meeting": CIRCLE,
    "task": '<rect x="-15" y="-15" width="30" height="30" rx="6"/>',
    "theme_day": '<path d="M0-19 19 0 0 19-19 0z"/>',
    "nothing": '<path d="M-9-16H9L18 0 9 16H-9L-18 0z"/>',
    "council_meeting": CIRCLE,
}
SIGNS = {
    Stand.DONE: '<g class="s-mark__sign"><circle cx="13" cy="-13" r="7.5"/>'
    '<path d="m9.6-12.8 2.4 2.5 4.4-5"/></g>',
    Stand.LATE: '<g class="s-mark__sign"><circle cx="13" cy="-13" r="7.5"/>'
    '<path d="M13-17v4.6M13-9.6v.1"/></g>',
}


@register.simple_tag
def mark_on_wheel(mark: Mark) -> SafeString:
    """A mark at its place on the wheel, with the arc of its time behind it."""
    scale = float(mark.spot.r) / 17
    arc = (
        format_html(
            '<path class="s-wheel__arc" data-stand="{}" d="{}"/>', mark.stand, mark.spot.arc
        )
        if mark.spot.arc
        else ""
    )
    return format_html(
        '{}<a href="{}" tabindex="-1"><g transform="translate({} {}) scale({})">{}</g></a>',
        arc,
        mark.url,
        mark.spot.x,
        mark.spot.y,
        f"{scale:.2f}",
        _drawn(mark),
    )


@register.simple_tag
def mark_in_list(mark: Mark) -> SafeString:
    """The same mark beside its words."""
    return format_html(
        '<svg class="s-year__mark" viewBox="-22 -22 44 44" aria-hidden="true" focusable="false">'
        "{}</svg>",
        _drawn(mark) if mark.label else _small(mark),
    )


@register.simple_tag
def sample_mark(kind: str, stand: str = "ahead") -> SafeString:
    """A mark without a number, for the key of the drawing."""
    return format_html(
        '<svg class="s-year__mark" viewBox="-22 -22 44 44" aria-hidden="true" focusable="false">'
        '<g class="s-mark" data-stand="{}" data-kind="{}">{}{}</g></svg>',
        stand,
        kind,
        mark_safe(SHAPES[kind]),  # noqa: S308 - ours
        _sign(stand),
    )


@register.simple_tag
def dot_on_wheel(mark: Mark) -> SafeString:
    """A small mark, for what comes every month."""
    return format_html(
        '<a href="{}" tabindex="-1"><circle class="s-wheel__dot" data-stand="{}" cx="{}" cy="{}"'
        ' r="{}"/></a>',
        mark.url, mark.stand, mark.spot.x, mark.spot.y, mark.spot.r,
    )  # fmt: skip


@register.simple_tag
def sample_dot() -> SafeString:
    """A small mark for the key of the drawing."""
    return format_html(
        '<svg class="s-year__mark" viewBox="-22 -22 44 44" aria-hidden="true" focusable="false">'
        '<circle class="s-wheel__dot" data-stand="{}" r="8"/></svg>',
        Stand.AHEAD,
    )


def _drawn(mark: Mark) -> SafeString:
    return format_html(
        '<g class="s-mark" data-stand="{}" data-kind="{}">{}<text y="6.5">{}</text>{}</g>',
        mark.stand,
        mark.kind,
        mark_safe(SHAPES[mark.kind]),  # noqa: S308 - ours
        mark.label,
        _sign(mark.stand),
    )


def _sign(stand: str) -> SafeString:
    """What says done and late without colour; a meeting that has been or comes has none."""
    return mark_safe(SIGNS.get(Stand(stand), "") if stand in set(Stand) else "")  # noqa: S308


def _small(mark: Mark) -> SafeString:
    return format_html('<circle class="s-wheel__dot" data-stand="{}" r="8"/>', mark.stand)


@register.simple_tag
def stand_chip(entry: Entry) -> SafeString:
    """How it stands, as a chip."""
    stand = entry.stand
    return chip(words.STANDS[stand], words.TONES[stand], words.ICONS.get(stand, ""))


@register.filter
def stand_name(entry: Entry) -> str:
    """How it stands, in a word."""
    return str(words.STANDS[entry.stand])


@register.filter
def by_when(window: Window) -> str:
    """By which day."""
    return words.when_in_words(window)


@register.filter
def from_until(window: Window) -> str:
    """From when until when."""
    return words.span_in_words(window.from_date, window.due_date)


@register.filter
def kind_name(calls_for: Calls) -> str:
    """What it calls for."""
    return str(words.KINDS[Calls(calls_for)])


@register.filter
def rhythm_name(rhythm: Rhythm) -> str:
    """How often it comes."""
    return str(words.RHYTHMS[Rhythm(rhythm)])


@register.filter
def meeting_word(meeting: Meeting) -> str:
    """How a meeting stands, in a word or two."""
    if meeting.ends_at < now() and meeting.state in (MeetingState.PLANNED, MeetingState.CALLED):
        return str(NO_MINUTES_YET)
    return meeting.state_name
