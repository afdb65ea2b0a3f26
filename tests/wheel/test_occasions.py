"""What becomes of an activity: made, ticked off, left out, late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samrad.documents.rules import Classification
from samrad.followup.api import report_task, waiting_for
from samrad.followup.rules import TaskState
from samrad.gatherings import api as gatherings
from samrad.gatherings.api import Wanted
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api as meetings
from samrad.meetings.models import Meeting
from samrad.trail.api import event_codes_of
from samrad.wheel import api
from samrad.wheel.models import Activity, Occasion, Wheel
from samrad.wheel.queries.late import late_for
from samrad.wheel.rules import Calls, Mark, Rhythm, Stand, When
from samrad.wheel.waiting import late_activities
from tests.cast import NOON, TODAY
from tests.meetings.bricks import planned, planned_in
from tests.wheel.bricks import entry, in_use, of, open_activity, own_activity

EVALUATION, SELF, GOALS = (
    "2026-year_evaluation-1",
    "2026-self_evaluation-1",
    "2026-goals_reviewed-1",
)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def stand(cast, key, on=TODAY, who=None):
    return entry(cast.council, (who or cast.secretary).actor, key, on).stand


def test_a_wheel_that_nobody_has_taken_into_use_is_never_late(cast):
    assert stand(cast, SELF) is Stand.PASSED
    assert stand(cast, EVALUATION) is Stand.DUE

    api.start_wheel(council=cast.council, by=cast.secretary.actor, at=NOON)

    assert stand(cast, SELF) is Stand.PASSED
    assert stand(cast, EVALUATION, date(2027, 1, 1)) is Stand.LATE


def test_taking_it_into_use_twice_is_once(cast):
    for who in (cast.secretary, cast.chair):
        api.start_wheel(council=cast.council, by=who.actor, at=NOON)

    wheel = Wheel.objects.get(council=cast.council)
    assert wheel.from_date == TODAY
    assert event_codes_of(wheel) == ["wheel.started"]


def test_the_meeting_it_calls_for_is_planned_in_one_act_and_makes_it_done_when_held(cast):
    by = cast.secretary.actor
    start = NOON + timedelta(days=20)
    meeting = api.plan_meeting_for(
        entry=entry(cast.council, by, EVALUATION),
        planned=meetings.Planned(start, start + timedelta(hours=2), "Rådhuset"),
        by=by,
        at=NOON,
    )
    assert stand(cast, EVALUATION) is Stand.ARRANGED
    assert event_codes_of(meeting) == ["meeting.planned"]

    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    assert stand(cast, EVALUATION) is Stand.DONE


def test_a_cancelled_meeting_makes_nothing_done_and_leaves_room_for_another(cast):
    by = cast.secretary.actor
    meeting = planned(cast)
    api.take_up_at(entry=entry(cast.council, by, EVALUATION), meeting=meeting, by=by, at=NOON)
    with pytest.raises(Refused, match="arranged for this already"):
        api.take_up_at(entry=entry(cast.council, by, EVALUATION), meeting=meeting, by=by, at=NOON)

    meetings.cancel_meeting(meeting=meeting, reason="Sykdom", by=by, at=NOON)

    assert stand(cast, EVALUATION) is Stand.DUE
    other = planned(cast, starts_at=NOON + timedelta(days=25))
    api.take_up_at(entry=entry(cast.council, by, EVALUATION), meeting=other, by=by, at=NOON)
    assert stand(cast, EVALUATION) is Stand.ARRANGED


def test_a_meeting_of_another_council_takes_up_nothing(cast):
    by = cast.secretary.actor
    elsewhere = Meeting.objects.create(
        council=cast.sibling, starts_at=NOON + timedelta(days=3), ends_at=NOON + timedelta(days=4)
    )

    with pytest.raises(Refused, match="a meeting of this council"):
        api.take_up_at(entry=entry(cast.council, by, EVALUATION), meeting=elsewhere, by=by, at=NOON)


def test_the_task_it_calls_for_is_given_to_somebody_and_makes_it_done_when_done(cast):
    by = cast.secretary.actor
    activity = open_activity(cast)
    task = api.give_task_for(
        entry=entry(cast.council, by, of(activity)),
        title="Ordne dagen",
        person=cast.police_member.person,
        deadline_date=TODAY + timedelta(days=10),
        by=by,
        at=NOON,
    )

    assert task.responsible_person == cast.police_member.person
    assert stand(cast, of(activity)) is Stand.ARRANGED
    assert stand(cast, of(activity), who=cast.guest) is Stand.ARRANGED
    in_use_since_spring(cast)
    assert stand(cast, of(activity), TODAY + timedelta(days=11)) is Stand.LATE

    report_task(task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)
    assert stand(cast, of(activity)) is Stand.DONE


def theme_day_for(cast, key="2026-theme_day_strategic-1"):
    dk, by = cast.dk, cast.dk.secretary.actor
    wanted = Wanted(
        title="Nattelivet", starts_at=NOON + timedelta(days=20), nominate_by=TODAY,
        ends_at=NOON + timedelta(days=20, hours=6), invited=(dk.lokalraad,),
    )  # fmt: skip
    found = entry(dk.kredsraad, by, key)
    return api.plan_theme_day_for(entry=found, wanted=wanted, by=by, at=NOON)


def test_the_theme_day_it_calls_for_is_planned_and_makes_it_done_when_held(cast):
    dk, by = cast.dk, cast.dk.secretary.actor
    day = theme_day_for(cast)

    def stands(on=TODAY):
        return entry(dk.kredsraad, by, "2026-theme_day_strategic-1", on).stand

    assert day.state == "planned"
    assert stands() is Stand.ARRANGED
    Wheel.objects.filter(council=dk.kredsraad).update(from_date=date(2026, 1, 1))
    assert stands(TODAY + timedelta(days=21)) is Stand.LATE, "nobody was ever invited"

    gatherings.open_for_nominations(day=day, by=by, at=NOON)
    assert stands(TODAY + timedelta(days=21)) is Stand.DONE
    gatherings.note_held(day=day, by=by, at=NOON + timedelta(days=21))
    assert stands(TODAY + timedelta(days=21)) is Stand.DONE
    assert event_codes_of(Occasion.objects.get()) == ["occasion.theme_day"]
    late = [one.told.key for one in late_for(by, TODAY + timedelta(days=21))]
    assert "theme_day_strategic" not in late


def test_a_cancelled_theme_day_leaves_room_for_another(cast):
    dk, by = cast.dk, cast.dk.secretary.actor
    day = theme_day_for(cast)
    with pytest.raises(Refused, match="arranged for this already"):
        theme_day_for(cast)

    gatherings.cancel_theme_day(day=day, reason="Sygdom", by=by, at=NOON)

    assert entry(dk.kredsraad, by, "2026-theme_day_strategic-1").stand is not Stand.ARRANGED
    assert theme_day_for(cast).pk != day.pk


def in_use_since_spring(cast):
    Wheel.objects.filter(council=cast.council).update(from_date=date(2026, 3, 1))


def test_it_is_ticked_off_with_a_note_and_taken_up_again(cast):
    by = cast.secretary.actor
    occasion = api.mark_occasion(
        entry=entry(cast.council, by, SELF),
        to=Mark.DONE,
        note="To timer, godt møte.",
        by=by,
        at=NOON,
    )
    assert stand(cast, SELF) is Stand.DONE
    with pytest.raises(Refused, match="marked this already"):
        api.mark_occasion(entry=entry(cast.council, by, SELF), to=Mark.DONE, by=by, at=NOON)

    api.mark_occasion(entry=entry(cast.council, by, SELF), to=Mark.NONE, by=by, at=NOON)
    assert stand(cast, SELF) is Stand.PASSED
    assert event_codes_of(occasion) == ["occasion.done", "occasion.reopened"]


def test_leaving_it_out_takes_a_reason(cast):
    by = cast.secretary.actor
    with pytest.raises(Refused, match="Say why"):
        api.mark_occasion(entry=entry(cast.council, by, GOALS), to=Mark.SKIPPED, by=by, at=NOON)

    api.mark_occasion(
        entry=entry(cast.council, by, GOALS),
        to=Mark.SKIPPED,
        note="Ny avtale i fjor.",
        by=by,
        at=NOON,
    )
    assert stand(cast, GOALS) is Stand.SKIPPED
    assert stand(cast, GOALS.replace("2026", "2027")) is Stand.AHEAD


@pytest.mark.parametrize("who", ["police_member", "guest", "analyst", "stranger", "administrator"])
def test_only_those_who_keep_the_wheel_change_it(cast, who):
    by = getattr(cast, who).actor
    seen = entry(cast.council, cast.secretary.actor, EVALUATION)

    with pytest.raises(Refused, match="keeps its year wheel"):
        api.mark_occasion(entry=seen, to=Mark.DONE, by=by, at=NOON)
    with pytest.raises(Refused, match="keeps its year wheel"):
        api.start_wheel(council=cast.council, by=by, at=NOON)
    assert not Occasion.objects.exists()
    assert not Wheel.objects.exists()


def test_a_council_adds_changes_and_ends_its_own(cast):
    by = cast.secretary.actor
    activity = own_activity(cast)
    assert stand(cast, of(activity)) is Stand.PASSED
    assert stand(cast, of(activity, 2027)) is Stand.AHEAD

    api.change_activity(
        activity=activity,
        wanted=api.WantedActivity("Vandring i sentrum", When(Rhythm.YEARLY, (11, 12))),
        by=by,
        at=NOON,
    )
    found = entry(cast.council, by, of(activity))
    assert (found.told.title, found.stand) == ("Vandring i sentrum", Stand.DUE)

    api.mark_occasion(entry=found, to=Mark.DONE, by=by, at=NOON)
    api.end_activity(activity=activity, reason="Går opp i noe annet.", by=by, at=NOON)
    assert stand(cast, of(activity)) is Stand.DONE, "what was done stays"
    assert api.entry_with_key(cast.council, by, of(activity, 2027), TODAY) is None
    assert event_codes_of(activity) == ["activity.added", "activity.changed", "activity.ended"]
    activity.refresh_from_db()
    with pytest.raises(Refused, match="has been ended"):
        api.end_activity(activity=activity, reason="Igjen", by=by, at=NOON)


def test_how_often_it_comes_stays_once_something_was_done_about_it(cast):
    by, activity = cast.secretary.actor, own_activity(cast)
    monthly = api.WantedActivity("Vandring", When(Rhythm.MONTHLY))
    api.mark_occasion(entry=entry(cast.council, by, of(activity)), to=Mark.DONE, by=by, at=NOON)

    with pytest.raises(Refused, match="can no longer be changed"):
        api.change_activity(activity=activity, wanted=monthly, by=by, at=NOON)
    with pytest.raises(Refused, match="do not fit"):
        own_activity(cast, when=When(Rhythm.TERTIAL, (1, 2)))


def test_an_internal_activity_is_for_members_and_an_open_one_for_whoever_sees_the_council(cast):
    internal, public = own_activity(cast), open_activity(cast)

    def seen(who):
        return set(Activity.objects.visible_to(who.actor))

    for who in (cast.chair, cast.secretary, cast.director, cast.police_member):
        assert seen(who) == {internal, public}
    for who in (cast.guest, cast.analyst, cast.national_officer):
        assert seen(who) == {public}
        assert api.entry_with_key(cast.council, who.actor, of(internal), TODAY) is None
    for who in (cast.stranger, cast.other_analyst, cast.administrator):
        assert seen(who) == set()


def test_an_activity_is_never_restricted(cast):
    from django.db import IntegrityError, transaction

    activity = own_activity(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(classification=Classification.RESTRICTED)


def test_what_is_late_waits_for_the_secretary_in_one_line(cast, django_assert_num_queries):
    def waits(who):
        return [one.title for one in waiting_for(who.actor, TODAY) if "wheel" in one.title]

    assert waits(cast.secretary) == []
    in_use(cast.council, date(2026, 10, 1))
    assert waits(cast.chair) == [], "the secretary sees to it"
    assert waits(cast.secretary) == ["Late in the year wheel: The council's self-evaluation"]
    assert waits(cast.police_member) == waits(cast.analyst) == []

    Wheel.objects.update(from_date=date(2026, 1, 1))
    actor = cast.secretary.actor
    with django_assert_num_queries(1):
        list(late_activities(actor, TODAY))
    assert waits(cast.secretary) == ["7 activities of the year wheel are late"]

    by = cast.secretary.actor
    api.mark_occasion(entry=entry(cast.council, by, SELF), to=Mark.DONE, by=by, at=NOON)
    assert waits(cast.secretary) == ["6 activities of the year wheel are late"]


def test_a_council_that_has_ended_is_not_reminded(cast):
    in_use(cast.council)
    cast.council.state = "ended"
    cast.council.ended_date = TODAY
    cast.council.save()

    assert [one for one in waiting_for(cast.secretary.actor, TODAY) if "wheel" in one.title] == []


def test_what_comes_every_month_or_third_of_the_year_is_ticked_off_time_by_time(cast):
    se, by = cast.se.council, cast.se.secretary.actor
    keys = [f"2026-indicators-{n}" for n in range(1, 13)]
    for key in keys[:10]:
        api.mark_occasion(entry=entry(se, by, key), to=Mark.DONE, by=by, at=NOON)
    in_use_from = Wheel.objects.filter(council=se)
    in_use_from.update(from_date=date(2026, 11, 1))

    found = [entry(se, by, key).stand for key in keys]
    assert found == [Stand.DONE] * 10 + [Stand.LATE, Stand.AHEAD]


def test_the_danish_theme_day_with_the_mayors_is_every_other_year(cast):
    by, kreds = cast.dk.secretary.actor, cast.dk.kredsraad
    found = [
        year
        for year in range(2024, 2031)
        if api.entry_with_key(kreds, by, f"{year}-theme_day_strategic-1", TODAY)
    ]

    assert found == [2024, 2026, 2028, 2030]
    assert entry(kreds, by, "2026-theme_day_strategic-1").told.calls_for is Calls.THEME_DAY


def _years_of_the_picture(cast, code="picture_followed_up"):
    by, se = cast.se.secretary.actor, cast.se.council
    return [
        year for year in range(2024, 2032) if api.entry_with_key(se, by, f"{year}-{code}-1", TODAY)
    ]


def test_what_comes_every_other_year_falls_in_the_years_the_council_chooses(cast):
    """The picture was followed up in 2024: the next time is 2026, not 2027."""
    by, se = cast.se.secretary.actor, cast.se.council
    assert _years_of_the_picture(cast) == [2025, 2027, 2029, 2031]

    found = entry(se, by, "2027-picture_followed_up-1")
    api.move_years(entry=found, first_year=2026, by=by, at=NOON)

    assert _years_of_the_picture(cast) == [2025, 2026, 2028, 2030]
    Wheel.objects.filter(council=se).update(from_date=date(2026, 1, 1))
    assert "picture_followed_up" not in {one.told.key for one in late_for(by, TODAY)}
    assert entry(se, by, "2026-picture_followed_up-1").stand is Stand.PASSED, "it was moved later"
    assert "wheel.years" in event_codes_of(Wheel.objects.get(council=se))


def test_it_can_be_moved_back_and_a_year_with_something_done_about_it_is_kept(cast):
    by, se = cast.se.secretary.actor, cast.se.council
    found = entry(se, by, "2027-picture_followed_up-1")
    api.move_years(entry=found, first_year=2026, by=by, at=NOON)
    this_year = entry(se, by, "2026-picture_followed_up-1")
    api.mark_occasion(entry=this_year, to=Mark.DONE, by=by, at=NOON)

    api.move_years(entry=this_year, first_year=2027, by=by, at=NOON)

    assert _years_of_the_picture(cast) == [2025, 2026, 2027, 2029, 2031]
    meeting = planned_in(se, by)
    planned_for = entry(se, by, "2027-picture_followed_up-1")
    api.take_up_at(entry=planned_for, meeting=meeting, by=by, at=NOON)
    with pytest.raises(Refused, match="no longer be its own"):
        api.move_years(entry=planned_for, first_year=2026, by=by, at=NOON)
    assert _years_of_the_picture(cast) == [2025, 2026, 2027, 2029, 2031]


@pytest.mark.parametrize(
    ("key", "year"), [("2026-indicators-1", 2026), ("2027-picture_followed_up-1", 2029)]
)
def test_only_what_comes_every_other_year_is_moved_and_only_to_this_year_or_the_next(
    cast, key, year
):
    by, se = cast.se.secretary.actor, cast.se.council

    with pytest.raises(Refused):
        api.move_years(entry=entry(se, by, key), first_year=year, by=by, at=NOON)

    assert not Wheel.objects.filter(council=se).exclude(years={}).exists()


def test_what_was_made_or_done_of_ones_own_activities_counts_in_the_reminder_too(cast):
    by = cast.secretary.actor
    monthly = own_activity(cast, "Vakter", when=When(Rhythm.MONTHLY, first_year=2026))
    second = open_activity(cast)
    Wheel.objects.update(from_date=date(2026, 10, 25))
    own = {"Vakter", second.title}

    def late():
        return [one.told.title for one in late_for(by, TODAY) if one.told.title in own]

    assert late() == ["Vakter"], "October; May was before the wheel"
    Wheel.objects.update(from_date=date(2026, 5, 25))
    assert sorted(late()) == sorted([second.title, *["Vakter"] * 6])
    meeting = planned(cast)
    for number in (5, 6):
        api.take_up_at(
            entry=entry(cast.council, by, of(monthly, number=number)),
            meeting=meeting,
            by=by,
            at=NOON,
        )
    api.mark_occasion(entry=entry(cast.council, by, of(second)), to=Mark.DONE, by=by, at=NOON)
    assert late() == ["Vakter"] * 4


def test_what_was_due_before_it_was_added_is_not_late_and_its_years_can_be_chosen(cast):
    """Added in November, due in May of every year from this one on."""
    in_use(cast.council)
    activity = own_activity(cast, added=TODAY)
    by = cast.secretary.actor

    assert str(activity.ref) not in [one.told.key for one in late_for(by, TODAY)]
    assert entry(cast.council, by, of(activity)).stand is Stand.PASSED
    next_may = date(2027, 6, 1)
    assert str(activity.ref) in [one.told.key for one in late_for(by, next_may)]

    other = When(Rhythm.EVERY_OTHER_YEAR, (5,), first_year=2027)
    wanted = api.WantedActivity(title=activity.title, when=other)
    api.change_activity(activity=activity, wanted=wanted, by=by, at=NOON)
    activity.refresh_from_db()
    assert [activity.when.falls_in(year) for year in (2026, 2027, 2028)] == [False, True, False]


def test_a_year_in_which_something_was_done_stays_one_of_its_years(cast):
    in_use(cast.council)
    activity, by = own_activity(cast), cast.secretary.actor
    done = entry(cast.council, by, of(activity))
    api.mark_occasion(entry=done, to=Mark.DONE, by=by, at=NOON)
    later = api.WantedActivity(title="Senere", when=When(Rhythm.YEARLY, (5,), first_year=2027))

    with pytest.raises(Refused, match="in 2026"):
        api.change_activity(activity=activity, wanted=later, by=by, at=NOON)

    activity.refresh_from_db()
    assert (activity.title, activity.first_year) == ("Trygghetsvandring", 2026)
