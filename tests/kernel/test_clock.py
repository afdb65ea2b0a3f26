"""The day of a moment is the one on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samrad.kernel.clock import day_of, held_at, today

JUST_AFTER_MIDNIGHT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Europe/Copenhagen", "Europe/Stockholm"])
def test_just_after_midnight_the_new_day_has_begun(zone: str) -> None:
    assert day_of(JUST_AFTER_MIDNIGHT, zone) == date(2026, 11, 21)
    with held_at(JUST_AFTER_MIDNIGHT):
        assert today(zone) == day_of(JUST_AFTER_MIDNIGHT)


def test_in_summer_the_day_begins_two_hours_before_utc() -> None:
    assert day_of(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert day_of(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)
