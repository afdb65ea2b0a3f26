"""What rhythms, kinds and states are called, for a reader, and the tone they are shown in."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samrad.ui.formats import day
from samrad.wheel.rules import Calls, Part, Rhythm, Stand, Window

RHYTHMS = {
    Rhythm.YEARLY: _("Every year"),
    Rhythm.EVERY_OTHER_YEAR: _("Every other year"),
    Rhythm.HALF_YEARLY: _("Twice a year"),
    Rhythm.TERTIAL: _("Every four months"),
    Rhythm.QUARTERLY: _("Every quarter"),
    Rhythm.MONTHLY: _("Every month"),
}
PARTS = {
    Part.WHOLE: _("The whole month"),
    Part.EARLY: _("Early in the month"),
    Part.MIDDLE: _("In the middle of the month"),
    Part.LATE: _("Late in the month"),
}
CALLS = {
    Calls.MEETING: _("A meeting"),
    Calls.TASK: _("A task"),
    Calls.THEME_DAY: _("A theme day"),
    Calls.NOTHING: _("Nothing that is made here"),
}
KINDS = {
    Calls.MEETING: _("Calls for a meeting"),
    Calls.TASK: _("Calls for a task"),
    Calls.THEME_DAY: _("Calls for a theme day"),
    Calls.NOTHING: _("To remember"),
}
STANDS = {
    Stand.DONE: pgettext_lazy("activity of the year wheel", "Done"),
    Stand.SKIPPED: pgettext_lazy("activity of the year wheel", "Left out"),
    Stand.ARRANGED: pgettext_lazy("activity of the year wheel", "Arranged"),
    Stand.LATE: pgettext_lazy("activity of the year wheel", "Late"),
    Stand.DUE: pgettext_lazy("activity of the year wheel", "Due now"),
    Stand.AHEAD: pgettext_lazy("activity of the year wheel", "Ahead"),
    Stand.PASSED: pgettext_lazy("activity of the year wheel", "Passed"),
}
TONES = {
    Stand.DONE: "success",
    Stand.SKIPPED: "neutral",
    Stand.ARRANGED: "info",
    Stand.LATE: "danger",
    Stand.DUE: "warning",
    Stand.AHEAD: "neutral",
    Stand.PASSED: "neutral",
}
ICONS = {Stand.SKIPPED: "minus", Stand.AHEAD: "dot", Stand.DUE: "clock", Stand.ARRANGED: "calendar"}


def when_in_words(window: Window) -> str:
    """“1 January”, or “by 31 December”."""
    if window.from_date == window.due_date:
        return day(window.due_date)
    return gettext("by %(day)s") % {"day": day(window.due_date)}


def span_in_words(first: date, last: date) -> str:
    """From when until when."""
    if first == last:
        return day(first)
    return f"{day(first)} – {day(last)}"
