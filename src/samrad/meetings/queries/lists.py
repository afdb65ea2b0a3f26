"""A council's meetings over a year, and the one next step for a reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.kernel.clock import day_of
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.permissions import (
    may_approve_minutes,
    may_propose,
    may_send_agenda,
    may_set_agenda,
    may_write_minutes,
    minutes_of,
)
from samrad.meetings.queries.notice import out_by
from samrad.meetings.queries.planning import meetings_in
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.meetings.rules.minutes import ApprovalSlot
from samrad.meetings.rules.sending import Snapshot, is_same_agenda
from samrad.ui.formats import day

ON_THE_DAY = timedelta(hours=24)


def meetings_seen(council: Council, actor: Actor, year: int) -> QuerySet[Meeting]:
    """The meetings of a year with the state of their minutes, cancelled ones among them."""
    whole_year = meetings_in(council, year, with_cancelled=True)
    return (
        whole_year.filter(pk__in=Meeting.objects.visible_to(actor).values("pk"))
        .select_related("minutes")
        .order_by("starts_at")
    )


def coming_meetings(council: Council, at: datetime) -> QuerySet[Meeting]:
    """Those whose agenda can still be set: planned or called, not over.

    A draft that was begun before the meeting changes nothing about that.
    """
    not_begun = Q(minutes=None) | Q(minutes__state=MinutesState.DRAFT, starts_at__gt=at)
    return (
        Meeting.objects.filter(
            not_begun,
            council=council,
            state__in=[MeetingState.PLANNED, MeetingState.CALLED],
            ends_at__gte=at,
        )
        .select_related("council")
        .order_by("starts_at")
    )


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now; `posts` when it is an act rather than a page."""

    label: str
    url: str
    hint: str = ""
    posts: bool = False
    is_mere_reading: bool = False


@dataclass(frozen=True)
class Known:
    """What a step may depend on; each is read only where it does.

    Whether there are items, what the agenda `said` when it was last sent and what it `says` now,
    for who sets or sends it; `slots` for who may have to approve.
    """

    has_items: Callable[[], bool]
    said: Callable[[], Snapshot | None]
    says: Callable[[], Snapshot]
    slots: Callable[[Minutes], Sequence[ApprovalSlot]]


def next_step(meeting: Meeting, actor: Actor, at: datetime, known: Known) -> NextStep | None:
    """What the meeting needs from this reader, if anything."""
    minutes = minutes_of(meeting)
    if minutes is not None and not is_prepared(meeting, at):
        return _step_of_minutes(meeting, minutes, actor, known)
    if meeting.state == MeetingState.CANCELLED:
        return None
    return _step_before(meeting, actor, at, known)


def is_prepared(meeting: Meeting, at: datetime) -> bool:
    """Whether its minutes were begun days ahead: what is next then is what comes before it."""
    minutes = minutes_of(meeting)
    is_draft = minutes is not None and minutes.state == MinutesState.DRAFT
    return is_draft and meeting.starts_at - at >= ON_THE_DAY


def may_begin_minutes(meeting: Meeting, actor: Actor, at: datetime) -> bool:
    """Whether the page offers to begin them: from the day before, since nothing is said earlier."""
    is_near = meeting.starts_at - at < ON_THE_DAY
    return is_near and minutes_of(meeting) is None and bool(may_write_minutes(actor, meeting))


def _step_of_minutes(
    meeting: Meeting, minutes: Minutes, actor: Actor, known: Known
) -> NextStep | None:
    if minutes.state == MinutesState.DRAFT:
        if not may_write_minutes(actor, meeting):
            return None
        hint = _("They came back with a comment.") if minutes.returned_comment else ""
        return NextStep(_("Finish the minutes"), _page("minutes", meeting), hint)
    if minutes.state == MinutesState.CIRCULATED:
        minutes.meeting = meeting
        if not may_approve_minutes(actor, minutes, known.slots(minutes)):
            return None
        hint = _("They wait for your approval.")
        return NextStep(_("Read and approve the minutes"), _page("approve", meeting), hint)
    return NextStep(_("Read the minutes"), _page("read", meeting), is_mere_reading=True)


def _step_before(meeting: Meeting, actor: Actor, at: datetime, known: Known) -> NextStep | None:
    if meeting.starts_at - at < ON_THE_DAY and may_write_minutes(actor, meeting):
        return NextStep(_("Write the minutes"), _page("begin", meeting), posts=True)
    sets, sends = may_set_agenda(actor, meeting), may_send_agenda(actor, meeting)
    if sets and not known.has_items():
        return NextStep(_("Set the agenda"), _page("agenda", meeting), _out_before(meeting, at))
    if sends:
        return _step_of_sending(meeting, at, known)
    if meeting.ends_at > at and may_propose(actor, meeting.council):
        url = reverse("meetings:propose", args=[meeting.council.ref])
        return NextStep(_("Propose an item"), url, is_mere_reading=True)
    return None


def _step_of_sending(meeting: Meeting, at: datetime, known: Known) -> NextStep | None:
    if meeting.state == MeetingState.PLANNED:
        return NextStep(_("Send the agenda"), _page("send", meeting), _out_before(meeting, at))
    said = known.said()
    if said is not None and not is_same_agenda(said, known.says()):
        hint = _("Something has changed since it was sent.")
        return NextStep(_("Send the agenda again"), _page("send", meeting), hint)
    return None


def _page(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.ref])


def _out_before(meeting: Meeting, at: datetime) -> str:
    """Until when the agenda should be out; a day that has passed is not named."""
    last = out_by(meeting)
    if last < day_of(at, meeting.council.zone):
        return _("The agenda should be out as soon as possible.")
    return _("The agenda should be out by %(day)s.") % {"day": day(last)}


def last_said(meeting: Meeting) -> Snapshot | None:
    """What the agenda said when it was last sent, if it has been."""
    sendings = meeting.sendings.order_by("-number").values_list("said", flat=True)
    return sendings.first()
