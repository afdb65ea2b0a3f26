"""The wish for a later deadline, on the page of the task."""

from __future__ import annotations

from typing import Any

from samrad.access.actor import Actor
from samrad.followup.forms.later import AskLaterForm, DeclineLaterForm
from samrad.followup.models import Task
from samrad.followup.permissions import may_answer_later, may_ask_later
from samrad.followup.queries import latest_wish
from samrad.followup.rules import LaterState


def later_part(task: Task, actor: Actor, filled_in: dict[str, Any]) -> dict[str, Any]:
    """What was asked last while it waits, or its answer to whoever asked; and what one may do."""
    wish = latest_wish(task)
    waits = wish is not None and wish.state == LaterState.ASKED
    declined = (
        wish is not None
        and wish.state == LaterState.DECLINED
        and wish.asked_by_id == actor.person_id
    )
    ask = decline = None
    if not waits and may_ask_later(actor, task):
        ask = filled_in.get("ask_later") or AskLaterForm(actor=actor, task=task)
    if wish is not None and may_answer_later(actor, wish):
        decline = filled_in.get("decline_later") or DeclineLaterForm(actor=actor, wish=wish)
    return {
        "wish": wish if task.is_open and (waits or declined) else None,
        "wish_waits": waits,
        "ask_later": ask,
        "decline_later": decline,
    }
