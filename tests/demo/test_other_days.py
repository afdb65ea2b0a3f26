"""The demo loads on any day of the year, and what holds of it holds then too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.kernel.clock import held_at
from samrad.site.demo import loader
from samrad.trail.verify import verify
from tests.demo import invariants

DAYS = [
    ("no", datetime(2026, 12, 31, 10, tzinfo=UTC)),
    ("no", datetime(2027, 7, 20, 6, tzinfo=UTC)),
    ("se", datetime(2027, 1, 1, 0, 30, tzinfo=UTC)),
    ("dk", datetime(2028, 2, 29, 22, 59, tzinfo=UTC)),
    ("dk", datetime(2026, 11, 23, 9, tzinfo=UTC)),  # a Monday: what fell on Sundays is on Fridays
]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(("country", "moment"), DAYS)
def test_it_loads_and_is_whole(country, moment, monkeypatch):
    monkeypatch.setattr(loader, "COUNTRIES", (country,))
    # What is in question is days: the mail of the story may lie where it is.
    monkeypatch.setattr(loader, "deliver_what_was_sent", lambda: None)
    with held_at(moment):
        assert loader.load() > 50
        invariants.check_meetings()
        invariants.check_tasks()
        invariants.check_the_record()
        assert verify().whole
