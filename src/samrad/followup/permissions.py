"""Who may follow up what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.models import DRAFT_READERS, Decision, LaterDeadline, PoliceRequest, Task
from samrad.followup.rules import (
    CLOSED,
    NEXT_POLICE_STATES,
    NEXT_TASK_STATES,
    DecisionState,
    LaterState,
    PoliceState,
    TaskState,
    can_be_closed,
)
from samrad.kernel.verdict import ALLOWED, Verdict, refuse

CLOSED_ALREADY = _("The task has already been closed. Open the page again to see its state.")


def may_record_decision(actor: Actor, council: Council) -> Verdict:
    """Whoever writes the council's minutes writes its decisions and gives its tasks."""
    if not actor.holds(Permission.MINUTES_WRITE, in_council=council.pk):
        return refuse(_("Only the council's secretary or chair records decisions and tasks."))
    return ALLOWED


def reads_drafts(actor: Actor, council_id: int) -> bool:
    """Whether the actor follows the council's minutes while these are a draft."""
    return any(actor.holds(one, in_council=council_id) for one in DRAFT_READERS)


def reads_a_register(actor: Actor) -> bool:
    """Whether the actor sees any council, by a seat or from above."""
    return actor.holds_anywhere(Permission.COUNCIL_SEE) or actor.holds_anywhere(
        Permission.COUNCIL_OVERSEE
    )


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
        return refuse(CLOSED_ALREADY)
    if to == TaskState.OPEN and task.decision and task.decision.state in CLOSED:
        return refuse(_("Its decision has come to an end. Open the decision again first."))
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


def may_change_deadline(actor: Actor, task: Task) -> Verdict:
    """The council set the deadline; its secretary or chair moves it, and says why."""
    if not actor.holds(Permission.DECISION_FOLLOW_UP, in_council=task.council_id):
        return refuse(_("Only the council's secretary or chair changes a deadline."))
    return _while_open(task)


def may_ask_later(actor: Actor, task: Task) -> Verdict:
    """Whoever has a task, and does not set its deadline, asks for a later one."""
    if actor.holds(Permission.DECISION_FOLLOW_UP, in_council=task.council_id):
        return refuse(_("You set the deadline yourself. Choose another day, and say why."))
    if not is_responsible(actor, task):
        return refuse(_("Only whoever has the task asks for a later deadline."))
    if task.deadline_date is None:
        return refuse(_("The task has no deadline, so there is none to move."))
    return _while_open(task)


def may_answer_later(actor: Actor, wish: LaterDeadline) -> Verdict:
    """The secretary or chair moves the deadline or lets it stand, once."""
    verdict = may_change_deadline(actor, wish.task)
    if verdict and wish.state != LaterState.ASKED:
        return refuse(_("Somebody has answered this meanwhile. Open the page again."))
    return verdict


def may_pass_on_task(actor: Actor, task: Task) -> Verdict:
    """Whoever has a task passes it on at home; the secretary and chair to anybody at the table."""
    if not passes_to_anybody(actor, task) and not is_responsible(actor, task):
        return refuse(_("Only whoever has the task, or the council's secretary, passes it on."))
    return _while_open(task)


def passes_to_anybody(actor: Actor, task: Task) -> bool:
    """Whether the actor may give the task to another party."""
    return actor.holds(Permission.DECISION_FOLLOW_UP, in_council=task.council_id)


def may_take_task(actor: Actor, task: Task) -> Verdict:
    """Somebody at the organisation takes what it has and nobody in particular does."""
    if task.responsible_person_id is not None:
        return refuse(_("Somebody has this task already."))
    if actor.person_id is None or task.responsible_organisation_id not in actor.organisation_ids:
        return refuse(_("Only somebody at the organisation that has the task takes it."))
    return _while_open(task)


def may_note_progress(actor: Actor, task: Task) -> Verdict:
    """Whoever reports on a task says how far it has come."""
    return may_report_task(actor, task, TaskState.DONE)


def _while_open(task: Task) -> Verdict:
    if task.decision and task.decision.state == DecisionState.DRAFTED:
        return refuse(_("The task stands in draft minutes. It is given when these have gone out."))
    return ALLOWED if task.is_open else refuse(CLOSED_ALREADY)


def may_ask_police(actor: Actor, thing: Decision | Task) -> Verdict:
    """The secretary or chair asks, for what the council has settled and not closed."""
    if not actor.holds(Permission.DECISION_FOLLOW_UP, in_council=thing.council_id):
        return refuse(_("Only the council's secretary or chair asks the police."))
    if isinstance(thing, Task) and not thing.is_open:
        return refuse(CLOSED_ALREADY)
    decision = thing.decision if isinstance(thing, Task) else thing
    if decision and decision.state != DecisionState.BINDING:
        return refuse(_("Only what binds, and is not carried out yet, is asked of the police."))
    return ALLOWED


def may_hand_to_police(actor: Actor, request: PoliceRequest) -> Verdict:
    """A member who works where the request lies puts it into the police's own system."""
    return _for_the_police(actor, request, PoliceState.HANDED_OVER)


def may_answer_for_police(actor: Actor, request: PoliceRequest, to: PoliceState) -> Verdict:
    """The same member says what came of it."""
    return _for_the_police(actor, request, to)


def _for_the_police(actor: Actor, request: PoliceRequest, to: PoliceState) -> Verdict:
    sits_here = actor.holds(Permission.INTERNAL_SEE, in_council=request.council_id)
    if not sits_here or request.organisation_id not in actor.organisation_ids:
        return refuse(_("Only the police's own members of the council answer this."))
    return _from_where_it_is(request, to)


def may_withdraw_request(actor: Actor, request: PoliceRequest) -> Verdict:
    """Whoever may ask takes it back, until it has gone into the police's own system."""
    if not actor.holds(Permission.DECISION_FOLLOW_UP, in_council=request.council_id):
        return refuse(_("Only the council's secretary or chair takes this back."))
    return _from_where_it_is(request, PoliceState.WITHDRAWN)


def _from_where_it_is(request: PoliceRequest, to: PoliceState) -> Verdict:
    if to not in NEXT_POLICE_STATES[PoliceState(request.state)]:
        return refuse(_("Somebody has dealt with this meanwhile. Open the page again."))
    return ALLOWED
