"""A year as it is being planned, for one council or for several: what is asked, proposed, sent in.

Days are proposed so that nobody has to be in two places at once; what is left of clashes stands
beside the day. `earlier` and `later` shift one day to the nearest on which the council can meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.kernel.clock import today
from samrad.kernel.text import whole_number
from samrad.meetings.actions.planning import Planned
from samrad.meetings.forms.planning import (
    PlannedForm,
    PlannedFormSet,
    TogetherForm,
    TogetherFormSet,
    YearForm,
)
from samrad.meetings.models import Meeting
from samrad.meetings.queries.clashes import ClashTold, Surroundings, surroundings_of
from samrad.meetings.queries.notice import notice_of
from samrad.meetings.queries.planning import (
    Requirement,
    meetings_of_all,
    requirements_of,
    usual_count,
    usual_times,
)
from samrad.meetings.rules.clashes import Slot
from samrad.meetings.rules.notice import Notice
from samrad.meetings.rules.planning import (
    FIRST_YEAR,
    LAST_YEAR,
    Plan,
    days_to_avoid,
    falls_short,
    plan_year,
    still_to_plan,
)
from samrad.meetings.rules.sending import fingerprint
from samrad.profiles.days import holidays_of
from samrad.profiles.reader import profile

TUESDAY = 1
USUAL_TIMES = {"starts": time(9, 0), "ends": time(11, 0)}
ONE_COUNCIL = "form"
EARLIER, LATER = "earlier", "later"
STEPS = {EARLIER: timedelta(weeks=-1), LATER: timedelta(weeks=1)}  # the weekday was asked for


@dataclass
class PlanRow:
    """One day of the plan as it is shown: what to know about it beside the fields."""

    form: PlannedForm
    key: str
    day: date | None = None
    out_by: date | None = None
    clashes: list[ClashTold] = field(default_factory=list)


@dataclass
class CouncilYear:
    """One council's year."""

    council: Council
    year: int
    requirements: list[Requirement]
    existing: list[Meeting]
    notice: Notice
    prefix: str = ONE_COUNCIL
    wishes: YearForm | None = None
    proposed: Plan | None = None
    rows: Any = None
    shown: list[PlanRow] = field(default_factory=list)
    was_touched: bool = False  # a day of it has just been shifted

    @property
    def wants_a_look(self) -> bool:
        """Whether somebody should see its days before they are planned: a clash, or an error."""
        wrong = self.rows is not None and self.rows.is_bound and not self.rows.is_valid()
        clashes = (clash for row in self.shown for clash in row.clashes)
        return wrong or self.was_touched or any(clash.is_hard for clash in clashes)

    @property
    def taken(self) -> set[date]:
        """The days the council meets already."""
        zone = ZoneInfo(self.council.zone)
        return {one.starts_at.astimezone(zone).date() for one in self.existing}

    @property
    def usual(self) -> int:
        """How many the plan begins with."""
        return usual_count(self.council, self.requirements)

    @property
    def meets_at_need(self) -> bool:
        """Whether nothing asks for a year of meetings: a group meets at need, or has ended by then.

        Where several councils are planned in one press, such a one begins with no meetings more.
        """
        end = self.council.planned_end_date
        if end is not None and end.year < self.year:
            return True
        regular = profile(self.council.country).tier(self.council.tier).meets_regularly
        return not regular and not self.required

    @property
    def planned(self) -> int:
        """How many meetings the year has already."""
        return len(self.existing)

    @property
    def new(self) -> int:
        """How many this plan adds."""
        return len(self.shown)

    @property
    def total(self) -> int:
        """How many the year will have."""
        return self.planned + self.new

    @property
    def short(self) -> int:
        """How many the plan lacks of what is required."""
        return falls_short(self.total, [one.at_least for one in self.requirements])

    @property
    def required(self) -> int:
        """The most that any source asks for."""
        return max((one.at_least for one in self.requirements), default=0)

    @property
    def holidays(self) -> list[tuple[date, str]]:
        """The holidays on the chosen weekday, by name, in months that have no meeting already."""
        names = holidays_of(self.council.country, self.year)
        skipped = self.proposed.skipped if self.proposed else ()
        met = {one.starts_at.astimezone(ZoneInfo(self.council.zone)).month for one in self.existing}
        return [(day, names[day]) for day in skipped if day.month not in met]

    @property
    def kept(self) -> list[PlannedForm]:
        """The rows that are to be planned."""
        return self.rows.kept() if self.rows is not None and self.rows.is_bound else []

    @property
    def meetings(self) -> list[Planned]:
        """What the action takes."""
        return [row.planned() for row in self.kept]


class Years:
    """The year of each of some councils, planned in one act."""

    def __init__(self, councils: Sequence[Council], actor: Actor, year: int) -> None:
        self.actor, self.year = actor, year
        requirements = requirements_of(councils, today())
        existing = meetings_of_all(councils, year)
        alone = len(councils) == 1
        self.councils = list(councils)
        self.each = [
            CouncilYear(
                council,
                year,
                requirements[council.pk],
                existing[council.pk],
                notice_of(council),
                prefix=ONE_COUNCIL if alone else str(council.ref),
            )
            for council in councils
        ]
        self.around = self._surroundings()

    def _surroundings(self) -> Surroundings:
        if not self.councils:
            return Surroundings({}, {}, [])
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return surroundings_of(self.councils, self.actor, first, last)

    @property
    def new(self) -> int:
        """How many meetings are planned in one press."""
        return sum(one.new for one in self.each)

    # Asked and proposed ---------------------------------------------------------------------

    def ask(self, given: QueryDict, *, together: bool = False) -> None:
        """What is wished for each, or what is usual where nothing is said."""
        for one in self.each:
            usual = one.planned if together and one.meets_at_need else one.usual
            habits = {} if together else usual_times(one.council)
            initial = {"count": usual, "weekday": TUESDAY, **USUAL_TIMES, **habits}
            if together:
                asked = f"{one.prefix}-count" in given
                data = given if asked else _prefixed(initial, one.prefix)
                one.wishes = TogetherForm(data, prefix=one.prefix)
            else:
                one.wishes = YearForm(given if "count" in given else {**initial, "year": one.year})
            one.wishes.is_valid()

    def propose(self, *, together: bool = False) -> None:
        """Days for each in turn, past what the people of the earlier ones are busy with."""
        so_far: list[Slot] = []
        for one in self.each:
            if one.wishes is None or not one.wishes.is_valid():
                continue
            wanted = one.wishes.cleaned_data
            one.proposed = self._plan(one, wanted, so_far)
            same = {name: wanted[name] for name in ("starts", "ends", "place")}
            kind = TogetherFormSet if together else PlannedFormSet
            one.rows = kind(
                initial=[{"day": day, **same} for day in one.proposed.days],
                form_kwargs=self._kwargs(one),
                prefix=one.prefix,
            )
            so_far += self._slots(one)
        self._show()

    def _plan(self, one: CouncilYear, wanted: Mapping[str, Any], so_far: Sequence[Slot]) -> Plan:
        zone = ZoneInfo(one.council.zone)
        some_day = date(one.year, 1, 1)
        like = self.around.slot(
            "like",
            one.council,
            datetime.combine(some_day, wanted["starts"], zone),
            datetime.combine(some_day, wanted["ends"], zone),
        )
        asked = {
            "year": one.year,
            "count": still_to_plan(wanted["count"], one.planned),
            "weekday": wanted["weekday"],
            "holidays": holidays_of(one.council.country, one.year),
            "after": today(one.council.zone),
            "until": one.council.planned_end_date,
            "held": one.taken,
        }
        free = plan_year(**asked, taken=one.taken | self.around.blocked(like, so_far))
        return free if not free.missing else plan_year(**asked, taken=one.taken)

    def _kwargs(self, one: CouncilYear) -> dict[str, Any]:
        return {"actor": self.actor, "council": one.council, "taken": one.taken}

    # Sent in --------------------------------------------------------------------------------

    def read(self, posted: QueryDict, *, together: bool = False) -> None:
        """The rows as they were sent in; a council that was not on the page has none."""
        kind = TogetherFormSet if together else PlannedFormSet
        for one in self.each:
            if f"{one.prefix}-TOTAL_FORMS" in posted:
                one.rows = kind(posted, form_kwargs=self._kwargs(one), prefix=one.prefix)
        self._show()

    @property
    def is_valid(self) -> bool:
        """Whether every row that was sent in is in order, and there are some."""
        sent = [one.rows for one in self.each if one.rows is not None]
        in_order = [
            rows.is_valid() for rows in sent
        ]  # each is asked, so that each shows its errors
        return all(in_order) and any(one.kept for one in self.each)

    def shifted(self, posted: QueryDict, asked: str) -> QueryDict:
        """What was sent in with one day moved, as `later:form-0` asks; the same if it cannot be."""
        step, _colon, name = asked.partition(":")
        prefix, _dash, number = name.rpartition("-")
        one = next((one for one in self.each if one.prefix == prefix), None)
        start = _day(posted.get(f"{name}-day", ""))
        if one is None or start is None or step not in STEPS or not number.isdecimal():
            return posted
        fit = self._nearest(one, posted, name, start, STEPS[step])
        changed = posted.copy()
        one.was_touched = True
        if fit:
            changed[f"{name}-day"] = fit.isoformat()
        return changed

    def _nearest(
        self, one: CouncilYear, posted: QueryDict, name: str, start: date, step: timedelta
    ) -> date | None:
        """The nearest day of the year on which the council can meet and its people are free."""
        holidays = holidays_of(one.council.country, one.year)
        rows = whole_number(posted.get(f"{one.prefix}-TOTAL_FORMS", ""))
        others = {
            _day(posted.get(f"{one.prefix}-{n}-day", ""))
            for n in range(min(rows, 100))
            if f"{one.prefix}-{n}" != name
        }
        blocked = self._blocked_at(one, posted, name) | one.taken | others
        day = start + step
        while day.year == one.year:
            if (
                day >= today(one.council.zone)
                and not days_to_avoid(day, holidays)
                and day not in blocked
            ):
                return day
            day += step
        return None

    def _blocked_at(self, one: CouncilYear, posted: QueryDict, name: str) -> set[date | None]:
        hours = [_hour(posted.get(f"{name}-{part}", "")) for part in ("starts", "ends")]
        zone, some_day = ZoneInfo(one.council.zone), date(one.year, 1, 1)
        if None in hours:
            return set()
        starts, ends = (datetime.combine(some_day, hour or time(), zone) for hour in hours)
        others = [slot for year in self.each if year is not one for slot in self._slots(year)]
        return set(self.around.blocked(self.around.slot("", one.council, starts, ends), others))

    # Shown ----------------------------------------------------------------------------------

    def _show(self) -> None:
        slots = [slot for one in self.each for slot in self._slots(one)]
        clashes = self.around.clashes(slots, self.councils)
        for one in self.each:
            one.shown = [
                _row(one, form, clashes.get(str(form.prefix), [])) for form in _forms(one.rows)
            ]

    def _slots(self, one: CouncilYear) -> list[Slot]:
        """The meetings of the rows that say when they are and are not left out."""
        zone, found = ZoneInfo(one.council.zone), []
        for form in _forms(one.rows):
            day, starts, ends = (value_of(form, name) for name in ("day", "starts", "ends"))
            if day and starts and ends and starts < ends and not _is_left_out(form):
                at = (datetime.combine(day, hour, zone) for hour in (starts, ends))
                found.append(self.around.slot(str(form.prefix), one.council, *at))
        return found

    @property
    def hard_clashes(self) -> str:
        """A mark for the warnings that are shown; nothing when there are none."""
        told = [
            (row.key, row.day, clash.text)
            for one in self.each
            for row in one.shown
            for clash in row.clashes
            if clash.is_hard
        ]
        return fingerprint(*told) if told else ""


def _forms(rows: Any) -> Iterator[PlannedForm]:
    yield from rows.forms if rows is not None else ()


def _row(one: CouncilYear, form: PlannedForm, clashes: list[ClashTold]) -> PlanRow:
    day = value_of(form, "day")
    return PlanRow(form, str(form.prefix), day, one.notice.out_by(day) if day else None, clashes)


def value_of(form: PlannedForm, name: str) -> Any:
    """What the row says now, whether it was proposed or sent in; nothing when it cannot be read."""
    if not form.is_bound:
        return form.initial.get(name)
    form.is_valid()
    raw = form[name].data
    if name == "day":
        return _day(str(raw or ""))
    return _hour(str(raw or ""))


def _is_left_out(form: PlannedForm) -> bool:
    return form.is_bound and bool(form["DELETE"].data)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _hour(text: str) -> time | None:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=None)


def _prefixed(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {f"{prefix}-{name}": value for name, value in values.items()}


def all_rows(years: Iterable[CouncilYear]) -> list[PlannedForm]:
    """Every row that is to be planned, council by council."""
    return [form for one in years for form in one.kept]
