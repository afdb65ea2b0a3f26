"""What a council adds to its wheel, changes in it and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.trail.api import record
from samrad.wheel import as_written, events
from samrad.wheel.actions.wheel import start_wheel
from samrad.wheel.models import Activity
from samrad.wheel.permissions import may_change_activity
from samrad.wheel.queries.made import years_done
from samrad.wheel.rules import Calls, When
from samrad.wheel.rules.rhythm import months_fit


@dataclass(frozen=True)
class WantedActivity:
    """An activity as the council wants it."""

    title: str
    when: When
    text: str = ""
    calls_for: Calls = Calls.NOTHING
    classification: Classification = Classification.INTERNAL


@transaction.atomic
def add_activity(*, council: Council, wanted: WantedActivity, by: Actor, at: datetime) -> Activity:
    """Something that recurs in this council; it begins in the year that `wanted` says."""
    start_wheel(council=council, by=by, at=at)
    _enforce_times(wanted.when)
    activity = Activity(council=council)
    _fill(activity, wanted)
    activity.from_date = day_of(at, council.zone)
    activity.first_year = wanted.when.first_year or activity.from_date.year
    activity.save()
    record(events.ACTIVITY_ADDED, about=activity, by=by, at=at)
    return activity


@transaction.atomic
def change_activity(
    *, activity: Activity, wanted: WantedActivity, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Other words or another time of the year; how often stays once something was done about it."""
    activity = locked(activity, "council")
    may_change_activity(by, activity).enforce()
    enforce_seen(seen, as_written.of_activity(activity))
    _enforce_times(wanted.when)
    on, zone = day_of(at, activity.council.zone), activity.council.zone
    done_in = years_done(activity.occasions.all(), zone, on)
    if wanted.when.rhythm != activity.rhythm and done_in:
        raise Refused(
            _("How often it comes can no longer be changed. End it, and add it anew instead.")
        )
    _enforce_nothing_done_vanishes(done_in, wanted.when)
    before, was = activity.title, activity.when
    _fill(activity, wanted)
    if activity.when != was:
        activity.from_date = on  # nothing is late that was not due before it was changed
    activity.save()
    record(events.ACTIVITY_CHANGED, about=activity, by=by, at=at, before=before)


@transaction.atomic
def end_activity(*, activity: Activity, reason: str, by: Actor, at: datetime) -> None:
    """It does not come again; what was done about it stays."""
    activity = locked(activity, "council")
    may_change_activity(by, activity).enforce()
    reason = normalise(reason)
    if not reason:
        raise Refused(_("Say why it is ended: the council will read it."))
    activity.ended_date = day_of(at, activity.council.zone)
    activity.save(update_fields=["ended_date"])
    record(events.ACTIVITY_ENDED, about=activity, by=by, at=at, reason=reason)


def _enforce_nothing_done_vanishes(years: Sequence[int], when: When) -> None:
    """A year in which something was done about it stays one of its years."""
    if when.first_year is None:
        return
    lost = [year for year in years if not when.falls_in(year)]
    if lost:
        text = _(
            "Something was done about it in %(year)s, so that year has to be one of its years."
        )
        raise Refused(text % {"year": lost[0]})


def _fill(activity: Activity, wanted: WantedActivity) -> None:
    activity.title, activity.text = normalise_line(wanted.title), normalise(wanted.text)
    activity.rhythm, activity.part = wanted.when.rhythm, wanted.when.part
    activity.months, activity.day = list(wanted.when.months), wanted.when.day
    activity.first_year = wanted.when.first_year or activity.first_year
    activity.calls_for, activity.classification = wanted.calls_for, wanted.classification


def _enforce_times(when: When) -> None:
    if not months_fit(when.rhythm, when.months):
        raise Refused(_("The months do not fit how often it comes."))
