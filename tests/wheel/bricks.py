"""Activities and occasions in the state a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.wheel import api
from samrad.wheel.models import Activity, Wheel
from samrad.wheel.queries.year import Entry
from samrad.wheel.rules import Calls, Rhythm, When
from tests.cast import NOON, TODAY, Cast

SINCE = date(2026, 1, 1)


def in_use(council: Council, since: date = SINCE) -> Wheel:
    """The wheel as if it had been taken into use that day."""
    return Wheel.objects.create(council=council, from_date=since)


def own_activity(
    cast: Cast, title: str = "Trygghetsvandring", *, added: date = SINCE, **given: Any
) -> Activity:
    """One that the Norwegian council has added, due in May unless something else is said."""
    when = given.pop("when", When(Rhythm.YEARLY, (5,), first_year=2026))
    activity = api.add_activity(
        council=cast.council,
        wanted=api.WantedActivity(title=title, when=when, **given),
        by=cast.secretary.actor,
        at=NOON,
    )
    activity.from_date = added
    activity.save(update_fields=["from_date"])
    return activity


def open_activity(cast: Cast, title: str = "Natteravnenes dag") -> Activity:
    """One that everybody who sees the council may see."""
    return own_activity(cast, title, classification=Classification.OPEN, calls_for=Calls.TASK)


def entry(council: Council, by: Actor, key: str, on: date = TODAY) -> Entry:
    """An activity at one of its times, as an address names it."""
    found = api.entry_with_key(council, by, key, on)
    assert found is not None, key
    return found


def of(activity: Activity, year: int = 2026, number: int = 1) -> str:
    """The address of a council's own activity in a year."""
    return f"{year}-{activity.ref}-{number}"
