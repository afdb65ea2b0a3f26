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
from samrad.cooperation.waiting import reports_due, reviews_due
from samrad.followup.attention import Attention
from samrad.followup.models import Task
from samrad.followup.rules import TaskState


def final_reports(actor: Actor, on: date) -> Iterable[Attention]:
    """Groups set up for a time whose time is out."""
    for council in reports_due(actor, on):
        end = council.planned_end_date
        yield Attention(
            title=_("The final report is due"),
            url=reverse("cooperation:deliver", args=[council.ref]),
            verb=_("Write the final report"),
            where=council.name,
            due=end,
            tone="warning" if end and end < on else "info",
        )


def bodies_to_look_at(actor: Actor, on: date) -> Iterable[Attention]:
    """Bodies that were not set up, and were to be looked at again by now."""
    for one in reviews_due(actor, on):
        yield Attention(
            title=_("Considered, and to be looked at again"),
            url=one.council.get_absolute_url(),
            verb=_("Look at it"),
            where=one.council.name,
            due=one.review_date,
            tone="info",
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
