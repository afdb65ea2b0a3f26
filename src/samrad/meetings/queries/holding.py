"""The minutes as they hold: approved ones say what was approved, whatever became of it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext, gettext_lazy

from samrad.access.actor import Actor
from samrad.followup.models import Decision, Task
from samrad.followup.rules import TaskState
from samrad.meetings.models import Attendance, Correction, Minutes, MinutesVersion
from samrad.meetings.queries.minutes import MinutesItem, items_with_decisions, who_was_there
from samrad.meetings.queries.said import (
    Names,
    is_inside,
    names_in,
    said_as_they_stand,
    said_task,
)
from samrad.meetings.rules import MinutesState
from samrad.meetings.rules.said import Said, SaidDecision, SaidItem, SaidTask, said_from_json
from samrad.ui import formats

ENDED = {
    TaskState.DONE: gettext_lazy("Done %(day)s"),
    TaskState.DROPPED: gettext_lazy("Dropped %(day)s"),
}


@dataclass(frozen=True)
class Reading:
    """Minutes as one reader reads them: the items, what is said, and what is sent for approval."""

    said: Said
    rows: list[MinutesItem]
    version: MinutesVersion | None = None
    sent: Said | None = None

    @property
    def correction(self) -> UUID | None:
        """The correction that is under way, where the reader may see it."""
        return getattr(self.version, "under_way", None)

    def lines(self) -> list[tuple[MinutesItem, SaidItem]]:
        """Each item with what the minutes say on it."""
        said = {one.ref: one for one in self.said.items}
        pairs = [(row, said.get(str(row.item.ref))) for row in self.rows]
        return [(row, found) for row, found in pairs if found]

    def apart(self) -> dict[str, tuple[SaidTask, Task]]:
        """By their references, tasks that stand otherwise today than they were sent or approved."""
        today = {key: task for row in self.rows for key, task in _tasks_of(row)}
        kept = self.sent if self.version is None else self.said
        pairs = ((one, today.get(_key(one))) for one in (_said_tasks(kept) if kept else ()))
        return {
            _key(one): (one, task)
            for one, task in pairs
            if task and (stands_otherwise(one, task) or (self.version and not task.is_open))
        }

    def names(self) -> Names:
        """What those who have tasks and those who approved are called: one query."""
        return names_in(*(replace(one, seats=()) for one in (self.said, self.sent) if one))


def reading_of(
    minutes: Minutes, actor: Actor, seats: Sequence[Attendance] | None = None
) -> Reading:
    """What the minutes say to this reader; `seats` is who was there, where that is known."""
    rows, inside = items_with_decisions(minutes.meeting, actor), is_inside(actor, minutes)
    version = _with_correction(minutes, actor)
    if version is not None:
        return Reading(_for_reader(version.said, rows, inside=inside), rows, version)
    if seats is None:
        seats = who_was_there(minutes.meeting) if inside else []
    sent = _for_reader(minutes.sent, rows, inside=inside) if minutes.sent else None
    return Reading(said_as_they_stand(minutes, rows, seats, inside=inside), rows, sent=sent)


def said_to(minutes: Minutes, actor: Actor) -> tuple[Said, list[MinutesItem]]:
    """What they say and the items: for what a correction changes."""
    found = reading_of(minutes, actor)
    return found.said, found.rows


def _with_correction(minutes: Minutes, actor: Actor) -> MinutesVersion | None:
    """The version that holds, and in the same question whether it is being corrected."""
    mine = Correction.objects.visible_to(actor).open().filter(minutes=OuterRef("minutes"))
    versions = minutes.versions.annotate(under_way=Subquery(mine.values("ref")[:1]))
    return _latest(minutes, versions)


def _latest(minutes: Minutes, versions: QuerySet[MinutesVersion]) -> MinutesVersion | None:
    """None of minutes that wait, or were approved before versions were kept."""
    if minutes.state != MinutesState.APPROVED:
        return None
    return versions.order_by("number").last()


def version_that_holds(minutes: Minutes) -> MinutesVersion | None:
    """The latest that was approved."""
    return _latest(minutes, minutes.versions.all())


def decision_approved(minutes: Minutes, decision: Decision) -> SaidDecision | None:
    """The decision as it was approved, with those of its tasks that have been fetched ahead."""
    version = version_that_holds(minutes)
    if version is None:
        return None
    said = {one.ref: one for one in said_from_json(version.said).decisions}
    found = said.get(str(decision.ref))
    return found.with_tasks(_read(decision)) if found else None


def _for_reader(kept: Mapping[str, Any], rows: Sequence[MinutesItem], *, inside: bool) -> Said:
    return said_from_json(kept).for_reader(
        items={str(row.item.ref) for row in rows},
        decisions={str(one.ref): _read(one) for row in rows for one in row.decisions},
        inside=inside,
    )


def _read(decision: Decision) -> set[str]:
    """References and titles of the tasks that this reader reads."""
    return {key for task in decision.tasks.all() for key in (str(task.ref), task.title)}


def _tasks_of(row: MinutesItem) -> Iterator[tuple[str, Task]]:
    for decision in row.decisions:
        for task in decision.tasks.all():
            yield task.title, task
            yield str(task.ref), task


def _said_tasks(said: Said) -> Iterator[SaidTask]:
    return (task for decision in said.decisions for task in decision.tasks)


def _key(task: SaidTask) -> str:
    """Versions kept before references were have the title instead."""
    return task.ref or task.title


def stands_otherwise(kept: SaidTask, task: Task) -> bool:
    """Whether what, who or when is another than it was."""
    return replace(said_task(task), ref="") != replace(kept, ref="")


def today_in_words(kept: SaidTask, task: Task, zone: str) -> str:
    """What has become of a task since it was approved: its end, or what is otherwise."""
    if task.state != TaskState.OPEN and task.closed_at:
        day = formats.day(task.closed_at, zone)
        return str(ENDED[TaskState(task.state)]) % {"day": day}
    now = said_task(task)
    return " · ".join(
        words
        for is_other, words in (
            (now.title != kept.title, gettext("Now called “%(title)s”") % {"title": now.title}),
            (now.who != kept.who, gettext("Now with %(who)s") % {"who": task.responsible_name}),
            (now.deadline != kept.deadline, _deadline_in_words(now.deadline)),
        )
        if is_other
    )


def _deadline_in_words(deadline: date | None) -> str:
    if deadline is None:
        return gettext("No deadline any more")
    return gettext("Deadline moved to %(day)s") % {"day": formats.day(deadline)}


def sent_in_words(kept: SaidTask, names: Names) -> str:
    """How a task was sent for approval, where it has changed since: that is what is approved."""
    words = {"title": kept.title, "who": names.responsible(kept.who) or "–"}
    if kept.deadline is None:
        return gettext("Sent for approval as “%(title)s” – %(who)s") % words
    words["day"] = formats.day(kept.deadline)
    return gettext("Sent for approval as “%(title)s” – %(who)s, by %(day)s") % words
