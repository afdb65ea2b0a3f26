"""What is still followed from an earlier agreement is settled; what was never followed goes out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import events
from samrad.agreements.actions.commitments import (
    OTHERWISE,
    leave,
    tell_the_task,
    tell_where_promised,
)
from samrad.agreements.models import FollowedBefore, Following
from samrad.agreements.permissions import (
    may_follow_commitments,
    may_take_out,
)
from samrad.cooperation.models import Commitment
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.trail.api import record


@transaction.atomic
def promise_here_too(*, commitment: Commitment, by: Actor, at: datetime) -> None:
    """The agreement in force promises it as well, in the same words."""
    commitment = _held(commitment, by)
    commitment.carried_from = None
    commitment.save(update_fields=["carried_from"])
    record(events.COMMITMENT_HERE_TOO, about=commitment, by=by, at=at)
    tell_where_promised(commitment, by=by, at=at)


@transaction.atomic
def say_it_is(*, commitment: Commitment, own: Commitment, by: Actor, at: datetime) -> None:
    """It is what the agreement in force promises in other words: one promise, with what was done.

    Where the new one is followed already, the old way of following it ends.
    """
    commitment = _held(commitment, by)
    own = locked(own, "council", "agreement")
    if own.agreement_id != commitment.agreement_id or own.carried_from_id is not None:
        raise Refused(_("This is no promise of the same agreement. Open the page again."))
    mine = Following.objects.filter(commitment=commitment).first()
    if mine is not None and Following.objects.filter(commitment=own).exists():
        leave(mine, str(OTHERWISE), by=by, at=at)
    elif mine is not None:
        mine.commitment = own
        mine.save(update_fields=["commitment"])
    FollowedBefore.objects.filter(commitment=commitment).update(commitment=own)
    Commitment.objects.filter(goes_on_as=commitment).update(goes_on_as=own)
    before = commitment.title
    commitment.delete()
    record(events.COMMITMENT_IS_THE_SAME, about=own, by=by, at=at, before=before)
    tell_where_promised(own, by=by, at=at)
    tell_the_task(own, by=by, at=at)


@transaction.atomic
def take_out(*, commitment: Commitment, reason: str, by: Actor, at: datetime) -> None:
    """It was noted and never followed, and is not what the parties have promised."""
    locked(commitment.council)
    commitment = locked(commitment, "council", "agreement")
    may_take_out(by, commitment).enforce()
    reason = normalise(reason)
    if not reason:
        raise Refused(_("Say why it is taken out: the council will read it."))
    about, what = commitment.agreement, commitment.title
    assert about is not None  # noqa: S101 - nothing else may be taken out
    commitment.delete()
    record(events.COMMITMENT_TAKEN_OUT, about=about, by=by, at=at, what=what, reason=reason)


def _held(commitment: Commitment, by: Actor) -> Commitment:
    """One that is followed from before, held after its council."""
    locked(commitment.council)
    found: Commitment = locked(commitment, "council", "agreement", "carried_from")
    may_follow_commitments(by, found.agreement).enforce()
    if found.carried_from is None:
        raise Refused(_("This agreement promises it already. Open the page again."))
    return found
