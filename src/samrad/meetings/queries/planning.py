"""What a year's plan starts from: holidays, what is planned already, how many are required."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import keys_within
from samrad.cooperation.models import Agreement, Council
from samrad.kernel.clock import beginning_of, today
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.planning import FRIDAY
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name

USUAL_MEETINGS = 4
FEWEST = 2  # meetings that are a plan where no number is set
LATEST = 6  # meetings that show what a council is used to


@dataclass(frozen=True)
class Requirement:
    """At least so many meetings a year, and who says so."""

    at_least: int
    source: str
    text: str = ""
    is_certain: bool = True


def requirements_for(council: Council, day: date) -> list[Requirement]:
    """The agreement's own number and the country's rule for the tier, where there are such."""
    return requirements_of([council], day)[council.pk]


def requirements_of(councils: Iterable[Council], day: date) -> dict[int, list[Requirement]]:
    """The same for several councils, by key, in one query."""
    known = list(councils)
    in_force = Agreement.objects.in_force().main().filter(council__in=known)
    titles = dict(in_force.order_by("pk").values_list("council_id", "title"))
    return {one.pk: _requirements(one, titles.get(one.pk, ""), day) for one in known}


def _requirements(council: Council, agreement: str, day: date) -> list[Requirement]:
    found = []
    if council.meetings_per_year:
        source = agreement or _("The council itself")
        found.append(Requirement(council.meetings_per_year, source))
    rule = profile(council.country).tier(council.tier).meetings
    if rule and rule.source.holds_on(day):
        found.append(
            Requirement(
                rule.number("at_least"),
                rule.source.citation,
                rule.text.in_language(get_language() or "en"),
                rule.source.is_certain,
            )
        )
    return found


def planned_enough(councils: Iterable[Council], year: int, on: date) -> set[int]:
    """Those, by key, that have as many meetings in the year as they should: in two queries.

    Where no number is set, two or more of a plan: one by itself is not the plan of a year.
    """
    known = list(councils)
    asked, there = requirements_of(known, on), meetings_of_all(known, year)
    return {one.pk for one in known if _are_enough(there[one.pk], asked[one.pk])}


def _are_enough(meetings: Collection[Meeting], asked: Iterable[Requirement]) -> bool:
    at_least = max((one.at_least for one in asked), default=0)
    if at_least:
        return len(meetings) >= at_least
    return sum(not one.is_extra for one in meetings) >= FEWEST


@dataclass(frozen=True)
class Tally:
    """A year's meetings against how many there must be."""

    held: int
    ahead: int
    at_least: int

    @property
    def is_short(self) -> bool:
        """Whether even with those ahead there are too few."""
        return self.held + self.ahead < self.at_least


def tally_of(
    council: Council, meetings: Iterable[Meeting], year: int, at: datetime
) -> Tally | None:
    """How many of the year's meetings are held and ahead; None where no number is set."""
    required = _requirements(council, "", date(year, 12, 31))
    if not required:
        return None
    told = list(meetings)
    held = sum(was_held(one, at) for one in told)
    ahead = sum(is_ahead(one, at) for one in told)
    return Tally(held, ahead, max(one.at_least for one in required))


def was_held(meeting: Meeting, at: datetime) -> bool:
    """Its minutes say so, or people were called and its hour is over.

    A day that was planned and to which nobody was called is not a meeting that was held.
    """
    if meeting.state == MeetingState.HELD:
        return True
    return meeting.state == MeetingState.CALLED and meeting.ends_at < at


def is_ahead(meeting: Meeting, at: datetime) -> bool:
    """Whether it is still to come."""
    return meeting.state in {MeetingState.PLANNED, MeetingState.CALLED} and meeting.ends_at >= at


def usual_count(council: Council, requirements: list[Requirement]) -> int:
    """How many meetings a year's plan begins with: what is required, or what works well."""
    rule = profile(council.country).tier(council.tier).meetings
    works = rule.parameters.get("satisfied_councils_hold", 0) if rule else 0
    wanted = [one.at_least for one in requirements]
    return max([*wanted, works if isinstance(works, int) else 0], default=0) or USUAL_MEETINGS


def meetings_in(council: Council, year: int, *, with_cancelled: bool = False) -> QuerySet[Meeting]:
    """The council's meetings of a calendar year; cancelled ones only when asked for."""
    zone = ZoneInfo(council.zone)
    meetings = Meeting.objects.filter(
        council=council,
        starts_at__gte=datetime.combine(date(year, 1, 1), time(), zone),
        starts_at__lt=datetime.combine(date(year + 1, 1, 1), time(), zone),
    )
    return meetings if with_cancelled else meetings.exclude(state=MeetingState.CANCELLED)


def meetings_of_all(councils: Iterable[Council], year: int) -> dict[int, list[Meeting]]:
    """The meetings of a calendar year of several councils, by key, in one query."""
    found: dict[int, list[Meeting]] = {council.pk: [] for council in councils}
    first, last = (beginning_of(date(one, 1, 1)) for one in (year, year + 1))
    meetings = (
        Meeting.objects.filter(council__in=found, starts_at__gte=first, starts_at__lt=last)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("starts_at")
    )
    for meeting in meetings:
        found[meeting.council_id].append(meeting)
    return found


def usual_times(council: Council) -> dict[str, Any]:
    """The weekday, hours and place of its latest meetings, where it has had any: one query."""
    zone = ZoneInfo(council.zone)
    latest = list(
        Meeting.objects.filter(council=council, is_extra=False)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("-starts_at")[:LATEST]
    )
    found = [
        (one.starts_at.astimezone(zone), one.ends_at.astimezone(zone), one.place) for one in latest
    ]
    if not found:
        return {}
    hours = Counter((starts.time(), ends.time()) for starts, ends, _place in found)
    (starts, ends), _times = hours.most_common(1)[0]
    place = Counter(place for _starts, _ends, place in found).most_common(1)[0][0]
    weekday = Counter(starts.weekday() for starts, _ends, _place in found).most_common(1)[0][0]
    on = {"weekday": weekday} if weekday <= FRIDAY else {}
    return {"starts": starts, "ends": ends, "place": place} | on


def councils_to_plan(actor: Actor) -> QuerySet[Council]:
    """Every council at work whose meetings the actor may plan, the upper ones first."""
    areas = actor.areas_where(Permission.COUNCIL_SET_UP)
    reached = keys_within(areas, on=today()) if areas else []
    return (
        Council.objects.active()
        .filter(Q(pk__in=actor.councils_where(Permission.MEETING_PLAN)) | Q(area__in=reached))
        .select_related("area")
        .order_by(F("parent").asc(nulls_first=True), "-area__kind", by_name(), "pk")
    )


def days_taken(council: Council, year: int) -> set[date]:
    """The days the council meets already."""
    zone = ZoneInfo(council.zone)
    starts = meetings_in(council, year).values_list("starts_at", flat=True)
    return {moment.astimezone(zone).date() for moment in starts}


def days_ahead(council: Council, at: datetime) -> set[date]:
    """The days to come on which the council meets already."""
    zone = ZoneInfo(council.zone)
    coming = Meeting.objects.filter(council=council, starts_at__gte=at)
    starts = coming.exclude(state=MeetingState.CANCELLED).values_list("starts_at", flat=True)
    return {moment.astimezone(zone).date() for moment in starts}


def year_to_plan(today: date) -> int:
    """The next year from October, this year before that."""
    return (today + timedelta(days=92)).year
