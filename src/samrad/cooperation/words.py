"""What functions, sides and states are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.cooperation.rules import AgreementState, CouncilState, SeatFunction, Side

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
    CouncilState.ACTIVE: _("Active"),
    CouncilState.ENDED: pgettext_lazy("council", "Ended"),
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
STRENGTHS = {
    "must": _("Required"),
    "should": _("Recommended"),
    "recommended": _("Recommended"),
    "may": _("Optional"),
}
