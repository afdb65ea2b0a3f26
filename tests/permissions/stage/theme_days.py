"""Theme days that are planned, open and over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samrad.gatherings import api as gatherings
from tests.cast import NOON, Cast


def theme_days(cast: Cast) -> dict[str, Any]:
    """One that is being planned, one that is open with somebody named, one that has been."""
    by, far = cast.secretary.actor, NOON + timedelta(days=7000)

    def arranged(title: str, starts_at: datetime) -> Any:
        wanted = gatherings.Wanted(
            title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6),
            nominate_by=starts_at.astimezone().date(),
        )  # fmt: skip
        return gatherings.plan_theme_day(council=cast.council, wanted=wanted, by=by, at=NOON)

    ahead, opened = arranged("Rus", far), arranged("Skole", far)
    over = arranged("Trygghet", NOON + timedelta(hours=2))
    workshop = gatherings.add_workshop(day=opened, title="Fravær", by=by, at=NOON)
    held = gatherings.add_workshop(day=over, title="Sentrum", by=by, at=NOON)
    for day in (opened, over):
        gatherings.open_for_nominations(day=day, by=by, at=NOON)
    later = NOON + timedelta(days=1)
    gatherings.note_held(day=over, by=by, at=later)
    gatherings.write_outcome(workshop=held, outcome="Lys", goes_no_further=True, by=by, at=later)
    nomination = gatherings.nominate(
        day=opened, organisation=cast.no.station, council=cast.council.pk, name="Ola Ny",
        role="", by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    for thing in (ahead, opened, over, workshop, held):
        thing.refresh_from_db()
    return {
        "theme_day": ahead, "open_day": opened, "held_day": over, "open_workshop": workshop,
        "held_workshop": held, "nomination": nomination,
    }  # fmt: skip
