"""The meetings around today on a council's page, with what their next step depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.shapes import Number
from samrad.cooperation.models import Council
from samrad.cooperation.seats import FilledSeat
from samrad.meetings.models import AgendaSending, Meeting
from samrad.meetings.queries.lists import Known
from samrad.meetings.queries.minutes import slots_among
from samrad.meetings.queries.saying import says_now
from samrad.meetings.rules import MeetingState


@dataclass(frozen=True)
class Around:
    """The next meetings of a council and the latest one."""

    coming: list[Meeting]
    latest: list[Meeting]
    given: Mapping[int, Mapping[str, int]]  # approvals of each meeting's minutes, by function

    def known_of(self, meeting: Meeting, seats: Sequence[FilledSeat]) -> Known:
        """What the meeting's next step depends on; only its agenda is still to be read."""
        says = cache(lambda: says_now(meeting))
        return Known(
            has_items=lambda: bool(says()["items"]),
            said=lambda: meeting.said,  # type: ignore[attr-defined]
            says=says,
            slots=lambda minutes: slots_among(minutes, seats, self.given[meeting.pk]),
        )


def next_after(meeting: Meeting, moment: datetime | None) -> Meeting | None:
    """The council's first meeting after this one and after that moment, where one is planned."""
    later = Meeting.objects.filter(council=meeting.council_id).exclude(state=MeetingState.CANCELLED)
    since = max(meeting.starts_at, moment or meeting.starts_at)
    return later.filter(starts_at__gt=since).order_by("starts_at").first()


def meetings_around(council: Council, actor: Actor, at: datetime, *, ahead: Number) -> Around:
    """Those the actor may see, in one query: each comes once for every approval of its minutes."""
    found: dict[int, Meeting] = {}
    given: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows: list[Any] = _rows(council.pk, actor, at, ahead)
    for row in rows:
        found.setdefault(row.pk, row).council = council
        if row.approved_by:
            given[row.pk][row.approved_as] = row.approved_by
    meetings = list(found.values())
    return Around(
        coming=[one for one in meetings if one.ends_at >= at],
        latest=[one for one in meetings if one.ends_at < at],
        given=given,
    )


@prepared
def _rows(council: int, actor: Actor, at: datetime, ahead: Number) -> QuerySet[Meeting]:
    seen = Meeting.objects.visible_to(actor).filter(council=council)
    seen = seen.exclude(state=MeetingState.CANCELLED)
    coming = seen.filter(ends_at__gte=at).order_by("starts_at").values("pk")[:ahead]
    latest = seen.filter(ends_at__lt=at).order_by("-starts_at").values("pk")[:1]
    sent = AgendaSending.objects.filter(meeting=OuterRef("pk")).order_by("-number")
    rows: QuerySet[Any] = (
        Meeting.objects.filter(Q(pk__in=coming) | Q(pk__in=latest))
        .select_related("minutes")
        .annotate(
            said=Subquery(sent.values("said")[:1]),
            approved_as=F("minutes__approvals__function"),
            approved_by=F("minutes__approvals__person"),
        )
        .order_by("starts_at", "pk")
    )
    return rows
