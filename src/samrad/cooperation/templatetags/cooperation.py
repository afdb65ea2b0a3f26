"""Words of councils, for templates."""

from __future__ import annotations

from django import template

from samrad.cooperation import words
from samrad.cooperation.rules import AgreementState, SeatFunction, Side

register = template.Library()


@register.filter
def function_name(function: str) -> str:
    """What a seat does."""
    return str(words.FUNCTIONS[SeatFunction(function)])


@register.filter
def side_name(side: str) -> str:
    """A side of the table."""
    return str(words.SIDES[Side(side)])


@register.filter
def agreement_state(state: str) -> str:
    """How an agreement stands."""
    return str(words.AGREEMENT_STATES[AgreementState(state)])


@register.filter
def agreement_tone(state: str) -> str:
    """The tone that is shown in."""
    return words.AGREEMENT_TONES[AgreementState(state)]
