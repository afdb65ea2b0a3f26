"""Each country's wheel calls for next year's meetings to be planned, and sees that they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samrad.cooperation.models import Council
from samrad.kernel.clock import held_at
from samrad.meetings import api, planned
from samrad.profiles.model import Strength
from samrad.wheel.rules import Calls, Stand
from tests.cast import NOON, Cast
from tests.wheel.bricks import entry, in_use

pytestmark = pytest.mark.django_db
WHERE = {
    "politiraad": ("no", "secretary", "meeting_plan", Strength.SHOULD),
    "kredsraad": ("dk", "secretary", "meeting_plan", Strength.SHOULD),
    "lokalraad": ("dk", "coordinator", "meeting_plan_local", Strength.SHOULD),
    "brottsforebyggande_rad": ("se", "secretary", "meeting_plan", Strength.MAY),
}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with held_at(NOON):
        yield


@pytest.mark.parametrize("tier", WHERE)
def test_the_secretary_is_reminded_until_the_year_is_planned(cast: Cast, tier: str) -> None:
    country, who, code, strength = WHERE[tier]
    council = Council.objects.filter(country=country, tier=tier).order_by("pk").first()
    assert council is not None
    keeper = cast.everybody[who if country == "no" else f"{country}.{who}"].actor
    in_use(council)

    due = entry(council, keeper, f"2026-{code}-1")

    assert due.stand is Stand.DUE
    assert due.told.calls_for is Calls.TASK
    assert due.told.source is not None
    assert due.told.source.strength is strength
    assert due.window.due_date == date(2026, 11, 30)
    days = [NOON + timedelta(days=90 * n) for n in range(1, 5)]
    api.plan_meetings(
        council=council, meetings=[api.Planned(one, one + timedelta(hours=2)) for one in days],
        by=keeper, at=NOON,
    )  # fmt: skip
    planned.tell(council, 2027, by=keeper, at=NOON)
    assert entry(council, keeper, f"2026-{code}-1").stand is Stand.DONE
