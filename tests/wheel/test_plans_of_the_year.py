"""Each country's wheel calls for next year's meetings to be planned, and sees that they are."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.kernel.clock import held_at
from samrad.meetings import api, planned
from samrad.profiles.model import Strength
from samrad.wheel.actions import upkeep
from samrad.wheel.api import mark_occasion
from samrad.wheel.models import Wheel
from samrad.wheel.queries.late import late_for
from samrad.wheel.rules import Calls, Mark, Stand
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


DANISH = "2026-meeting_plan-1"
HELD = import_module("samrad.wheel.migrations.0008_since_when_activities_are_known")


def days_of(council: Council, by: Actor, number: int) -> None:
    starts = [NOON + timedelta(days=90 * n) for n in range(1, number + 1)]
    api.plan_meetings(
        council=council, meetings=[api.Planned(one, one + timedelta(hours=2)) for one in starts],
        by=by, at=NOON,
    )  # fmt: skip


def test_what_was_planned_before_the_wheel_asked_is_ticked_off_at_night(cast: Cast) -> None:
    council, by = cast.dk.kredsraad, cast.dk.secretary.actor
    in_use(council)
    days_of(council, by, 3)
    upkeep.tick_off_plans_made(at=NOON)
    assert entry(council, by, DANISH).stand is Stand.DUE, "it should have four"

    start = NOON + timedelta(days=200)
    more = [api.Planned(start, start + timedelta(hours=2))]
    api.plan_meetings(council=council, meetings=more, by=by, at=NOON)
    upkeep.tick_off_plans_made(at=NOON)

    done = entry(council, by, DANISH)
    assert done.stand is Stand.DONE
    assert done.occasion is not None
    assert done.occasion.follows_plan


def test_what_somebody_takes_up_again_is_not_ticked_off_behind_their_back(cast: Cast) -> None:
    council, by = cast.dk.kredsraad, cast.dk.secretary.actor
    in_use(council)
    days_of(council, by, 4)
    upkeep.tick_off_plans_made(at=NOON)
    mark_occasion(entry=entry(council, by, DANISH), to=Mark.NONE, by=by, at=NOON)

    upkeep.tick_off_plans_made(at=NOON)

    assert entry(council, by, DANISH).stand is Stand.DUE


def test_one_meeting_is_no_plan_where_no_number_is_set(cast: Cast) -> None:
    council = Council.objects.filter(country="se", tier="brottsforebyggande_rad").earliest("pk")
    by = cast.se.secretary.actor
    in_use(council)
    for wanted, stand in ((1, Stand.DUE), (2, Stand.DONE)):
        start = NOON + timedelta(days=100 * wanted)
        one = [api.Planned(start, start + timedelta(hours=2))]
        api.plan_meetings(council=council, meetings=one, by=by, at=NOON)
        upkeep.tick_off_plans_made(at=NOON)
        assert entry(council, by, DANISH).stand is stand


def test_what_came_with_an_upgrade_is_not_late_in_the_time_it_came_in(cast: Cast) -> None:
    council, keeper = cast.dk.kredsraad, cast.dk.secretary.actor
    in_use(council)
    HELD.what_there_was(apps, SimpleNamespace(connection=connection))
    winter, next_winter = date(2026, 12, 5), date(2027, 12, 5)

    def late(on: date) -> set[str]:
        return {one.told.key for one in late_for(keeper, on)}

    assert "meeting_plan" not in late(winter), "nobody has had a night to note it"
    upkeep.note_new_activities(on=date(2026, 11, 23))
    upkeep.note_new_activities(on=date(2026, 11, 24))
    assert Wheel.objects.get().known_since["meeting_plan"] == "2026-11-23"
    assert "meeting_plan" not in late(winter)
    assert entry(council, keeper, DANISH, date(2026, 11, 25)).stand is Stand.DUE
    assert late(winter), "what was there before is late as it was"
    assert "meeting_plan" in late(next_winter)


def test_a_wheel_of_today_has_everything_from_its_first_day(cast: Cast) -> None:
    council, keeper = cast.dk.kredsraad, cast.dk.secretary.actor
    in_use(council)

    upkeep.note_new_activities(on=date(2026, 11, 23))

    assert set(Wheel.objects.get().known_since.values()) == {"2026-01-01"}
    assert "meeting_plan" in {one.told.key for one in late_for(keeper, date(2026, 12, 5))}
