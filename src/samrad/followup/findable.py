"""Decisions and tasks as they are found; restricted ones are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.documents.richtext import words_of
from samrad.documents.rules import Classification
from samrad.followup.models import Decision, Task
from samrad.kernel.text import shortened

if TYPE_CHECKING:
    from samrad.access.actor import Actor

NOT_RESTRICTED = ~Q(classification=Classification.RESTRICTED)
TITLE = 140


def _decisions(rows: Rows) -> Iterator[Text]:
    for one in rows.filter(NOT_RESTRICTED).iterator():
        text = " ".join(words_of(one.text).split())
        title = shortened(text, at_most=TITLE)
        yield Text(
            one.pk, one.ref, title, text if title != text else "",
            council=one.council_id, day=one.decided_date,
        )  # fmt: skip


def _tasks(rows: Rows) -> Iterator[Text]:
    for one in rows.filter(NOT_RESTRICTED).iterator():
        yield Text(
            one.pk, one.ref, one.title, words_of(one.outcome),
            council=one.council_id, day=one.deadline_date or one.given_date,
        )  # fmt: skip


def _decisions_seen(actor: Actor) -> Sequence[Sight]:
    return [Sight(Decision.objects.visible_to(actor).filter(NOT_RESTRICTED))]


def _tasks_seen(actor: Actor) -> Sequence[Sight]:
    return [Sight(Task.objects.visible_to(actor).filter(NOT_RESTRICTED))]


DECISIONS = Findable(
    kind="decision",
    one=_("Decision"),
    many=_("Decisions"),
    order=30,
    icon="checks",
    page="followup:decision",
    council="council",
    within_councils=True,
    rows=Decision.objects.all,
    texts=_decisions,
    seen_by=_decisions_seen,
    reads_apart=True,
)
TASKS = Findable(
    kind="task",
    one=_("Task"),
    many=_("Tasks"),
    order=40,
    icon="check",
    page="followup:task",
    council="council",
    rows=Task.objects.all,
    texts=_tasks,
    seen_by=_tasks_seen,
    reads_apart=True,
)
