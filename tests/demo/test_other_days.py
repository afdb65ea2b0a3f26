"""The demo loads on any day of the year, and what holds of it holds then too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.kernel.clock import held_at
from samrad.site.demo import loader
from samrad.trail.verify import verify
from tests.demo import invariants

DAYS = [
    datetime(2026, 12, 31, 10, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 22, 59, tzinfo=UTC),
    datetime(2027, 7, 20, 6, tzinfo=UTC),
]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("moment", DAYS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_it_loads_and_is_whole(moment):
    with held_at(moment):
        assert loader.load() > 300
        invariants.check_meetings()
        invariants.check_tasks()
        invariants.check_the_record()
        assert verify().whole
