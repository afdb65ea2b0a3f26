"""What follow-up puts on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from itertools import islice

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.rules import Side
from samrad.followup.attention import Attention, Part, Row
from samrad.followup.queries import due_by, requests_waiting, tasks_of, wishes_waiting
from samrad.followup.rules import PoliceState
from samrad.kernel.text import shortened

AHEAD, SOON = timedelta(days=14), timedelta(days=3)
ENOUGH = 40
TASK, DECISION = "task", "decision"


def my_open_tasks(actor: Actor, on: date) -> Iterable[Part]:
    """Tasks that are late or fall due within a fortnight; for the police, what they are asked."""
    if actor.person_id is None:
        return
    yield Part(
        due_by(tasks_of(actor), on + AHEAD),
        {
            "what": F("title"),
            "ref": F("ref"),
            "where": F("council__name"),
            "due": F("deadline_date"),
        },
        told=partial(_of_tasks, on=on),
    )
    if actor.sits_for(Side.POLICE):
        yield _asked(actor, on, TASK)
        yield _asked(actor, on, DECISION)


def _asked(actor: Actor, on: date, thing: str) -> Part:
    """What a council asks of the police: it waits for the contact, or for all who sit for the unit.

    Those about tasks, or those about decisions.
    """
    return Part(
        requests_waiting(actor, on).exclude(**{thing: None}),
        {
            "what": F("wish"),
            "ref": F(f"{thing}__ref"),
            "where": F("council__name"),
            "moment": F("asked_at"),
            "stage": F("state"),
        },
        told=partial(_of_requests, thing=thing),
    )


def later_deadlines(actor: Actor, on: date) -> Iterable[Part]:
    """Later deadlines that somebody asks for, in the councils whose register I keep."""
    if actor.councils_where(Permission.DECISION_FOLLOW_UP):
        yield Part(
            wishes_waiting(actor),
            {
                "what": F("task__title"),
                "ref": F("task__ref"),
                "where": F("task__council__name"),
                "moment": F("asked_at"),
            },
            told=_of_wishes,
        )


def _of_wishes(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        yield Attention(
            title=_("A later deadline is asked for: %(what)s")
            % {"what": shortened(row.what, at_most=120)},
            url=reverse("followup:task", args=[row.ref]) + "#later",
            verb=_("Answer"),
            where=row.where,
            tone="info",
        )


def _of_tasks(rows: Iterable[Row], on: date) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        due = row.due or on
        yield Attention(
            title=row.what,
            url=reverse("followup:task", args=[row.ref]),
            verb=_("Report"),
            where=row.where,
            due=due,
            tone="danger" if due < on else "warning" if due <= on + SOON else "info",
        )


def _of_requests(rows: Iterable[Row], thing: str) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        handed_over = row.stage == PoliceState.HANDED_OVER
        yield Attention(
            title=_("Asked of the police: %(wish)s") % {"wish": shortened(row.what, at_most=120)},
            url=reverse(f"followup:{thing}", args=[row.ref]) + "#police",
            verb=_("Answer") if handed_over else _("Hand over"),
            where=row.where,
            tone="info" if handed_over else "warning",
        )
