"""What a year's plan starts from: holidays, what is planned already, how many are required."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import AgreementState
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.profiles.reader import profile

# Half days and eves that people keep are avoided as well; a bank's own days are not.
KEPT = frozenset({"public", "optional", "de_facto"})
USUAL_MEETINGS = 4


@dataclass(frozen=True)
class Requirement:
    """At least so many meetings a year, and who says so."""

    at_least: int
    source: str
    text: str = ""
    is_certain: bool = True


@lru_cache(maxsize=64)
def holidays_of(country: str, year: int) -> Mapping[date, str]:
    """The country's holidays in a year, named in its own language, computed by rule."""
    calendar: type[holidays.HolidayBase] = getattr(holidays, country.upper())
    categories = tuple(KEPT & set(calendar.supported_categories))
    found = calendar(years=year, categories=categories, language=calendar.default_language)
    return MappingProxyType(dict(found.items()))


def requirements_for(council: Council, day: date) -> list[Requirement]:
    """The agreement's own number and the country's rule for the tier, where there are such."""
    found = []
    agreement = Agreement.objects.filter(council=council, state=AgreementState.IN_FORCE).first()
    if council.meetings_per_year:
        found.append(
            Requirement(
                council.meetings_per_year, agreement.title if agreement else _("The council itself")
            )
        )
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


def days_taken(council: Council, year: int) -> set[date]:
    """The days the council meets already."""
    zone = ZoneInfo(council.zone)
    starts = meetings_in(council, year).values_list("starts_at", flat=True)
    return {moment.astimezone(zone).date() for moment in starts}


def year_to_plan(today: date) -> int:
    """The next year from October, this year before that."""
    return (today + timedelta(days=92)).year
