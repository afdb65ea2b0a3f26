"""What follow-up puts on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.rules import Side
from samrad.followup.attention import Attention
from samrad.followup.queries import due_by, requests_waiting, tasks_of
from samrad.followup.rules import PoliceState

AHEAD, SOON = timedelta(days=14), timedelta(days=3)
ENOUGH = 40
TASK, DECISION = "task", "decision"
COLUMNS = ("what", "about", "page", "where", "due", "stage")


def my_open_tasks(actor: Actor, on: date) -> Iterable[Attention]:
    """Tasks that are late or fall due within a fortnight; for the police, what they are asked.

    One query, whoever looks.
    """
    if actor.person_id is None:
        return
    found = _tasks(actor, on)
    if actor.sits_for(Side.POLICE):
        found = found.union(_asked(actor, on, TASK), _asked(actor, on, DECISION), all=True)
    for what, about, page, where, due, stage in found.order_by("due")[:ENOUGH]:
        url = reverse(f"followup:{page}", args=[about])
        if stage:
            yield _of_request(what, f"{url}#police", where, stage)
        else:
            yield _of_task(what, url, where, due, on)


def _tasks(actor: Actor, on: date) -> QuerySet[Any, Any]:
    rows = due_by(tasks_of(actor), on + AHEAD).order_by()
    return rows.annotate(
        what=Cast("title", TextField()),
        about=F("ref"),
        page=Value(TASK, output_field=TextField()),
        where=F("council__name"),
        due=F("deadline_date"),
        stage=Value("", output_field=TextField()),
    ).values_list(*COLUMNS)


def _asked(actor: Actor, on: date, thing: str) -> QuerySet[Any, Any]:
    """What a council asks of the police: it waits for the contact, or for all who sit for the unit.

    Those about tasks, or those about decisions.
    """
    words = "task__title" if thing == TASK else "decision__text"
    rows = requests_waiting(actor, on).exclude(**{thing: None}).order_by()
    return rows.annotate(
        what=Cast(words, TextField()),
        about=F(f"{thing}__ref"),
        page=Value(thing, output_field=TextField()),
        where=F("council__name"),
        due=Cast(Value(None), DateField()),
        stage=Cast("state", TextField()),
    ).values_list(*COLUMNS)


def _of_task(what: str, url: str, where: str, due: date, on: date) -> Attention:
    tone = "danger" if due < on else "warning" if due <= on + SOON else "info"
    return Attention(title=what, url=url, verb=_("Report"), where=where, due=due, tone=tone)


def _of_request(what: str, url: str, where: str, stage: str) -> Attention:
    handed_over = stage == PoliceState.HANDED_OVER
    return Attention(
        title=Truncator(what).chars(120),
        url=url,
        verb=_("Answer") if handed_over else _("Hand over"),
        where=where,
        tone="info" if handed_over else "warning",
    )
