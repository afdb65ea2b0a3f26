"""How long before a meeting the agenda should be out: the council's own terms, or the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.cooperation.models import Council
from samrad.kernel.clock import today
from samrad.meetings.models import AgendaSending, Meeting
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.notice import Notice
from samrad.meetings.rules.planning import lead_days
from samrad.profiles.reader import AGENDA_NOTICE, profile

USUAL_DAYS = 14  # where neither the council nor its country says anything


def notice_of(council: Council) -> Notice:
    """The notice that holds for the council, with where it comes from: no queries."""
    if council.notice_days:
        return Notice(council.notice_days, source=_("The council itself"), is_own=True)
    rule = profile(council.country).rule_on(
        AGENDA_NOTICE, tier=council.tier, day=today(council.zone)
    )
    if rule is None:
        return Notice(USUAL_DAYS)
    return Notice(
        rule.number("days"),
        source=rule.source.citation,
        text=rule.text.in_language(get_language() or "en"),
        is_certain=rule.source.is_certain,
    )


def out_by(meeting: Meeting) -> date:
    """The last day on which the meeting's agenda is out in time."""
    return notice_of(meeting.council).out_by(_day(meeting.starts_at, meeting.council))


def lead_of(meeting: Meeting) -> int | None:
    """How many days before the meeting its agenda first went out, as the meeting stands now."""
    if meeting.called_at is None:
        return None
    council = meeting.council
    return lead_days(_day(meeting.called_at, council), _day(meeting.starts_at, council))


def leads_of(meetings: Iterable[Meeting]) -> dict[int, int]:
    """The same for several, by key, in one query.

    One that was called off, or not called, is not counted; nor one whose minutes were read in:
    nothing says when its agenda went out.
    """
    called = {one.pk: one for one in meetings if one.called_at is not None}
    sent = AgendaSending.objects.filter(meeting__in=called).values_list("meeting_id", flat=True)
    out = set(sent.order_by().distinct()) if called else set[int]()
    known = [called[key] for key in out if called[key].state != MeetingState.CANCELLED]
    return {one.pk: lead for one in known if (lead := lead_of(one)) is not None}


def _day(moment: datetime, council: Council) -> date:
    return moment.astimezone(ZoneInfo(council.zone)).date()
