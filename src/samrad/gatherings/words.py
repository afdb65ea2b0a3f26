"""What a theme day is called in a country, and its states, for a reader."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samrad.cooperation.models import Council
from samrad.gatherings.rules import ThemeDayState
from samrad.profiles.reader import profile

STATES = {
    ThemeDayState.PLANNED: pgettext_lazy("theme day", "Being planned"),
    ThemeDayState.OPEN: pgettext_lazy("theme day", "Open for names"),
    ThemeDayState.HELD: pgettext_lazy("theme day", "Held"),
    ThemeDayState.DONE: pgettext_lazy("theme day", "Outcomes sent on"),
    ThemeDayState.CANCELLED: pgettext_lazy("theme day", "Cancelled"),
}
TONES = {
    ThemeDayState.PLANNED: "neutral",
    ThemeDayState.OPEN: "info",
    ThemeDayState.HELD: "warning",
    ThemeDayState.DONE: "success",
    ThemeDayState.CANCELLED: "danger",
}


def called(council: Council) -> str:
    """What the country calls such a day: *fagdag*, *temadag*."""
    return profile(council.country).term("theme_day").in_language(get_language() or "en")


def heading(council: Council) -> str:
    """The same as a title."""
    word = called(council)
    return word[:1].upper() + word[1:]


MAIL_CAUSES = {
    "invited": _("A theme day was opened for names"),
    "changed": _("A theme day they were invited to was changed"),
    "no_longer": _("A council of theirs is no longer invited to a theme day"),
    "cancelled": _("A theme day they were invited to was cancelled"),
}
