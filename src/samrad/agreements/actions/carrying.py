"""What was promised in an agreement goes on when a new one takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from samrad.access.actor import SYSTEM
from samrad.agreements.actions.commitments import tell_where_promised
from samrad.agreements.models import FollowedBefore, Following
from samrad.agreements.queries.commitments import clause_of
from samrad.areas.rules.names import fold
from samrad.cooperation import events as known
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import AgreementState
from samrad.trail.api import record


def carry_promises(before: Sequence[Agreement], made: Agreement, *, at: datetime) -> None:
    """What is followed is followed on, by the new agreement's own promise where it says the same.

    Where it does not, it is followed as what the old one promised, until those who keep the council
    say what it is now. The old one keeps what was promised in it and what came of it.
    """
    promised = Commitment.objects.filter(
        agreement__in=[one.pk for one in before], agreement__state=AgreementState.ENDED
    )
    there = {fold(one.title): one for one in made.commitments.all()}
    for one in promised.select_related("agreement", "carried_from").order_by("pk"):
        anew = there.get(fold(one.title))
        if anew is None and Following.objects.filter(commitment=one).exists():
            anew = _noted_anew(one, made, at=at)
            there[fold(one.title)] = anew
        if anew is not None:
            _hand_over(one, anew, at=at)


def _noted_anew(one: Commitment, made: Agreement, *, at: datetime) -> Commitment:
    """Promised in the new one too where its text says it."""
    says_it = clause_of(one.title, list(made.clauses.all())) is not None
    anew = Commitment.objects.create(
        council=one.council, agreement=made, title=one.title, side=one.side, rhythm=one.rhythm,
        carried_from=None if says_it else one.carried_from or one.agreement,
    )  # fmt: skip
    if says_it:
        record(known.COMMITMENT_MADE, about=anew, by=SYSTEM, at=at)
    return anew


def _hand_over(one: Commitment, anew: Commitment, *, at: datetime) -> None:
    """How it is followed, and was; where the new one is followed already, each keeps its own."""
    if Following.objects.filter(commitment=anew).exists():
        return
    moved = Following.objects.filter(commitment=one).update(commitment=anew)
    moved += FollowedBefore.objects.filter(commitment=one).update(commitment=anew)
    if not moved:
        return
    Commitment.objects.filter(Q(pk=one.pk) | Q(goes_on_as=one)).update(goes_on_as=anew)
    tell_where_promised(anew, by=SYSTEM, at=at)
