"""What councils have waiting for those who keep them, and what stays open when one ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import islice

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.cooperation.waiting import bodies_due
from samrad.followup.attention import Attention, Part, Row
from samrad.followup.models import Task
from samrad.followup.rules import TaskState

ENOUGH = 20


def bodies_that_wait(actor: Actor, on: date) -> Iterable[Part]:
    """Groups whose time is out, and bodies not set up that were to be looked at again by now."""
    due = bodies_due(actor, on)
    if due is not None:
        columns = {"ref": "ref", "where": "name", "stage": "state", "due": "due_date"}
        yield Part(
            due, {name: F(field) for name, field in columns.items()}, told=partial(_bodies, on=on)
        )


def _bodies(rows: Iterable[Row], on: date) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        if row.stage == CouncilState.CONSIDERED:
            yield Attention(
                title=_("Considered, and to be looked at again"),
                url=reverse("cooperation:council", args=[row.ref]),
                verb=_("Look at it"),
                where=row.where,
                due=row.due,
                tone="info",
            )
        else:
            yield Attention(
                title=_("The final report is due"),
                url=reverse("cooperation:deliver", args=[row.ref]),
                verb=_("Write the final report"),
                where=row.where,
                due=row.due,
                tone="warning" if row.due and row.due < on else "info",
            )


def tasks_left_open(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    """Tasks do not end with the council: whoever has one keeps it."""
    seen = Task.objects.visible_to(actor).filter(council=council)
    number = seen.filter(state=TaskState.OPEN).count()
    if number:
        text = ngettext(
            "%(n)s open task stays with whoever has it, who goes on being reminded."
            " Drop it first if it no longer matters.",
            "%(n)s open tasks stay with those who have them, who go on being reminded."
            " Drop first those that no longer matter.",
            number,
        )
        yield OpenEnd(text % {"n": number}, reverse("followup:register", args=[council.ref]))
