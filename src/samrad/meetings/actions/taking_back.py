"""A plan is taken back in one step: what nobody has done anything with is as if never planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Refused
from samrad.meetings import events, planned
from samrad.meetings.actions import letters
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.true_day import when
from samrad.meetings.models import Meeting
from samrad.meetings.permissions import may_plan_meetings
from samrad.meetings.queries.planning import meetings_of_all, requirements_for
from samrad.meetings.queries.plans import PlanBack, plan_back
from samrad.meetings.rules.planning import falls_short
from samrad.trail.api import record


class PlanChanged(Refused):
    """Something was done with one of the meetings after the list of them was shown."""


@transaction.atomic
def take_plan_back(*, meeting: Meeting, by: Actor, at: datetime, shown: str) -> list[Meeting]:
    """Everything planned together with the meeting that can go, goes; what stays is not touched.

    `shown` is the mark of the list that was looked at.
    """
    may_plan_meetings(by, meeting.council).enforce()
    goes = plan_back(meeting, by, at).goes
    for council in sorted({one.council for one in goes}, key=_key):
        locked(council)  # as planning does, in one order
    _hold(goes)
    found = plan_back(meeting, by, at)
    if found.mark != shown:
        raise PlanChanged(
            _("Something was done with one of the meetings after you opened the page. Look again.")
        )
    if not found.goes:
        raise Refused(_("Nothing of this plan can be taken back."))
    for council, meetings in found.councils:
        _take_back(council, meetings, by=by, at=at)
    return found.goes


def _key(council: Council) -> int:
    return council.pk


def _hold(meetings: Sequence[Meeting]) -> None:
    """Until they are gone nothing is put on them: it would go with them, unseen."""
    rows = Meeting.objects.filter(pk__in=[one.pk for one in meetings])
    list(rows.select_for_update(of=("self",)).order_by("pk"))


def _take_back(council: Council, meetings: Sequence[Meeting], *, by: Actor, at: datetime) -> None:
    for meeting in meetings:
        record(events.MEETING_TAKEN_BACK, about=meeting, by=by, at=at, date=when(meeting))
    Meeting.objects.filter(pk__in=[one.pk for one in meetings]).delete()
    for year in {day_of(one.starts_at, council.zone).year for one in meetings}:
        if _is_short(council, year, day_of(at, council.zone)):
            planned.take_back(council, year, by=by, at=at)
    if not by.holds(Permission.MEETING_PLAN, in_council=council):
        letters.tell_of_plan_taken_back(council, meetings, by=by, at=at)


def _is_short(council: Council, year: int, on: date) -> bool:
    left = len(meetings_of_all([council], year)[council.pk])
    asked = [one.at_least for one in requirements_for(council, on)]
    return bool(falls_short(left, asked)) or not left


__all__ = ["PlanBack", "PlanChanged", "take_plan_back"]
