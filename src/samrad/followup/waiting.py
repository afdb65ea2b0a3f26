"""What follow-up puts on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.rules import Side
from samrad.followup.attention import Attention
from samrad.followup.queries import due_by, requests_waiting, tasks_of
from samrad.followup.rules import PoliceState

AHEAD, SOON = timedelta(days=14), timedelta(days=3)


def my_open_tasks(actor: Actor, on: date) -> Iterable[Attention]:
    """Tasks that are late or fall due within a fortnight."""
    if actor.person_id is None:
        return
    for task in due_by(tasks_of(actor), on + AHEAD).order_by("deadline_date")[:20]:
        soon = task.deadline_date is not None and task.deadline_date <= on + SOON
        yield Attention(
            title=task.title,
            url=task.get_absolute_url(),
            verb=_("Report"),
            where=task.council.name,
            due=task.deadline_date,
            tone="danger" if task.is_overdue(on) else "warning" if soon else "info",
        )


def asked_of_the_police(actor: Actor, on: date) -> Iterable[Attention]:
    """What the council asks of my unit: it waits for its police contact, or for all who sit for it.

    One query for those who sit for the police, and none for the others.
    """
    if not actor.sits_for(Side.POLICE):
        return
    for request in requests_waiting(actor, on)[:20]:
        handed_over = request.state == PoliceState.HANDED_OVER
        yield Attention(
            title=str(request.thing),
            url=f"{request.thing.get_absolute_url()}#police",
            verb=_("Answer") if handed_over else _("Hand over"),
            where=request.council.name,
            tone="info" if handed_over else "warning",
        )
