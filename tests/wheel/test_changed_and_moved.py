"""Activities that are changed, moved to other years, or whose meeting came to nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api as meetings
from samrad.wheel import api
from samrad.wheel.rules import Calls, Mark, Rhythm, Stand, When
from tests.cast import NOON, TODAY
from tests.meetings.bricks import planned_in
from tests.wheel.bricks import entry, in_use, of, own_activity


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def stand(cast, key, on=TODAY):
    return entry(cast.council, cast.secretary.actor, key, on).stand


def test_what_is_changed_to_a_time_that_has_passed_is_not_late_this_year(cast):
    in_use(cast.council)
    activity = own_activity(cast, when=When(Rhythm.YEARLY, (12,), first_year=2026))
    wanted = api.WantedActivity(
        title=activity.title, when=When(Rhythm.YEARLY, (3,), first_year=2026)
    )

    api.change_activity(activity=activity, wanted=wanted, by=cast.secretary.actor, at=NOON)

    assert stand(cast, of(activity)) is Stand.PASSED


def test_other_words_leave_it_as_late_as_it_was(cast):
    in_use(cast.council)
    activity = own_activity(cast)
    wanted = api.WantedActivity(title="Vandring", when=activity.when)

    api.change_activity(activity=activity, wanted=wanted, by=cast.secretary.actor, at=NOON)

    assert stand(cast, of(activity)) is Stand.LATE


def test_what_was_ticked_off_by_mistake_and_taken_up_again_keeps_no_year(cast):
    by, se = cast.se.secretary.actor, cast.se.council
    found = entry(se, by, "2027-picture_followed_up-1")
    api.mark_occasion(entry=found, to=Mark.DONE, by=by, at=NOON)
    api.mark_occasion(entry=found, to=Mark.NONE, by=by, at=NOON)

    api.move_years(entry=found, first_year=2026, by=by, at=NOON)

    assert api.entry_with_key(se, by, "2026-picture_followed_up-1", TODAY)
    assert not api.entry_with_key(se, by, "2027-picture_followed_up-1", TODAY)


def test_an_own_activity_whose_meeting_was_cancelled_comes_in_other_years(cast):
    activity = own_activity(
        cast, when=When(Rhythm.EVERY_OTHER_YEAR, (5,), first_year=2026), calls_for=Calls.MEETING
    )
    by = cast.secretary.actor
    meeting = planned_in(cast.council, by)
    api.take_up_at(entry=entry(cast.council, by, of(activity)), meeting=meeting, by=by, at=NOON)
    meetings.cancel_meeting(meeting=meeting, reason="Sykdom", by=by, at=NOON)

    when = When(Rhythm.EVERY_OTHER_YEAR, (5,), first_year=2027)
    wanted = api.WantedActivity(title=activity.title, when=when, calls_for=Calls.MEETING)
    api.change_activity(activity=activity, wanted=wanted, by=by, at=NOON)

    activity.refresh_from_db()
    assert activity.first_year == 2027


def test_a_meeting_nobody_was_called_to_leaves_room_for_another_once_its_day_is_past(cast):
    by = cast.secretary.actor
    activity = own_activity(cast, calls_for=Calls.MEETING)
    first = planned_in(cast.council, by, starts_at=NOON + timedelta(days=1))
    found = entry(cast.council, by, of(activity))
    api.take_up_at(entry=found, meeting=first, by=by, at=NOON)
    second = planned_in(cast.council, by)
    with pytest.raises(Refused, match="arranged for this already"):
        api.take_up_at(entry=found, meeting=second, by=by, at=NOON)

    later = NOON + timedelta(days=3)
    api.take_up_at(entry=found, meeting=second, by=by, at=later)

    assert stand(cast, of(activity), later.date()) is Stand.ARRANGED
