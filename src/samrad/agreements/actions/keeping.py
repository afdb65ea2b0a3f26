"""An agreement in force: evaluated, ended, and its coming back told of in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import events, letters
from samrad.agreements.actions.commitments import stop_following
from samrad.agreements.actions.order import give_up_lost_additions
from samrad.agreements.models import Evaluation, PromiseEvaluated
from samrad.agreements.permissions import (
    ends_in_order,
    has_been_held,
    may_end_agreement,
    may_evaluate,
)
from samrad.agreements.queries.due import renewals_due
from samrad.agreements.queries.going_on import followed_in
from samrad.agreements.rules.commitments import Finding
from samrad.agreements.rules.renewal import step_due
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise, normalise_line
from samrad.people.models import Person
from samrad.trail.api import record


@dataclass(frozen=True)
class Found:
    """What was found of one promise."""

    commitment: Commitment
    finding: Finding
    text: str = ""


@transaction.atomic
def record_evaluation(
    *,
    agreement: Agreement,
    held_date: date,
    text: str,
    by: Actor,
    at: datetime,
    findings: Iterable[Found] = (),
) -> Evaluation:
    """What the parties found when they looked back, of the whole and of each promise."""
    council = locked(agreement.council, "area")
    agreement = locked(agreement)
    agreement.council = council
    may_evaluate(by, agreement).enforce()
    has_been_held(held_date, day_of(at, council.zone)).enforce()
    made = Evaluation.objects.create(
        agreement=agreement, held_date=held_date, text=normalise(text),
        by=Person.objects.get(pk=by.person_id or 0), at=at,
    )  # fmt: skip
    there = {one.pk for one in agreement.commitments.all()}
    PromiseEvaluated.objects.bulk_create(
        PromiseEvaluated(
            evaluation=made, commitment=one.commitment, title=one.commitment.title,
            finding=one.finding, text=normalise_line(one.text),
        )
        for one in findings if one.commitment.pk in there
    )  # fmt: skip
    record(
        events.AGREEMENT_EVALUATED, about=made, by=by, at=at, agreement=agreement.title,
        day=held_date.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def end_agreement(
    *,
    agreement: Agreement,
    last_day: date,
    reason: str,
    by: Actor,
    at: datetime,
    stops_promises: bool = False,
) -> None:
    """The parties end it, with a reason; nothing takes its place by itself.

    What was promised in it is followed no more, if they say so; else it goes on coming back.
    """
    council = locked(agreement.council, "area")
    agreement = locked(agreement)
    agreement.council = council
    may_end_agreement(by, agreement).enforce()
    ends_in_order(agreement, last_day, on=day_of(at, council.zone)).enforce()
    agreement.state, agreement.to_date = AgreementState.ENDED, last_day
    agreement.save(update_fields=["state", "to_date"])
    record(
        events.AGREEMENT_ENDED_BY_US, about=agreement, by=by, at=at, day=last_day.isoformat(),
        reason=normalise(reason),
    )  # fmt: skip
    give_up_lost_additions(council=council, at=at)
    if stops_promises:
        for one in followed_in(agreement):
            stop_following(commitment=one, reason=reason, by=by, at=at)


def remind_of_renewals(*, on: date) -> int:
    """Tell whoever keeps the council, at each step ahead once; how many mails were asked for."""
    count = 0
    for due in renewals_due(on):
        step = step_due(due.day, on)
        if step is None:
            continue
        key = f"renewal:{due.agreement.ref}:{due.day}:{step}"
        count += letters.tell_of_renewal(
            due.agreement, due.day, on=on, key=key, is_over=due.day <= on
        )
    return count
