"""How a secretariat's councils stand with their meetings, in a few queries for them all.

States only: what is planned, called, out, waiting. No text of an agenda or of minutes passes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from samrad.access.actor import Actor
from samrad.cooperation.cockpit import Cell, Cells, Column
from samrad.cooperation.models import Council
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled_in
from samrad.cooperation.words import FUNCTIONS
from samrad.kernel.clock import day_of
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.permissions import minutes_of
from samrad.meetings.queries.minutes import slots_among
from samrad.meetings.queries.notice import lead_of, out_by
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.profiles.reader import profile
from samrad.ui.formats import day, relative_day

COLUMNS = (
    Column("next", gettext_lazy("Next meeting"), order=10),
    Column("called", pgettext_lazy("meeting", "Called"), order=20),
    Column("agenda", gettext_lazy("Agenda"), order=30),
    Column("minutes", gettext_lazy("Minutes"), order=40),
    Column("approvals", gettext_lazy("Approvals"), order=50),
)
LOOKED_BACK = timedelta(days=400)
SOON = timedelta(days=7)  # before the agenda should be out
SLOW_TO_WRITE = timedelta(days=7)
SLOW_TO_APPROVE = timedelta(days=10)


@dataclass
class Course:
    """The meetings of one council that the screen is about."""

    council: Council
    coming: Meeting | None = None
    unfinished: list[Meeting] = field(default_factory=list)  # held, their minutes not approved
    last: Meeting | None = None


def on_the_screen(councils: Sequence[Council], actor: Actor, at: datetime) -> Cells:
    """Four queries, however many councils there are."""
    courses = _courses(councils, at)
    waiting = [
        minutes
        for course in courses
        for meeting in course.unfinished
        if (minutes := minutes_of(meeting)) and minutes.state == MinutesState.CIRCULATED
    ]
    here = {minutes.meeting.council_id: minutes.meeting.council for minutes in waiting}
    filled = seats_filled_in(here.values(), day_of(at)) if here else {}
    return {
        one.council.pk: {
            "next": _next(one, at),
            "called": _called(one, at),
            "agenda": _agenda(one, at),
            "minutes": _minutes(one, at),
            "approvals": _approvals(one, filled.get(one.council.pk, []), at),
        }
        for one in courses
    }


def _courses(councils: Sequence[Council], at: datetime) -> list[Course]:
    found = {one.pk: Course(one) for one in councils}
    for meeting in _meetings(councils, at):
        course = found[meeting.council_id]
        meeting.council = course.council
        minutes = minutes_of(meeting)
        if minutes:
            minutes.meeting = meeting
        if meeting.starts_at > at or (meeting.ends_at >= at and minutes is None):
            course.coming = course.coming or meeting
        elif meeting.state != MeetingState.PLANNED:
            course.last = meeting
            if minutes is None or minutes.state != MinutesState.APPROVED:
                course.unfinished.append(meeting)
    return list(found.values())


def _meetings(councils: Sequence[Council], at: datetime) -> Iterable[Meeting]:
    return (
        Meeting.objects.filter(council__in=[one.pk for one in councils])
        .filter(starts_at__gte=at - LOOKED_BACK)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("minutes")
        .prefetch_related("minutes__approvals")
        .annotate(on_agenda=Count("items", filter=Q(items__isnull=False)))
        .order_by("starts_at", "pk")
    )


def _next(course: Course, at: datetime) -> Cell:
    meeting = course.coming
    if meeting is None:
        if not profile(course.council.country).tier(course.council.tier).meets_regularly:
            return Cell(_("When needed"))
        return Cell(_("None planned"), tone="warning", weight=40)
    zone = course.council.zone
    return Cell(
        day(meeting.starts_at, zone),
        note=relative_day(meeting.starts_at, zone, today=day_of(at, zone)),
        url=meeting.get_absolute_url(),
    )


def _called(course: Course, at: datetime) -> Cell:
    meeting = course.coming
    if meeting is None:
        return Cell("–")
    if meeting.state == MeetingState.CALLED:
        when = day(meeting.called_at, course.council.zone) if meeting.called_at else ""
        return Cell(pgettext("meeting", "Called"), note=when, tone="success")
    last, on = out_by(meeting), day_of(at, course.council.zone)
    by = day(last)
    if on > last:
        return Cell(_("Late"), note=_("By %(day)s") % {"day": by}, tone="danger", weight=70)
    if on > last - SOON:
        return Cell(_("Soon"), note=_("By %(day)s") % {"day": by}, tone="info", weight=30)
    return Cell(_("Not yet"), note=_("By %(day)s") % {"day": by})


def _agenda(course: Course, at: datetime) -> Cell:
    meeting = course.coming
    if meeting is None:
        return Cell("–")
    if meeting.state == MeetingState.CALLED:
        days = lead_of(meeting)
        note = (
            ngettext("%(n)s day ahead", "%(n)s days ahead", days) % {"n": days}
            if days is not None
            else ""
        )
        return Cell(_("Out"), note=note, tone="success")
    if meeting.on_agenda:  # type: ignore[attr-defined]
        return Cell(_("Begun"))
    if day_of(at, course.council.zone) > out_by(meeting) - SOON:
        return Cell(_("Not begun"), tone="warning", weight=20)
    return Cell(_("Not begun"))


def _minutes(course: Course, at: datetime) -> Cell:
    if not course.unfinished:
        if course.last is None:
            return Cell("–")
        return Cell(
            pgettext("minutes", "Approved"),
            note=day(course.last.starts_at, course.council.zone),
            url=course.last.get_absolute_url(),
        )
    meeting = course.unfinished[0]
    note = day(meeting.starts_at, course.council.zone)
    if len(course.unfinished) > 1:
        more = len(course.unfinished) - 1
        note = ngettext("%(day)s and %(n)s more", "%(day)s and %(n)s more", more) % {
            "day": note, "n": more,
        }  # fmt: skip
    text, tone, weight = _how_far(minutes_of(meeting), at - meeting.ends_at)
    return Cell(text, note=note, tone=tone, url=meeting.get_absolute_url(), weight=weight)


def _how_far(minutes: Minutes | None, since: timedelta) -> tuple[str, str, int]:
    is_slow = since > SLOW_TO_WRITE
    if minutes is None:
        return _("Not begun"), "danger" if is_slow else "warning", 60 if is_slow else 35
    if minutes.state == MinutesState.DRAFT:
        return _("Being written"), "warning" if is_slow else "info", 45 if is_slow else 15
    return _("Out for approval"), "info", 10


def _approvals(course: Course, filled: list[FilledSeat], at: datetime) -> Cell:
    minutes = next(
        (
            found
            for meeting in course.unfinished
            if (found := minutes_of(meeting)) and found.state == MinutesState.CIRCULATED
        ),
        None,
    )
    if minutes is None:
        return Cell("–")
    missing = [one for one in slots_among(minutes, filled) if not one.is_given]
    names = ", ".join(str(FUNCTIONS[SeatFunction(one.function)]) for one in missing)
    since = minutes.circulated_at
    is_slow = since is not None and at - since > SLOW_TO_APPROVE
    note = _("Since %(day)s") % {"day": day(since, course.council.zone)} if since else ""
    return Cell(
        names or _("All given"),
        note=note,
        tone="warning" if is_slow else "info",
        url=minutes.meeting.get_absolute_url(),
        weight=50 if is_slow else 20,
    )
