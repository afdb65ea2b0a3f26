"""What functions, sides and states are called, for a reader."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.cooperation.rules import (
    AgreementState,
    CouncilState,
    Course,
    Rhythm,
    SeatFunction,
    Side,
)

if TYPE_CHECKING:
    from samrad.cooperation.models import Agreement

FUNCTIONS = {
    SeatFunction.CHAIR: _("Chair"),
    SeatFunction.VICE_CHAIR: _("Vice-chair"),
    SeatFunction.SECRETARY: _("Secretary"),
    SeatFunction.MEMBER: _("Member"),
    SeatFunction.GUEST: _("Guest"),
}
SIDES = {
    Side.POLICE: _("The police"),
    Side.MUNICIPALITY: _("The municipality"),
    Side.OTHER: pgettext_lazy("side of the table", "Others"),
}
#: Over the seats of a council whose area holds several municipalities.
MUNICIPALITIES = _("The municipalities")
COUNCIL_STATES = {
    CouncilState.CONSIDERED: _("Considered"),
    CouncilState.ACTIVE: pgettext_lazy("council", "At work"),
    CouncilState.RESTING: pgettext_lazy("council", "At rest"),
    CouncilState.ENDED: pgettext_lazy("council", "Ended"),
}
COUNCIL_TONES = {
    CouncilState.CONSIDERED: "info",
    CouncilState.ACTIVE: "success",
    CouncilState.RESTING: "neutral",
    CouncilState.ENDED: "neutral",
}
COURSES = {
    Course.INVITED: _("Invited, no answer yet"),
    Course.DECLINED: _("Invited, and declined"),
    Course.ACCEPTED: _("Invited, and accepted"),
    Course.NOT_NOW: _("Considered, not now"),
}
RHYTHMS = {
    Rhythm.EVERY: _("Every meeting"),
    Rhythm.EVERY_SECOND: _("Every second meeting"),
    Rhythm.HALF_YEARLY: _("Twice a year"),
    Rhythm.YEARLY: _("Once a year"),
}
AGREEMENT_STATES = {
    AgreementState.DRAFT: pgettext_lazy("agreement", "Draft"),
    AgreementState.IN_FORCE: _("In force"),
    AgreementState.ENDED: pgettext_lazy("agreement", "Ended"),
}
AGREEMENT_TONES = {
    AgreementState.DRAFT: "neutral",
    AgreementState.IN_FORCE: "success",
    AgreementState.ENDED: "neutral",
}
RUN_OUT = _("Expired")


def state_of(agreement: Agreement, on: date) -> str:
    """How an agreement stands on a day; past its last one it has expired, ended or not."""
    if agreement.has_run_out(on):
        return str(RUN_OUT)
    return str(AGREEMENT_STATES[AgreementState(agreement.state)])


STRENGTHS = {
    "must": _("Required"),
    "should": _("Recommended"),
    "recommended": _("Recommended"),
    "may": _("Optional"),
}
