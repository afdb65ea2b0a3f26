"""What was planned in one press: which of it can be taken back, and why the rest stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.meetings import planned
from samrad.meetings.models import AgendaItem, Attendance, Called, Meeting, Minutes, Paper
from samrad.meetings.queries.planning import councils_to_plan
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.sending import fingerprint


@dataclass(frozen=True)
class Stays:
    """A meeting of the plan that is not taken back, and why."""

    meeting: Meeting
    why: str


@dataclass
class PlanBack:
    """A plan as it would be taken back now."""

    goes: list[Meeting] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)

    @cached_property
    def councils(self) -> list[tuple[Council, list[Meeting]]]:
        """What goes, council by council."""
        in_order = sorted(self.goes, key=lambda one: (one.council.name, one.council_id))
        by_council = groupby(in_order, key=lambda one: one.council_id)
        several = [list(meetings) for _key, meetings in by_council]
        return [(meetings[0].council, meetings) for meetings in several]

    @property
    def mark(self) -> str:
        """What was shown as going, as one short text to compare with later."""
        return fingerprint(*(str(one.ref) for one in self.goes))


def plan_back(meeting: Meeting, actor: Actor, at: datetime) -> PlanBack:
    """What was planned with the meeting, of the councils the actor plans for."""
    found = PlanBack()
    if meeting.plan is None:
        together = Meeting.objects.filter(pk=meeting.pk)
    else:
        together = Meeting.objects.visible_to(actor).filter(plan=meeting.plan)
    meetings = list(_with_what_was_done(together))
    councils = {one.council_id for one in meetings}
    theirs = set(councils_to_plan(actor).filter(pk__in=councils).values_list("pk", flat=True))
    held = planned.held_by_others([one.ref for one in meetings])
    for one in meetings:
        if one.council_id not in theirs:
            continue
        why = _why_it_stays(one, at, is_held=one.ref in held)
        if why:
            found.stays.append(Stays(one, why))
        else:
            found.goes.append(one)
    return found


def _with_what_was_done(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Whether anybody has begun to prepare each, whoever may read what lies there: one query."""
    begun = Q()
    for rows in (AgendaItem, Attendance, Called, Minutes, Paper, Meeting.guests.through):
        begun |= Q(Exists(rows._default_manager.filter(meeting=OuterRef("pk"))))
    return (
        meetings.select_related("council__area")
        .annotate(is_prepared=begun)
        .order_by("starts_at", "council", "pk")
    )


def _why_it_stays(meeting: Meeting, at: datetime, *, is_held: bool) -> str:
    """Why the meeting is not taken back; nothing where it is."""
    reasons = (
        (meeting.state == MeetingState.CANCELLED, _("It is cancelled already.")),
        (meeting.state != MeetingState.PLANNED, _("People have been called to it.")),
        (meeting.starts_at <= at, _("Its day has come or passed.")),
        (meeting.changed_at is not None, _("Its time or place has been changed since.")),
        (getattr(meeting, "is_prepared", False), _("Somebody has begun to prepare it.")),
        (is_held, _("An activity of the year wheel is taken up there.")),
    )
    return next((why for holds, why in reasons if holds), "")


def latest_plan(meetings: Iterable[Meeting], at: datetime) -> Meeting | None:
    """One of the meetings of the latest plan that could still be taken back: nothing is asked.

    A single one is cancelled on its own page; it does not stand before the plan of a year.
    """
    open_to_it = [
        one
        for one in meetings
        if one.plan and one.state == MeetingState.PLANNED and one.starts_at > at
        and one.changed_at is None and not one.is_extra
    ]  # fmt: skip
    together = Counter(one.plan for one in open_to_it)
    return max(open_to_it, key=lambda one: (together[one.plan] > 1, one.pk), default=None)
