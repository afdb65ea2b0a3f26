"""What councils have waiting for those who keep them, and what stays open when one ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.cooperation.waiting import bodies_due
from samrad.followup.attention import Attention
from samrad.followup.models import Task
from samrad.followup.rules import TaskState


def bodies_that_wait(actor: Actor, on: date) -> Iterable[Attention]:
    """Groups whose time is out, and bodies not set up that were to be looked at again by now."""
    for council in bodies_due(actor, on):
        if council.state == CouncilState.CONSIDERED:
            yield Attention(
                title=_("Considered, and to be looked at again"),
                url=council.get_absolute_url(),
                verb=_("Look at it"),
                where=council.name,
                due=council.due_date,  # type: ignore[attr-defined]
                tone="info",
            )
        else:
            end = council.planned_end_date
            yield Attention(
                title=_("The final report is due"),
                url=reverse("cooperation:deliver", args=[council.ref]),
                verb=_("Write the final report"),
                where=council.name,
                due=end,
                tone="warning" if end and end < on else "info",
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
