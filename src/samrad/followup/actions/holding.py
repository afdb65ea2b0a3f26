"""Whoever writes on a task or a request holds its decision first, as whoever closes that does."""

from __future__ import annotations

from samrad.followup.models import Decision, PoliceRequest, Task


def hold_decision_of(thing: Decision | Task | PoliceRequest) -> None:
    """Nobody closes it meanwhile, nor opens anything under it.

    Where a request has only a task, the task is held instead: whoever reports on that holds it
    before the request.
    """
    key = thing.pk if isinstance(thing, Decision) else thing.decision_id
    if isinstance(thing, PoliceRequest) and thing.task is not None:
        key = thing.task.decision_id
    if key is not None:
        Decision.objects.select_for_update(of=("self",)).filter(pk=key).first()
    elif isinstance(thing, PoliceRequest) and thing.task_id is not None:
        Task.objects.select_for_update(of=("self",)).filter(pk=thing.task_id).first()
