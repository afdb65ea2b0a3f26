"""How many councils meet less than the country's rule asks for, district by district.

Only numbers of meetings, for those who oversee an area: never what stands on an agenda.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.areas.models import Area, AreaCover
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation.models import Council
from samrad.kernel.clock import beginning_of, today
from samrad.meetings.queries.planning import Tally
from samrad.meetings.rules import MeetingState
from samrad.profiles.model import Tier
from samrad.profiles.reader import all_profiles, profile
from samrad.ui.sorting import by_name, name_key


@dataclass(frozen=True)
class Asked:
    """The rule on a kind of council: how many meetings a year, and who says so."""

    kind: str
    at_least: int
    text: str
    citation: str
    is_certain: bool


@dataclass(frozen=True)
class Short:
    """A council that has too few, and its tally."""

    council: Council
    tally: Tally


@dataclass
class District:
    """The councils of one police district that the rule is about, and those that fall short."""

    area: Area | None
    asked: int = 0
    short: list[Short] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Empty for councils that lie in no district."""
        return self.area.name if self.area else ""


@dataclass(frozen=True)
class TooFew:
    """A country's year."""

    country: str
    districts: list[District]
    rules: list[Asked]

    @property
    def asked(self) -> int:
        """Of how many councils the rule asks something."""
        return sum(one.asked for one in self.districts)

    @property
    def short(self) -> int:
        """How many fall short."""
        return sum(len(one.short) for one in self.districts)


def countries_overseen(actor: Actor) -> list[str]:
    """The countries in which the actor oversees councils that a rule is about: one query."""
    about = Q(pk__in=[])
    for country in all_profiles():
        tiers = [tier.code for tier in country.tiers if tier.meetings]
        about |= Q(country=country.code, tier__in=tiers)
    seen = Council.objects.overseen_by(actor).active().filter(about)
    return sorted(seen.order_by().values_list("country", flat=True).distinct())


def too_few(actor: Actor, country: str, year: int, at: datetime) -> TooFew:
    """In two queries. Councils that were set up during the year are not asked about it."""
    tiers = _tiers_asked(country, year)
    councils = list(_councils(actor, country, list(tiers), year, at))
    districts = _districts_of({one.area_id for one in councils})
    found: dict[int | None, District] = {}
    for council in councils:
        area = districts.get(council.area_id)
        district = found.setdefault(area.pk if area else None, District(area))
        _count(district, council, tiers[council.tier])
    rules = [_asked(tier) for tier in tiers.values()] if councils else []
    in_order = sorted(found.values(), key=lambda one: (one.area is None, name_key(one.name)))
    return TooFew(country, in_order, rules)


def _count(district: District, council: Council, tier: Tier) -> None:
    held, ahead = council.held, council.ahead  # type: ignore[attr-defined]
    tally = Tally(held, ahead, tier.min_meetings_a_year or 0)
    district.asked += 1
    if tally.is_short:
        district.short.append(Short(council, tally))


def _tiers_asked(country: str, year: int) -> dict[str, Tier]:
    """The kinds of council for which the rule held at the end of the year."""
    last = date(year, 12, 31)
    return {
        tier.code: tier
        for tier in profile(country).tiers
        if tier.meetings and tier.meetings.source.holds_on(last)
    }


def _councils(
    actor: Actor, country: str, tiers: list[str], year: int, at: datetime
) -> QuerySet[Council]:
    first, after = beginning_of(date(year, 1, 1)), beginning_of(date(year + 1, 1, 1))
    in_year = Q(meetings__starts_at__gte=first, meetings__starts_at__lt=after)
    called = Q(meetings__state=MeetingState.CALLED)
    ahead = called | Q(meetings__state=MeetingState.PLANNED)
    # As `planning.was_held` and `is_ahead` say of one.
    held = Q(meetings__state=MeetingState.HELD) | called & Q(meetings__ends_at__lt=at)
    there = Q(established_date=None) | Q(established_date__lte=date(year, 1, 1))
    return (
        Council.objects.overseen_by(actor)
        .active()
        .filter(there, country=country, tier__in=tiers)
        .annotate(
            held=Count("meetings", filter=in_year & held),
            ahead=Count("meetings", filter=in_year & ahead & Q(meetings__ends_at__gte=at)),
        )
        .order_by(by_name(), "pk")
    )


def _districts_of(areas: Iterable[int]) -> dict[int, Area]:
    covers = AreaCover.objects.on(today()).filter(
        descendant__in=list(areas), ancestor__kind=AreaKind.POLICE_DISTRICT
    )
    return {one.descendant_id: one.ancestor for one in covers.select_related("ancestor")}


def _asked(tier: Tier) -> Asked:
    language = get_language() or "en"
    rule = tier.meetings
    if rule is None:
        message = f"{tier.code} has no rule on meetings"
        raise ValueError(message)
    return Asked(
        tier.name.in_language(language),
        rule.number("at_least"),
        rule.text.in_language(language),
        rule.source.citation,
        rule.source.is_certain,
    )
