"""When activities are due: over years, leap years and zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.kernel.clock import day_of
from samrad.profiles.reader import all_profiles
from samrad.wheel.profile import activities_of
from samrad.wheel.rules import Made, Mark, Part, Rhythm, Stand, Started, When, stand_of, windows_in
from samrad.wheel.rules.rhythm import months_fit
from tests.support.examples import tries

YEARS = st.integers(2000, 2100)
PARTS = st.sampled_from(list(Part))


@st.composite
def whens(draw: st.DrawFn) -> When:
    rhythm = draw(st.sampled_from(list(Rhythm)))
    many = {"half_yearly": (2, 2), "tertial": (3, 3), "quarterly": (4, 4), "monthly": (0, 0)}
    least, most = many.get(rhythm.value, (1, 12))
    months = draw(st.sets(st.integers(1, 12), min_size=least, max_size=most))
    day = draw(st.none() | st.integers(1, 31))
    part = Part.WHOLE if day else draw(PARTS)
    first = draw(st.none() | st.integers(2000, 2050))
    if rhythm is Rhythm.EVERY_OTHER_YEAR and first is None:
        first = 2000
    return When(rhythm, tuple(sorted(months)), part, day, first)


@settings(max_examples=tries(400), deadline=None)
@given(when=whens(), year=YEARS)
def test_a_year_holds_as_many_times_as_the_rhythm_says_each_within_its_months(when, year):
    assert months_fit(when.rhythm, when.months)
    windows = windows_in(when, year)

    if not when.falls_in(year):
        assert windows == ()
        return
    times = {"half_yearly": 2, "tertial": 3, "quarterly": 4, "monthly": 12}
    assert len(windows) == times.get(when.rhythm.value, 1)
    assert [one.number for one in windows] == list(range(1, len(windows) + 1))
    for (first, last), one in zip(when.spans, windows, strict=True):
        assert one.from_date <= one.due_date
        assert (one.from_date.year, one.from_date.month) == (year, first)
        assert (one.due_date.year, one.due_date.month) == (year, last)


@settings(max_examples=tries(100), deadline=None)
@given(year=YEARS, day=st.integers(28, 31))
def test_a_day_that_february_does_not_have_is_its_last(year, day):
    window = windows_in(When(Rhythm.YEARLY, (2,), day=day), year)[0]

    assert window.from_date == window.due_date
    assert window.due_date == min(
        date(year, 3, 1) - timedelta(days=1), date(year, 2, 28) + timedelta(days=day - 28)
    )


@settings(max_examples=tries(100), deadline=None)
@given(first=st.integers(2000, 2050), after=st.integers(0, 50))
def test_every_other_year_is_one_and_not_the_next(first, after):
    when = When(Rhythm.EVERY_OTHER_YEAR, (10,), first_year=first)

    assert bool(windows_in(when, first + after)) == (after % 2 == 0)
    assert windows_in(when, first - 2) == ()


@given(year=YEARS)
def test_the_parts_of_a_month_follow_each_other_without_a_gap(year):
    early, middle, late = (
        windows_in(When(Rhythm.YEARLY, (2,), part), year)[0]
        for part in (Part.EARLY, Part.MIDDLE, Part.LATE)
    )
    whole = windows_in(When(Rhythm.YEARLY, (2,)), year)[0]

    assert (early.from_date, late.due_date) == (whole.from_date, whole.due_date)
    assert early.due_date + timedelta(days=1) == middle.from_date
    assert middle.due_date + timedelta(days=1) == late.from_date


@settings(max_examples=tries(200), deadline=None)
@given(when=whens(), year=st.integers(2024, 2040), ahead=st.integers(-400, 400))
def test_what_nobody_touched_is_ahead_then_due_then_late_and_never_late_before_the_wheel(
    when, year, ahead
):
    for window in windows_in(when, year):
        on = window.due_date + timedelta(days=ahead)
        stand = stand_of(window, on=on, in_use_from=date(2020, 1, 1))
        expected = (
            Stand.AHEAD if on < window.from_date
            else Stand.DUE if on <= window.due_date
            else Stand.LATE
        )  # fmt: skip
        assert stand is expected
        for in_use in (None, window.due_date + timedelta(days=1)):
            assert stand_of(window, on=on, in_use_from=in_use) is not Stand.LATE


def test_the_day_on_which_something_is_late_is_the_one_of_the_councils_own_zone():
    window = windows_in(When(Rhythm.YEARLY, (6,)), 2026)[0]
    midnight = datetime(
        2026, 6, 30, 22, 30, tzinfo=UTC
    )  # half past midnight in the three countries

    for profile in all_profiles():
        on = day_of(midnight, profile.zone)
        assert on == date(2026, 7, 1)
        assert stand_of(window, on=on, in_use_from=date(2026, 1, 1)) is Stand.LATE


def test_what_a_person_said_counts_before_what_was_made_and_that_before_the_calendar():
    window = windows_in(When(Rhythm.YEARLY, (6,)), 2026)[0]
    after = date(2026, 8, 1)

    def stand(**given):
        return stand_of(window, on=after, in_use_from=date(2026, 1, 1), **given)

    assert stand() is Stand.LATE
    assert stand(mark=Mark.DONE) is Stand.DONE
    assert stand(mark=Mark.SKIPPED, started=Started(Made.FINISHED)) is Stand.SKIPPED
    assert stand(started=Started(Made.FINISHED)) is Stand.DONE
    assert stand(started=Started(Made.ARRANGED, until=after)) is Stand.ARRANGED
    assert stand(started=Started(Made.ARRANGED, until=date(2026, 7, 31))) is Stand.LATE


def test_every_country_has_a_wheel_for_its_strategic_tier_in_all_languages_and_with_its_source():
    for profile in all_profiles():
        found = activities_of(profile.code)
        assert {one.tiers[0] for one in found}
        assert any(profile.tiers[0].code in one.tiers for one in found)
        for one in found:
            assert one.title.missing() == one.text.missing() == ()
            assert one.source.citation
            assert windows_in(one.when, 2026) or windows_in(one.when, 2027)
            assert all(len(one.title.in_language(code)) <= 64 for code in ("nb", "da", "sv", "en"))
