"""What was promised in an agreement goes on when a new one takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samrad.access.actor import SYSTEM
from samrad.agreements.models import FollowedBefore, Following
from samrad.areas.rules.names import fold
from samrad.cooperation import events as known
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import AgreementState
from samrad.trail.api import record


def carry_promises(before: Sequence[Agreement], made: Agreement, *, at: datetime) -> None:
    """The new agreement notes them too, and follows them where the old one did.

    One that the new agreement has noted itself is not noted twice. The old one keeps what was
    promised in it. What the parties no longer promise each other is followed no more by a word of
    those who keep the council.
    """
    promised = Commitment.objects.filter(
        agreement__in=[one.pk for one in before], agreement__state=AgreementState.ENDED
    )
    there = {fold(one.title): one for one in made.commitments.all()}
    for one in promised.order_by("pk"):
        anew = there.get(fold(one.title)) or _noted_anew(one, made, at=at)
        there[fold(one.title)] = anew
        FollowedBefore.objects.filter(commitment=one).update(commitment=anew)
        if not Following.objects.filter(commitment=anew).exists():
            Following.objects.filter(commitment=one).update(commitment=anew)


def _noted_anew(one: Commitment, made: Agreement, *, at: datetime) -> Commitment:
    anew = Commitment.objects.create(
        council=one.council, agreement=made, title=one.title, side=one.side, rhythm=one.rhythm
    )
    record(known.COMMITMENT_MADE, about=anew, by=SYSTEM, at=at)
    return anew
