"""Whoever has a task asks for a later deadline, and whoever keeps the register answers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.followup import events, letters
from samrad.followup.actions.changes import change_deadline
from samrad.followup.actions.reasons import needed
from samrad.followup.models import LaterDeadline, Task
from samrad.followup.permissions import may_answer_later, may_ask_later
from samrad.followup.rules import LaterState, is_a_later_day
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.trail.api import record


@transaction.atomic
def ask_later(
    *, task: Task, wanted_date: date, reason: str, by: Actor, at: datetime
) -> LaterDeadline:
    """Ask for a later deadline and say why; the council's secretary is told, or else its chair."""
    task = locked(task, "council", "decision")
    may_ask_later(by, task).enforce()
    reason = normalise(reason)
    if not reason:
        raise Refused(_("Say why it takes longer, in a sentence."))
    if not is_a_later_day(wanted_date, deadline=task.deadline_date, on=day_of(at)):
        raise Refused(_("Choose a day after the deadline the task has."))
    if task.later_wishes.waiting().exists():
        raise Refused(_("A later deadline has been asked for already, and waits for an answer."))
    made = LaterDeadline.objects.create(
        task=task, wanted_date=wanted_date, reason=reason, asked_at=at, asked_by_id=by.person_id
    )
    said = {"deadline": str(wanted_date), "reason": reason}
    record(events.TASK_LATER_ASKED, about=task, by=by, at=at, **said)
    letters.tell_of_wish(made, on=day_of(at))
    return made


@transaction.atomic
def agree_to_later(*, wish: LaterDeadline, by: Actor, at: datetime) -> None:
    """The deadline moves to the day that was asked for; moving it answers the wish."""
    task = locked(wish.task, "council", "decision")
    wish = _locked(wish, task)
    may_answer_later(by, wish).enforce()
    change_deadline(task=task, deadline_date=wish.wanted_date, reason=wish.reason, by=by, at=at)


@transaction.atomic
def decline_later(*, wish: LaterDeadline, answer: str, by: Actor, at: datetime) -> None:
    """The deadline stands, with a word of why; whoever asked is told."""
    task = locked(wish.task, "council", "decision")
    wish = _locked(wish, task)
    may_answer_later(by, wish).enforce()
    wish.state, wish.answer = LaterState.DECLINED, needed(answer)
    wish.answered_at, wish.answered_by_id = at, by.person_id
    wish.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    said = {"deadline": str(wish.wanted_date), "reason": wish.answer}
    record(events.TASK_LATER_DECLINED, about=task, by=by, at=at, **said)
    letters.tell_of_answered_wish(wish)


def _locked(wish: LaterDeadline, task: Task) -> LaterDeadline:
    """The task first, as everything that moves its deadline does."""
    wish = locked(wish, "asked_by")
    wish.task = task
    return wish
