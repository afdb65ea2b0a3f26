"""The council no longer asks the police: those who were told before are told that as well."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.followup import events, letters
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.rules import WITH_THE_POLICE, PoliceState
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
    """What was closed is not asked of anybody, also where it stands in the police's own system."""
    pending = PoliceRequest.objects.select_for_update(of=("self",)).filter(
        state__in=WITH_THE_POLICE, **{thing.trail_kind: thing}
    )
    for request in pending.select_related("council", "organisation", "decision", "task"):
        no_longer_ask(request, by=by, at=at)
