"""Words of councils, for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from samrad.cooperation import words
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import (
    AgreementState,
    CouncilState,
    Course,
    Rhythm,
    SeatFunction,
    Side,
)
from samrad.kernel.clock import today
from samrad.reading.model import Passage
from samrad.reading.scanned import suggestion_for

if TYPE_CHECKING:
    from samrad.cooperation.reading_forms import ConfirmForm

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
def agreement_state(agreement: Agreement) -> str:
    """How an agreement stands today."""
    return words.state_of(agreement, today(agreement.council.zone))


@register.filter
def agreement_tone(agreement: Agreement) -> str:
    """The tone that is shown in."""
    if agreement.has_run_out(today(agreement.council.zone)):
        return "danger"
    return words.AGREEMENT_TONES[AgreementState(agreement.state)]


@register.filter
def has_run_out(agreement: Agreement) -> bool:
    """Whether its last day is past, although nobody has ended it."""
    return agreement.has_run_out(today(agreement.council.zone))


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


@register.filter
def text_field(form: ConfirmForm, passage: Passage) -> Any:
    """The field that a passage's text is put right in."""
    return form[form.text_of(passage)]


@register.filter
def suggestion(passage: Passage) -> str:
    """The passage with its likely words, where some look misread."""
    return suggestion_for(passage.text)
