"""What is asked of the police, on the page of the decision or the task that asks for it (E4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.seats import FilledSeat
from samrad.followup.forms.police import AskPoliceForm, HandToPoliceForm, PoliceAnswerForm
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.permissions import may_ask_police, may_withdraw_request

REQUESTS = PoliceRequest.objects.select_related(
    "council", "decision", "task__decision", "organisation", "handed_over_by", "answered_by"
)


def police_part(
    thing: Decision | Task, actor: Actor, seats: Sequence[FilledSeat], filled_in: dict[str, Any]
) -> dict[str, Any]:
    """What was asked of the police for this, each with what the reader may do about it."""
    sits_here = actor.holds(Permission.INTERNAL_SEE, in_council=thing.council_id)
    about = {"task": thing} if isinstance(thing, Task) else {"decision": thing}
    requests = list(REQUESTS.filter(**about)) if sits_here else []
    asking = filled_in.get("ask_police")
    if asking is None and may_ask_police(actor, thing):
        asking = AskPoliceForm(actor=actor, thing=thing, seats=seats)
        if not asking.is_offered or any(one.is_pending for one in requests):
            asking = None
    return {
        "police": [_with_forms(one, actor, filled_in) for one in requests],
        "ask_police": asking,
    }


def _with_forms(request: PoliceRequest, actor: Actor, filled_in: dict[str, Any]) -> dict[str, Any]:
    hand = filled_in.get(f"hand-{request.ref}") or HandToPoliceForm(actor=actor, request=request)
    answer = filled_in.get(f"answer-{request.ref}") or PoliceAnswerForm(
        actor=actor, request=request
    )
    return {
        "request": request,
        "hand": hand if hand.is_offered else None,
        "answer": answer if answer.is_offered else None,
        "may_withdraw": bool(may_withdraw_request(actor, request)),
    }
