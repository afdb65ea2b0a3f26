"""Taking the wheel into use, ticking off, and making what an activity calls for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import SYSTEM, Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council
from samrad.followup.api import give_task
from samrad.followup.models import Task
from samrad.gatherings.api import Wanted, plan_theme_day
from samrad.gatherings.models import ThemeDay
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused
from samrad.meetings.api import Planned, plan_meetings
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.people.models import Organisation, Person
from samrad.trail.api import record
from samrad.wheel import events
from samrad.wheel.models import Occasion, Wheel
from samrad.wheel.permissions import may_keep_wheel
from samrad.wheel.profile import MEETING_PLANS
from samrad.wheel.queries.made import started_of, with_what_was_made, years_done
from samrad.wheel.queries.year import Entry, entries_noted, wheels_in_use
from samrad.wheel.rules import Mark, Stand
from samrad.wheel.rules.states import NEXT_MARKS

ALREADY = _("Something is arranged for this already. Open the page again to see what.")
CLOSED = _("This has been ticked off or left out. Take it up again first.")


@transaction.atomic
def start_wheel(*, council: Council, by: Actor, at: datetime) -> Wheel:
    """From today on, what is not done in time is late."""
    council = locked(council)
    may_keep_wheel(by, council).enforce()
    return _wheel_of(council, by=by, at=at)


def _wheel_of(council: Council, *, by: Actor, at: datetime) -> Wheel:
    """Whoever does something with the wheel has taken it into use."""
    wheel, is_new = Wheel.objects.get_or_create(
        council=council, defaults={"from_date": day_of(at, council.zone)}
    )
    if is_new:
        record(events.WHEEL_STARTED, about=wheel, by=by, at=at)
    return wheel


@transaction.atomic
def mark_occasion(
    *,
    entry: Entry,
    to: Mark,
    by: Actor,
    at: datetime,
    note: str = "",
    follows_plan: bool = False,
) -> Occasion:
    """Tick it off with a note, leave it out this time with a reason, or take it up again.

    `follows_plan`: nobody ticks it off; it is done with the meetings that were planned.
    """
    occasion = _locked_occasion(entry, by=by, at=at)
    if to not in NEXT_MARKS[Mark(occasion.mark)]:
        raise Refused(_("Somebody has marked this already. Open the page again to see how."))
    occasion.note = normalise(note)
    if to is Mark.SKIPPED and not occasion.note:
        raise Refused(_("Say why it is left out this time: the council will read it."))
    occasion.mark = to
    occasion.marked_at = at if to is not Mark.NONE else None
    occasion.marked_by_id = by.person_id if to is not Mark.NONE else None
    occasion.follows_plan = follows_plan
    occasion.save(update_fields=["mark", "note", "marked_at", "marked_by", "follows_plan"])
    event = {
        Mark.DONE: events.OCCASION_DONE,
        Mark.SKIPPED: events.OCCASION_SKIPPED,
        Mark.NONE: events.OCCASION_REOPENED,
    }[to]
    record(event, about=occasion, by=by, at=at, year=occasion.year, note=occasion.note)
    return occasion


@transaction.atomic
def move_years(*, entry: Entry, first_year: int, by: Actor, at: datetime) -> None:
    """What the profile has every other year comes in this year or the next, and so on from there.

    The years before stay as they were. A year for which something was done stays one of its years.
    """
    council = locked(entry.council)
    may_keep_wheel(by, council).enforce()
    told, this_year = entry.told, day_of(at, council.zone).year
    if not told.may_be_moved:
        raise Refused(_("Only what the country’s year wheel has every other year can be moved."))
    if first_year not in {this_year, this_year + 1}:
        raise Refused(_("Choose this year or the next."))
    wheel = _wheel_of(council, by=by, at=at)
    before = wheel.years.get(told.key, [])
    if replace(told.when, moved=tuple(before)).goes_on_from(first_year):
        return
    moved = [*(year for year in before if year < first_year), first_year]
    when = replace(told.when, moved=tuple(moved))
    noted = Occasion.objects.filter(council=council, code=told.key)
    done_in = years_done(noted, council.zone, day_of(at, council.zone))
    if not all(when.falls_in(year) for year in done_in):
        raise Refused(_("Something was done about it in a year that would no longer be its own."))
    wheel.years[told.key] = moved
    wheel.moved_on[told.key] = day_of(at, council.zone).isoformat()
    wheel.save(update_fields=["years", "moved_on"])
    record(events.WHEEL_YEARS_MOVED, about=wheel, by=by, at=at, what=told.title, year=first_year)


@transaction.atomic
def plan_meeting_for(*, entry: Entry, planned: Planned, by: Actor, at: datetime) -> Meeting:
    """The meeting that the activity calls for, planned as any other."""
    occasion = _open_occasion(entry, by=by, at=at)
    meeting = plan_meetings(council=entry.council, meetings=[planned], by=by, at=at)[0]
    _tie(occasion, meeting, by=by, at=at)
    return meeting


@transaction.atomic
def take_up_at(*, entry: Entry, meeting: Meeting, by: Actor, at: datetime) -> None:
    """The activity is taken up at a meeting that the council has anyway."""
    occasion = _open_occasion(entry, by=by, at=at)
    meeting = locked(meeting, "council")
    if meeting.council_id != occasion.council_id or meeting.state == MeetingState.CANCELLED:
        raise Refused(_("Choose a meeting of this council that has not been cancelled."))
    _tie(occasion, meeting, by=by, at=at)


@transaction.atomic
def loosen(*, entry: Entry, by: Actor, at: datetime) -> None:
    """It is not, or was not, taken up at the meeting that was chosen; the meeting stays."""
    occasion = _locked_occasion(entry, by=by, at=at)
    if occasion.made_kind != Meeting.trail_kind or occasion.mark != Mark.NONE:
        raise Refused(_("It is not tied to a meeting. Open the page again to see how it stands."))
    occasion.made_kind, occasion.made_ref = "", None
    occasion.save(update_fields=["made_kind", "made_ref"])
    record(events.OCCASION_LOOSENED, about=occasion, by=by, at=at)


@transaction.atomic
def tick_off_plan(*, council: Council, year: int, by: Actor, at: datetime) -> None:
    """The meetings of `year` are planned: where the wheel asks for that plan, it is done.

    It follows by itself, also when whoever plans does not keep the wheel.
    """
    ticked_by = by if may_keep_wheel(by, council) else SYSTEM
    for entry in _plans_of(council, year, at):
        if entry.stand in {Stand.DUE, Stand.LATE, Stand.AHEAD}:
            occasion = mark_occasion(
                entry=entry, to=Mark.DONE, by=ticked_by, at=at, follows_plan=True
            )
            if ticked_by is SYSTEM:
                record(events.OCCASION_PLANNED, about=occasion, by=by, at=at, year=year)


@transaction.atomic
def take_up_plan_again(*, council: Council, year: int, by: Actor, at: datetime) -> None:
    """The meetings of `year` are taken back: what was ticked off with them is to be done again.

    What somebody has ticked off stays as they said, with their note.
    """
    marked_by = by if may_keep_wheel(by, council) else SYSTEM
    for entry in _plans_of(council, year, at):
        noted = entry.occasion
        if noted and noted.mark == Mark.DONE and noted.follows_plan:
            mark_occasion(entry=entry, to=Mark.NONE, by=marked_by, at=at, note=noted.note)


def _plans_of(council: Council, year: int, at: datetime) -> list[Entry]:
    """Where the council's wheel asks, the year before, for the plan of `year`."""
    wheels = wheels_in_use([council])
    if not wheels or not may_keep_wheel(SYSTEM, council):
        return []
    entries = entries_noted(council, year - 1, day_of(at, council.zone), wheels=wheels)
    return [entry for entry in entries if entry.told.key in MEETING_PLANS]


def _tie(occasion: Occasion, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    _keep_made(occasion, meeting)
    day = str(day_of(meeting.starts_at, occasion.council.zone))
    record(events.OCCASION_MEETING, about=occasion, by=by, at=at, date=day)


@transaction.atomic
def give_task_for(
    *,
    entry: Entry,
    title: str,
    deadline_date: date,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> Task:
    """The task that the activity calls for, with somebody responsible and a deadline."""
    occasion = _open_occasion(entry, by=by, at=at)
    task = give_task(
        council=entry.council,
        title=title,
        person=person,
        organisation=organisation,
        deadline_date=deadline_date,
        by=by,
        at=at,
    )
    _keep_made(occasion, task)
    record(events.OCCASION_TASK, about=occasion, by=by, at=at, task=task.title)
    return task


@transaction.atomic
def plan_theme_day_for(*, entry: Entry, wanted: Wanted, by: Actor, at: datetime) -> ThemeDay:
    """The theme day that the activity calls for, planned as any other."""
    occasion = _open_occasion(entry, by=by, at=at)
    day = plan_theme_day(council=entry.council, wanted=wanted, by=by, at=at)
    _keep_made(occasion, day)
    record(events.OCCASION_THEME_DAY, about=occasion, by=by, at=at)
    return day


def _keep_made(occasion: Occasion, made: Meeting | Task | ThemeDay) -> None:
    occasion.made_kind, occasion.made_ref = made.trail_kind, made.ref
    occasion.save(update_fields=["made_kind", "made_ref"])


def _open_occasion(entry: Entry, *, by: Actor, at: datetime) -> Occasion:
    """Locked, and with room for something to be made of it."""
    occasion = _locked_occasion(entry, by=by, at=at)
    if occasion.mark != Mark.NONE:
        raise Refused(CLOSED)
    found = with_what_was_made(Occasion.objects.filter(pk=occasion.pk)).get()
    started = started_of(found, entry.council.zone, day_of(at, entry.council.zone))
    if not started.leaves_room(day_of(at, entry.council.zone)):
        raise Refused(ALREADY)
    return occasion


def _locked_occasion(entry: Entry, *, by: Actor, at: datetime) -> Occasion:
    """The council's row keeps two from making one each."""
    council = locked(entry.council)
    may_keep_wheel(by, council).enforce()
    _wheel_of(council, by=by, at=at)
    told = entry.told
    occasion, _is_new = Occasion.objects.get_or_create(
        council=council,
        code="" if told.activity else told.key,
        activity=told.activity,
        year=entry.year,
        number=entry.window.number,
        defaults={"label": told.title},
    )
    return occasion
