"""Words of councils, for templates."""

from __future__ import annotations

from django import template

from samrad.cooperation import words
from samrad.cooperation.rules import (
    AgreementState,
    CouncilState,
    Course,
    Rhythm,
    SeatFunction,
    Side,
)

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


@register.filter
def council_state(state: str) -> str:
    """Whether a council is at work, at rest, ended or only considered."""
    return str(words.COUNCIL_STATES[CouncilState(state)])


@register.filter
def council_tone(state: str) -> str:
    """The tone that is shown in."""
    return words.COUNCIL_TONES[CouncilState(state)]


@register.filter
def course_name(course: str) -> str:
    """How it stands with a body that is not set up."""
    return str(words.COURSES[Course(course)])


@register.filter
def rhythm_name(rhythm: str) -> str:
    """How often a guest is asked to come."""
    return str(words.RHYTHMS[Rhythm(rhythm)])
