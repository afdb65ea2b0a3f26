"""The holidays that the product carries are those that the library computes."""

from __future__ import annotations

from datetime import date

import pytest
from tools.holidays_of_countries import YEARS, computed, kept_only

from samrad.profiles.days import holidays_of, is_working_day, public_holidays_of
from samrad.profiles.reader import profile_codes


@pytest.mark.parametrize("country", profile_codes())
def test_the_days_we_carry_are_those_the_library_knows(country):
    """When this fails the law has changed or a day was corrected: write the files anew."""
    carried = {
        str(year): {f"{day:%m-%d}": name for day, name in holidays_of(country, year).items()}
        for year in YEARS
    }

    assert carried == computed(country)
    assert all(len(days) > 9 for days in carried.values())


def test_a_year_far_away_has_no_holidays_and_breaks_nothing():
    assert holidays_of("no", 9999) == {}
    assert is_working_day(date(9999, 1, 1), "no")


def test_the_seventeenth_of_may_is_no_working_day_in_norway_alone():
    assert not is_working_day(date(2027, 5, 17), "no")
    assert is_working_day(date(2027, 5, 18), "dk")


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("se", date(2026, 4, 2)),  # Skärtorsdagen, from two o'clock
        ("se", date(2026, 5, 15)),  # a bridge day
        ("dk", date(2026, 6, 5)),  # Grundlovsdag
    ],
)
def test_people_work_on_half_days_and_bridge_days_though_it_is_better_not_to_meet(country, day):
    assert day in holidays_of(country, day.year)
    assert day not in public_holidays_of(country, day.year)
    assert is_working_day(day, country)


def test_everything_is_closed_on_public_holidays_and_on_midsummer_eve():
    for country, day in (
        ("no", date(2026, 5, 17)),
        ("se", date(2026, 5, 1)),
        ("se", date(2026, 6, 19)),
    ):
        assert day in public_holidays_of(country, day.year)
    assert not is_working_day(date(2026, 5, 1), "se")


@pytest.mark.parametrize("country", ["no", "dk", "se"])
def test_the_half_days_are_what_the_library_says(country):
    carried = {
        str(year): [
            f"{day:%m-%d}"
            for day in holidays_of(country, year)
            if day not in public_holidays_of(country, year)
        ]
        for year in YEARS
    }
    assert carried == kept_only(country)
