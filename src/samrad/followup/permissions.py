"""Who may follow up what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.models import DRAFT_READERS, Decision, Task
from samrad.followup.rules import (
    CLOSED,
    NEXT_TASK_STATES,
    DecisionState,
    TaskState,
    can_be_closed,
)
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_record_decision(actor: Actor, council: Council) -> Verdict:
    """Whoever writes the council's minutes writes its decisions and gives its tasks."""
    if not actor.holds(Permission.MINUTES_WRITE, in_council=council.pk):
        return refuse(_("Only the council's secretary or chair records decisions and tasks."))
    return ALLOWED


def reads_drafts(actor: Actor, council_id: int) -> bool:
    """Whether the actor follows the council's minutes while these are a draft."""
    return any(actor.holds(one, in_council=council_id) for one in DRAFT_READERS)


def may_change_draft(actor: Actor, decision: Decision) -> Verdict:
    """A decision can be reworded or taken out only while the minutes are a draft."""
    verdict = may_record_decision(actor, decision.council)
    if not verdict:
        return verdict
    if decision.state == DecisionState.PROVISIONAL:
        return refuse(_("The minutes are out for approval. Send them back to change them."))
    if decision.state != DecisionState.DRAFTED:
        return refuse(_("This decision is binding. Close it or drop it with a reason instead."))
    return ALLOWED


def may_close_decision(actor: Actor, decision: Decision, to: DecisionState) -> Verdict:
    """The secretary or chair keeps the register of decisions."""
    if not actor.holds(Permission.DECISION_FOLLOW_UP, in_council=decision.council_id):
        return refuse(_("Only the council's secretary or chair closes decisions."))
    if decision.state == DecisionState.PROVISIONAL and to in CLOSED:
        return refuse(_("The minutes are out for approval. Send them back to change them."))
    if not can_be_closed(DecisionState(decision.state), to):
        return refuse(_("The decision cannot go from where it is to there."))
    return ALLOWED


def may_report_task(actor: Actor, task: Task, to: TaskState) -> Verdict:
    """The responsible reports; the secretary and chair may do so for them."""
    if task.decision and task.decision.state == DecisionState.DRAFTED:
        return refuse(_("The task stands in draft minutes. It is given when these have gone out."))
    if to not in NEXT_TASK_STATES[TaskState(task.state)]:
        return refuse(_("The task has already been closed. Open the page again to see its state."))
    keeps = actor.holds(Permission.DECISION_FOLLOW_UP, in_council=task.council_id)
    if to == TaskState.DROPPED:
        return ALLOWED if keeps else refuse(_("Only the council's secretary or chair drops tasks."))
    if keeps or is_responsible(actor, task):
        return ALLOWED
    return refuse(_("Only whoever has the task, or the council's secretary, reports on it."))


def is_responsible(actor: Actor, task: Task) -> bool:
    """Whether the task is the actor's own, or their organisation's and nobody's in particular."""
    if task.responsible_person_id is not None:
        return task.responsible_person_id == actor.person_id
    return task.responsible_organisation_id in actor.organisation_ids
