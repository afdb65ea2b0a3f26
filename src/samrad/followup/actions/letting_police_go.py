"""What was asked of the police, once it is closed: they did it, or it is no longer asked."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.followup import events, letters
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.rules import WITH_THE_POLICE, PoliceState, TaskState
from samrad.kernel.clock import day_of
from samrad.trail.api import record


def no_longer_ask(request: PoliceRequest, *, by: Actor, at: datetime) -> None:
    """Whoever calls this holds the lock and has asked for permission."""
    request.state, request.answered_at, request.answered_by_id = (
        PoliceState.WITHDRAWN, at, by.person_id,
    )  # fmt: skip
    request.save(update_fields=["state", "answered_at", "answered_by"])
    record(events.POLICE_WITHDRAWN, about=request, by=by, at=at)
    letters.tell_police_no_longer(request, on=day_of(at))


def let_police_go(thing: Decision | Task, *, by: Actor, at: datetime) -> None:
    """What was closed is not asked of anybody, also where it stands in the police's own system.

    A task that those who were asked report as done, they have done.
    """
    pending = PoliceRequest.objects.select_for_update(of=("self",)).filter(
        state__in=WITH_THE_POLICE, **{thing.trail_kind: thing}
    )
    for request in pending.select_related("council", "organisation", "decision", "task"):
        if isinstance(thing, Task) and _is_done_by_them(thing, request, by):
            _done(request, thing, by=by, at=at)
        else:
            no_longer_ask(request, by=by, at=at)


def _is_done_by_them(thing: Task, request: PoliceRequest, by: Actor) -> bool:
    return thing.state == TaskState.DONE and request.organisation_id in by.organisation_ids


def _done(request: PoliceRequest, thing: Task, *, by: Actor, at: datetime) -> None:
    request.state, request.answered_at, request.answered_by_id = PoliceState.DONE, at, by.person_id
    request.answer = thing.outcome
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(events.POLICE_DONE, about=request, by=by, at=at)
    letters.tell_of_police_answer(request, on=day_of(at))
