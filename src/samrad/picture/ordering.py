"""Ordering an analysis, answering it, and saying what it served (G10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council
from samrad.cooperation.rules import SeatFunction
from samrad.documents.rules import Classification
from samrad.followup.models import Decision
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.locking import person_of
from samrad.meetings.models import Meeting
from samrad.people.models import Organisation
from samrad.picture import events
from samrad.picture.actions import Readers, keep_for
from samrad.picture.models import Order
from samrad.picture.permissions import may_answer_order, may_note_use, may_order
from samrad.picture.rules import OrderState
from samrad.trail.api import record

KEEPERS = (SeatFunction.CHAIR, SeatFunction.SECRETARY)


@dataclass(frozen=True)
class Wanted:
    """What is asked, of whom, why and by when."""

    question: str
    why: str
    answers: Organisation
    deadline_date: date


@transaction.atomic
def order_analysis(
    *, council: Council, wanted: Wanted, by: Actor, at: datetime, readers: Readers | None = None
) -> Order:
    """A council asks; no raw intelligence is asked for, and none is kept."""
    may_order(by, council).enforce()
    readers = readers or Readers()
    _enforce_that_somebody_can_answer(council, wanted.answers, readers, by)
    order = Order(
        council=council, question=_said(wanted.question), why=_said(wanted.why),
        answers=wanted.answers, deadline_date=wanted.deadline_date,
        written_by=person_of(by), written_at=at,
    )  # fmt: skip
    keep_for(order, readers, by)
    to = wanted.answers.name
    record(events.ANALYSIS_ORDERED, about=order, by=by, at=at, to=to)
    return order


def _enforce_that_somebody_can_answer(
    council: Council, answers: Organisation, readers: Readers, by: Actor
) -> None:
    """What is restricted is read by the seats it names and by those who keep the council."""
    if readers.classification != Classification.RESTRICTED:
        return
    named = [one.pk for one in readers.audience]
    reads = Q(pk__in=named) | Q(pk__in=by.seat_ids) | Q(function__in=KEEPERS)
    if not council.seats.filter(reads, organisation=answers).exists():
        raise Refused(
            _(
                "A restricted question is read by the seats it names alone, and none of them is of"
                " whoever should answer. Name such a seat, or let the members read the question."
            )
        )


@transaction.atomic
def accept_order(*, order: Order, by: Actor, at: datetime) -> None:
    """Somebody at the organisation that was asked will answer: from now on it is theirs."""
    order = _brought_to(order, OrderState.ACCEPTED, by)
    order.accepted_by, order.accepted_at = person_of(by), at
    order.save(update_fields=["state", "accepted_by", "accepted_at"])
    record(events.ANALYSIS_ACCEPTED, about=order, by=by, at=at)


@transaction.atomic
def decline_order(*, order: Order, reason: str, by: Actor, at: datetime) -> None:
    """It will not, and says why; the council is told for a while."""
    order = _brought_to(order, OrderState.DECLINED, by)
    order.reason, order.answered_by, order.answered_at = _said(reason), person_of(by), at
    order.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    record(events.ANALYSIS_DECLINED, about=order, by=by, at=at, reason=order.reason)


@transaction.atomic
def answer_order(*, order: Order, answer: str, by: Actor, at: datetime) -> None:
    """The answer, in words."""
    order = _brought_to(order, OrderState.ANSWERED, by)
    order.answer, order.answered_by, order.answered_at = _said(answer), person_of(by), at
    order.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(events.ANALYSIS_ANSWERED, about=order, by=by, at=at)


@transaction.atomic
def note_use(*, order: Order, served: Decision | Meeting, by: Actor, at: datetime) -> None:
    """The decision it served, or the meeting that took it up."""
    order = locked(order, "council")
    may_note_use(by, order).enforce()
    if served.council_id != order.council_id:
        raise Refused(_("That belongs to another council."))
    order.state, order.used_kind = OrderState.USED, served.trail_kind
    order.used_ref = served.ref
    order.save(update_fields=["state", "used_kind", "used_ref"])
    record(events.ANALYSIS_USED, about=order, by=by, at=at)


def _brought_to(order: Order, to: OrderState, by: Actor) -> Order:
    order = locked(order, "council")
    may_answer_order(by, order, to).enforce()
    order.state = to
    return order


def _said(text: str) -> str:
    text = normalise(text)
    if not text:
        raise Refused(_("Write it in words."))
    return text
