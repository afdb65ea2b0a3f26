"""What was promised in an agreement goes on when a new one takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samrad.access.actor import SYSTEM
from samrad.agreements.models import Following
from samrad.cooperation import events as known
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import AgreementState
from samrad.trail.api import record


def carry_promises(before: Iterable[Agreement], made: Agreement, *, at: datetime) -> None:
    """The new agreement notes them too, and follows them where the old one did.

    The old one keeps what was promised in it. What the parties no longer promise each other is
    followed no more by a word of those who keep the council.
    """
    promised = Commitment.objects.filter(
        agreement__in=list(before), agreement__state=AgreementState.ENDED
    )
    for one in promised.order_by("pk"):
        anew = Commitment.objects.create(
            council=one.council, agreement=made, title=one.title, side=one.side, rhythm=one.rhythm
        )
        record(known.COMMITMENT_MADE, about=anew, by=SYSTEM, at=at)
        Following.objects.filter(commitment=one).update(commitment=anew)
