"""Words of drafts, for templates."""

from __future__ import annotations

from django import template

from samrad.agreements import commitment_words, words
from samrad.agreements.models import Draft
from samrad.agreements.queries.checking import Fault
from samrad.agreements.rules import DraftState, Outcome
from samrad.agreements.rules.commitments import Finding

register = template.Library()


@register.filter
def draft_state(state: str) -> str:
    """How a draft stands."""
    return str(words.STATES[DraftState(state)])


@register.filter
def draft_tone(state: str) -> str:
    """The tone that is shown in."""
    return words.TONES[DraftState(state)]


@register.filter
def draft_stands(draft: Draft) -> str:
    """The same with the day that goes with it."""
    return words.stands(draft)


@register.filter
def outcome_name(outcome: str) -> str:
    """What came of a comment."""
    return str(words.OUTCOMES[Outcome(outcome)])


@register.filter
def outcome_tone(outcome: str) -> str:
    """The tone that is shown in."""
    return words.OUTCOME_TONES[Outcome(outcome)]


@register.filter
def fault_name(fault: str) -> str:
    """What a check found."""
    return str(words.FAULTS[Fault(fault)])


@register.filter
def finding_name(finding: str) -> str:
    """What an evaluation found of a promise."""
    return str(commitment_words.FINDINGS[Finding(finding)])


@register.filter
def finding_tone(finding: str) -> str:
    """The tone that is shown in."""
    return commitment_words.FINDING_TONES[Finding(finding)]
