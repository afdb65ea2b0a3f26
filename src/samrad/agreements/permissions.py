"""Who writes, signs and looks after agreements, and what was promised in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.verdict import Verdict, refuse
from samrad.wheel.permissions import may_keep_wheel


def may_follow_commitments(actor: Actor, agreement: Agreement | None) -> Verdict:
    """The secretary or chair, while the agreement is in force."""
    if agreement is None or agreement.state != AgreementState.IN_FORCE:
        return refuse(_("What is promised is followed while the agreement is in force."))
    return may_keep_wheel(actor, agreement.council)
