"""Later deadlines that are asked for."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.models import LaterDeadline, LaterDeadlineQuerySet, Task


def wishes_waiting(actor: Actor) -> LaterDeadlineQuerySet:
    """Those that wait for the actor, who keeps the register of the council."""
    keeps = actor.councils_where(Permission.DECISION_FOLLOW_UP)
    return LaterDeadline.objects.visible_to(actor).waiting().filter(task__council__in=keeps)


def latest_wish(task: Task) -> LaterDeadline | None:
    """The wish for a later deadline that was made last: one query."""
    wish = task.later_wishes.select_related("asked_by", "answered_by").first()
    if wish is not None:
        wish.task = task
    return wish


def may_read_wish(actor: Actor, ref: UUID) -> bool:
    """Whether a mail about a wish may still go to this person."""
    return LaterDeadline.objects.visible_to(actor).filter(ref=ref).exists()
