"""Taking decisions, moving them with their minutes, and bringing them to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council, Seat
from samrad.documents.rules import Classification
from samrad.followup import events
from samrad.followup.actions.letting_police_go import let_police_go
from samrad.followup.actions.reasons import needed
from samrad.followup.actions.tasks import report_task, take_out, whom_and_when
from samrad.followup.models import Decision, Task
from samrad.followup.permissions import may_change_draft, may_close_decision, may_record_decision
from samrad.followup.rules import CLOSED, DecisionState, TaskState
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused, refuse
from samrad.trail.api import record
from samrad.trail.models import Recorded


@transaction.atomic
def take_decision(
    *,
    council: Council,
    text: str,
    decided_date: date,
    by: Actor,
    at: datetime,
    source: Recorded | None = None,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
) -> Decision:
    """Write down what the council decided, in draft minutes: only their writers see it there."""
    may_record_decision(by, council).enforce()
    decision = Decision.objects.create(
        council=council,
        text=normalise(text),
        decided_date=decided_date,
        classification=classification,
        legal_basis=legal_basis,
        source_kind=source.trail_kind if source else "",
        source_ref=source.ref if source else None,
        source_label=source.trail_label[:300] if source else "",
    )
    decision.audience.set(audience)
    record(events.DECISION_TAKEN, about=decision, by=by, at=at)
    return decision


@transaction.atomic
def reword_decision(*, decision: Decision, text: str, by: Actor, at: datetime) -> None:
    """Change the words of a decision while the minutes are a draft.

    The words it has already are no change: a page that is saved whole sends them back as they were.
    """
    decision = locked(decision, "council")
    text = normalise(text)
    if text == decision.text:
        return
    may_change_draft(by, decision).enforce()
    before, decision.text = decision.trail_label, text
    decision.save(update_fields=["text"])
    record(events.DECISION_REWORDED, about=decision, by=by, at=at, before=before)


@transaction.atomic
def correct_decision(*, decision: Decision, text: str, by: Actor, at: datetime) -> None:
    """The approved minutes were corrected: a decision that binds says something else from now on.

    Whoever calls this has made sure that the correction was approved as the minutes were.
    """
    decision = locked(decision, "council")
    text = normalise(text)
    if text == decision.text:
        return
    if not text:
        raise Refused(_("A decision that binds keeps its words. Correct them, or drop it instead."))
    before, decision.text = decision.trail_label, text
    decision.save(update_fields=["text"])
    record(events.DECISION_CORRECTED, about=decision, by=by, at=at, before=before)


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: Actor, at: datetime) -> None:
    """Take a decision, with its tasks, out of draft minutes: it was not made after all."""
    decision = locked(decision, "council")
    may_change_draft(by, decision).enforce()
    for task in decision.tasks.select_related("council", "decision"):
        take_out(task, by=by, at=at)
    record(events.DECISION_WITHDRAWN, about=decision, by=by, at=at, text=decision.text)
    decision.delete()


def move_drafted(*, decisions: Iterable[Decision], to: date) -> None:
    """The meeting whose draft minutes they stand in is on another day, and so are they.

    What has gone out for approval keeps the day it was decided on.
    """
    keys = [one.pk for one in decisions]
    Decision.objects.filter(pk__in=keys, state=DecisionState.DRAFTED).update(decided_date=to)


@transaction.atomic
def correct_decided_day(
    *, decisions: Iterable[Decision], before: date, to: date, by: Actor, at: datetime
) -> None:
    """The approved minutes were of another day: what was decided then was decided on that one.

    Whoever calls this has made sure that the correction was approved as the minutes were.
    """
    for one in decisions:
        decision = locked(one, "council")
        if decision.decided_date == before:
            decision.decided_date = to
            decision.save(update_fields=["decided_date"])
            record(
                events.DECISION_DAY_CORRECTED, about=decision, by=by, at=at,
                before=before.isoformat(), date=to.isoformat(),
            )  # fmt: skip


# The three steps a decision takes with its minutes. Whoever calls them has made sure that these may
# take theirs.


@transaction.atomic
def put_forward(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes go out for approval: their decisions are seen, and their tasks are given."""
    out = list(_moved(decisions, DecisionState.DRAFTED, DecisionState.PROVISIONAL))
    for decision in out:
        record(events.DECISION_PUT_FORWARD, about=decision, by=by, at=at)
    tasks = Task.objects.filter(decision__in=out).select_related(
        "council", "responsible_person", "responsible_organisation"
    )
    for task in tasks:
        record(events.TASK_PUT_FORWARD, about=task, by=by, at=at, **whom_and_when(task))


@transaction.atomic
def take_back(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes are a draft again, and so are their decisions."""
    for decision in _moved(decisions, DecisionState.PROVISIONAL, DecisionState.DRAFTED):
        record(events.DECISION_TAKEN_BACK, about=decision, by=by, at=at)


@transaction.atomic
def make_binding(*, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The minutes are approved: their decisions bind both parties."""
    for decision in _moved(decisions, DecisionState.PROVISIONAL, DecisionState.BINDING):
        record(events.DECISION_BINDING, about=decision, by=by, at=at)


def _moved(
    decisions: Iterable[Decision], start: DecisionState, to: DecisionState
) -> Iterator[Decision]:
    """Those that stand at `start` now, each moved on as it is handed out."""
    for decision in decisions:
        found = locked(decision, "council")
        if found.state == start:
            found.state = decision.state = to
            found.save(update_fields=["state"])
            yield found


@transaction.atomic
def close_decision(
    *, decision: Decision, to: DecisionState, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Bring a decision to an end, or open it again; dropping one takes a reason."""
    decision = locked(decision, "council")
    may_close_decision(by, decision, to).enforce()
    if to == DecisionState.DONE and decision.tasks.open().exists():
        refuse(_("Some of its tasks are still open. Finish or drop them first.")).enforce()
    decision.closed_reason = needed(reason) if to == DecisionState.DROPPED else normalise(reason)
    decision.state = to
    decision.save(update_fields=["state", "closed_reason"])
    if to in CLOSED:
        let_police_go(decision, by=by, at=at)
    if to == DecisionState.DROPPED:
        record(events.DECISION_DROPPED, about=decision, by=by, at=at, reason=decision.closed_reason)
        _drop_tasks_of(decision, by=by, at=at)
    else:
        closed = to == DecisionState.DONE
        event = events.DECISION_CLOSED if closed else events.DECISION_REOPENED
        record(event, about=decision, by=by, at=at)


def _drop_tasks_of(decision: Decision, *, by: Actor, at: datetime) -> None:
    for task in decision.tasks.open().select_related("council"):
        report_task(task=task, to=TaskState.DROPPED, by=by, at=at, note=decision.closed_reason)
