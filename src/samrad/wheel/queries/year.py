"""A council's year: every activity at each of its times, and how it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.shapes import Number
from samrad.cooperation.models import Council
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR
from samrad.profiles.model import Source
from samrad.wheel.models import Activity, Occasion, Wheel
from samrad.wheel.profile import ProfileActivity, Timing, activities_for
from samrad.wheel.queries.made import started_of, with_what_was_made
from samrad.wheel.rules import Calls, Mark, Rhythm, Stand, When, Window, stand_of, windows_in

_KEY = re.compile(r"(\d{4})-([0-9a-z_-]{1,60})-(\d{1,2})")


@dataclass(frozen=True)
class Told:
    """An activity as the wheel tells of it, whether the profile's or the council's own."""

    key: str
    title: str
    text: str
    when: When
    calls_for: Calls
    source: Source | None = None
    is_usual_time: bool = False
    activity: Activity | None = None

    @property
    def may_be_moved(self) -> bool:
        """Whether a council chooses in which years it falls; its own it simply changes."""
        return self.activity is None and self.when.rhythm is Rhythm.EVERY_OTHER_YEAR


@dataclass(frozen=True)
class InUse:
    """Since when a council has had its wheel in use, and what it has moved to other years."""

    from_date: date
    years: Mapping[str, list[int]]
    moved_on: Mapping[str, str]
    known_since: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """An activity at one of its times."""

    council: Council
    told: Told
    year: int
    window: Window
    stand: Stand
    occasion: Occasion | None = None

    @property
    def key(self) -> str:
        """What its page is found by."""
        return f"{self.year}-{self.told.key}-{self.window.number}"

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("wheel:occasion", args=[self.council.ref, self.key])

    @property
    def is_monthly(self) -> bool:
        """Whether it comes every month, and is drawn small."""
        return self.told.when.rhythm is Rhythm.MONTHLY


def entries_of(
    councils: Sequence[Council],
    actor: Actor,
    years: Iterable[int],
    on: date,
    *,
    wheels: Mapping[int, InUse] | None = None,
) -> list[Entry]:
    """What the actor may see of these councils' wheels in these years: at most three queries.

    `wheels` are those that are in use, where the caller knows them.
    """
    wanted = sorted(set(years))
    if wheels is None:
        wheels = wheels_in_use(councils)
    own = _own_activities(councils, actor)
    rows = _occasions(councils, actor, wanted)
    language = get_language() or "en"
    return entries_in(councils, wanted, on, own=own, rows=rows, wheels=wheels, language=language)


def wheels_in_use(councils: Sequence[Council]) -> dict[int, InUse]:
    """The wheel of each council that has taken it into use."""
    rows = Wheel.objects.filter(council__in=councils)
    told = rows.values_list("council", "from_date", "years", "moved_on", "known_since")
    return {council: InUse(*rest) for council, *rest in told}


def entries_noted(
    council: Council, year: int, on: date, *, wheels: Mapping[int, InUse]
) -> list[Entry]:
    """The profile's activities of a year as they stand, whoever sees them: to act, not to show."""
    noted = Occasion.objects.filter(council=council, year=year, activity=None)
    rows = {(council.pk, one.code, year, one.number): one for one in with_what_was_made(noted)}
    language = get_language() or "en"
    return entries_in([council], [year], on, own={}, rows=rows, wheels=wheels, language=language)


Rows = Mapping[tuple[int, str, int, int], Occasion]


def entries_in(
    councils: Sequence[Council],
    years: Iterable[int],
    on: date,
    *,
    own: Mapping[int, Sequence[Told]],
    rows: Rows,
    wheels: Mapping[int, InUse],
    language: str,
) -> list[Entry]:
    """The same from what has been read, in the order of the year."""
    found: list[Entry] = []
    for council in councils:
        wheel = wheels.get(council.pk)
        for told in (*_of_profile(council, language, wheel), *own.get(council.pk, ())):
            for year in years:
                found += _entries(council, told, year, rows, on=on, wheel=wheel)
    return sorted(found, key=lambda one: (one.window.due_date, one.window.from_date, one.key))


def _entries(
    council: Council, told: Told, year: int, rows: Rows, *, on: date, wheel: InUse | None
) -> Iterator[Entry]:
    for window in windows_in(told.when, year):
        occasion = rows.get((council.pk, told.key, year, window.number))
        if not _is_there(council, told, window, occasion):
            continue
        stand = stand_of(
            window,
            on=on,
            in_use_from=_counted_from(told, window, wheel),
            mark=Mark(occasion.mark) if occasion else Mark.NONE,
            started=started_of(occasion, council.zone, on),
        )
        yield Entry(council, told, year, window, stand, occasion)


def _counted_from(told: Told, window: Window, wheel: InUse | None) -> date | None:
    """Nothing is late that was due before the wheel was in use, or the activity there, or moved."""
    if wheel is None:
        return None
    if told.activity:
        return max(wheel.from_date, told.activity.from_date or wheel.from_date)
    moved = wheel.moved_on.get(told.key)
    since = [wheel.from_date, date.fromisoformat(moved) if moved else wheel.from_date]
    return max(*since, _counted_as_known(told.key, window, wheel))


def _counted_as_known(key: str, window: Window, wheel: InUse) -> date:
    """What came with a later version of the country's wheel is not late in the time it came in."""
    if not wheel.known_since:
        return wheel.from_date
    if key not in wheel.known_since:
        return date.max  # nobody has had a night to note it
    came = date.fromisoformat(wheel.known_since[key])
    is_in_its_time = wheel.from_date < came and window.from_date <= came <= window.due_date
    return window.due_date + timedelta(days=1) if is_in_its_time else came


def _is_there(council: Council, told: Told, window: Window, occasion: Occasion | None) -> bool:
    """What has ended is only there where something was done about it."""
    ended = told.activity.ended_date if told.activity else None
    if told.source and not told.source.holds_on(window.due_date):
        return False
    over = council.ended_date is not None and window.due_date > council.ended_date
    return occasion is not None or not (over or ended)


def _of_profile(council: Council, language: str, wheel: InUse | None) -> Iterator[Told]:
    for one in activities_for(council.country, council.tier):
        told = told_by_profile(one, language)
        moved = wheel.years.get(one.code) if wheel else None
        yield replace(told, when=replace(told.when, moved=tuple(moved))) if moved else told


def told_by_profile(one: ProfileActivity, language: str) -> Told:
    """An activity of the profile in a language."""
    return Told(
        key=one.code,
        title=one.title.in_language(language),
        text=one.text.in_language(language),
        when=one.when,
        calls_for=one.calls_for,
        source=one.source,
        is_usual_time=one.timing is Timing.USUAL,
    )


def told_by_council(one: Activity) -> Told:
    """One that the council has added."""
    return Told(
        key=str(one.ref),
        title=one.title,
        text=one.text,
        when=one.when,
        calls_for=Calls(one.calls_for),
        activity=one,
    )


def _own_activities(councils: Sequence[Council], actor: Actor) -> dict[int, list[Told]]:
    found: defaultdict[int, list[Told]] = defaultdict(list)
    for one in _added([one.pk for one in councils], actor) if councils else ():
        found[one.council_id].append(told_by_council(one))
    return found


@prepared
def _added(councils: list[int], actor: Actor) -> QuerySet[Activity]:
    return Activity.objects.visible_to(actor).filter(council__in=councils).order_by("pk")


def _occasions(councils: Sequence[Council], actor: Actor, years: Sequence[int]) -> Rows:
    keys = [one.pk for one in councils]
    rows = _noted(keys, actor, [Number(year) for year in years]) if keys else []
    return {
        (one.council_id, one.code or str(one.activity.ref), one.year, one.number): one  # type: ignore[union-attr]
        for one in rows
    }


@prepared
def _noted(councils: list[int], actor: Actor, years: list[Number]) -> QuerySet[Occasion]:
    rows = with_what_was_made(Occasion.objects.visible_to(actor))
    of_years = rows.filter(council__in=councils, year__in=[int(year) for year in years])
    return of_years.select_related("marked_by", "activity")


def entry_with_key(council: Council, actor: Actor, key: str, on: date) -> Entry | None:
    """The one that an address names, if the actor may see it."""
    named = _KEY.fullmatch(key)
    if named is None or not FIRST_YEAR < int(named[1]) < LAST_YEAR:
        return None
    found = entries_of([council], actor, [int(named[1])], on)
    return next((one for one in found if one.key == key), None)
