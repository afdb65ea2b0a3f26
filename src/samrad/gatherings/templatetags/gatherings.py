"""How theme days are shown."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from samrad.gatherings.models import ThemeDay
from samrad.gatherings.rules import ThemeDayState
from samrad.gatherings.words import STATES, TONES
from samrad.ui.templatetags.ui import chip

register = template.Library()


@register.simple_tag
def theme_day_state(day: ThemeDay) -> SafeString:
    """How far it has come."""
    state = ThemeDayState(day.state)
    return chip(STATES[state], TONES[state])
