"""What happens less than every other month is judged over several months, and says so."""

from __future__ import annotations

import numpy as np
import pytest

from samrad.knowledge.alarms_told import told_alarm
from samrad.knowledge.models import Alarm
from samrad.knowledge.moments import moment_of, unusual_in_words
from samrad.knowledge.reckoning import Counted, Reckoned, reckon
from samrad.knowledge.rules.periods import PeriodKind
from samrad.knowledge.rules.picture import Unusual
from tests.cast import Cast
from tests.knowledge.bricks import a_data_set

MONTHS = [f"{year}-{month:02}" for year in range(2018, 2026) for month in range(1, 13)]
RARE = [*([0, 0, 0, 1, 0, 0] * 15), 0, 0, 3, 3, 3, 3]


@pytest.fixture
def reckoned() -> Reckoned:
    """Robberies in a small place, one in half a year until the latest autumn."""
    values = np.array([RARE], dtype=float)
    return reckon(
        Counted(
            PeriodKind.MONTH, MONTHS, ["no.offences"], ["here"], values,
            [[""] * values.shape[1]], np.full(values.shape, 5_000.0),
        )
    )  # fmt: skip


def test_the_sum_is_what_is_told_and_never_drawn_as_the_shade_of_one_month(reckoned):
    line = reckoned.pictures["here"].lines[0]

    assert (line.latest.value, line.latest.over, line.latest.together) == (3, 4, 12)
    assert line.latest.unusual is Unusual.HIGH
    assert unusual_in_words(line).startswith(
        "12 in the latest 4 periods together, unusually many. About"
    )
    drawn = moment_of(line.latest)
    assert (drawn.value, drawn.expected, drawn.low, drawn.high) == (3, None, None, None)


def test_the_alarm_is_of_the_sum(reckoned):
    latest = [one for one in reckoned.alarms if one.period == MONTHS[-1]]

    assert [one.observed for one in latest] == [12]


def test_in_words_it_speaks_of_so_many_periods(cast: Cast, reckoned):
    data_set, _release = a_data_set()
    past = {"period": "2025-12", "value": 3.0, "over": 4, "together": 12.0, "unusual": "high"}
    alarm = Alarm(
        data_set=data_set, indicator=data_set.indicators.get(), area=cast.no.home,
        period="2025-12", tail=Unusual.HIGH, observed=12, expected=1, limit=5, p=0.001,
        past=[past],
    )  # fmt: skip

    assert "12 in the 4 periods up to December 2025" in told_alarm(alarm).sentence
