"""Councils: set up, changed, put at rest, ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.areas.models import Area
from samrad.cooperation import as_written, endings, events
from samrad.cooperation.actions.seats import WantedSeat, new_seat, put_seat
from samrad.cooperation.models import Council
from samrad.cooperation.permissions import (
    is_planned_to_end,
    lies_below,
    may_end_council,
    may_manage_council,
    may_place_first_seat,
    may_place_seat,
    may_rest_council,
    may_set_up_below,
    may_set_up_council,
    may_wake_council,
)
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line
from samrad.profiles.reader import profile
from samrad.trail.api import record


@dataclass(frozen=True)
class WantedCouncil:
    """A council as somebody wants it set up."""

    tier: str
    name: str
    area: Area
    seats: tuple[WantedSeat, ...] = ()
    parent: Council | None = None
    purpose: str = ""
    slt_relation: str = ""
    meetings_per_year: int | None = None
    notice_days: int | None = None
    mandate: str = ""
    planned_end_date: date | None = None


@transaction.atomic
def set_up_council(*, wanted: WantedCouncil, by: Actor, at: datetime) -> Council:
    """A council with its seats; whoever sets it up takes no seat but the secretary's."""
    may_set_up_council(by, wanted.area).enforce()
    council = made_council(wanted, state=CouncilState.ACTIVE, at=at)
    record(events.COUNCIL_SET_UP, about=council, by=by, at=at)
    for order, seat in enumerate(wanted.seats, start=1):
        may_place_seat(by, new_seat(council, seat, order), seat.function).enforce()
        put_seat(council, seat, order, by=by, at=at)
    return council


@transaction.atomic
def set_up_below(*, parent: Council, wanted: WantedCouncil, by: Actor, at: datetime) -> Council:
    """A body below a council, by those who keep that council (B1, B5)."""
    parent = locked(parent, "area")
    may_set_up_below(by, parent, wanted.area).enforce()
    council = made_council(replace(wanted, parent=parent), state=CouncilState.ACTIVE, at=at)
    record(events.COUNCIL_SET_UP_BELOW, about=council, by=by, at=at, above=parent.name)
    for order, seat in enumerate(wanted.seats, start=1):
        may_place_first_seat(by, new_seat(council, seat, order), seat.function).enforce()
        put_seat(council, seat, order, by=by, at=at)
    return council


def made_council(wanted: WantedCouncil, *, state: CouncilState, at: datetime) -> Council:
    """The row, of a tier that the country has and that may lie where it is to lie."""
    country = profile(wanted.area.country)
    lies_below(wanted.tier, wanted.area.country, wanted.parent).enforce()
    is_planned_to_end(wanted.tier, wanted.area.country, wanted.planned_end_date).enforce()
    return Council.objects.create(
        country=wanted.area.country,
        tier=wanted.tier,
        state=state,
        name=normalise_line(wanted.name),
        area=wanted.area,
        parent=wanted.parent,
        purpose=normalise(wanted.purpose),
        mandate=normalise(wanted.mandate),
        slt_relation=normalise(wanted.slt_relation),
        meetings_per_year=wanted.meetings_per_year,
        notice_days=wanted.notice_days,
        planned_end_date=wanted.planned_end_date,
        established_date=day_of(at, country.zone) if state == CouncilState.ACTIVE else None,
    )


@transaction.atomic
def change_council(
    *,
    council: Council,
    name: str,
    purpose: str,
    slt_relation: str,
    meetings_per_year: int | None,
    notice_days: int | None = None,
    mandate: str | None = None,
    planned_end_date: date | None = None,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """Change what the council is called, is for, how often it meets and how long it is warned."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    enforce_seen(seen, as_written.of_council(council))
    council.name = normalise_line(name)
    council.purpose, council.slt_relation = normalise(purpose), normalise(slt_relation)
    council.meetings_per_year, council.notice_days = meetings_per_year, notice_days
    council.mandate = council.mandate if mandate is None else normalise(mandate)
    council.planned_end_date = planned_end_date
    is_planned_to_end(council.tier, council.country, planned_end_date).enforce()
    council.save(
        update_fields=[
            "name", "purpose", "slt_relation", "meetings_per_year", "notice_days", "mandate",
            "planned_end_date",
        ]
    )  # fmt: skip
    record(events.COUNCIL_CHANGED, about=council, by=by, at=at)


@transaction.atomic
def end_council(
    *, council: Council, reason: str, by: Actor, at: datetime, last_date: date | None = None
) -> None:
    """A council that no longer meets: its work stays readable, its agreement ends with it.

    What other apps keep of the council is brought to an end by themselves, or stops the ending.
    """
    council = locked(council, "area")
    last = last_date or day_of(at, council.zone)
    may_end_council(by, council, last, on=day_of(at, council.zone)).enforce()
    endings.settle(council, ends=True, reason=normalise(reason), by=by, at=at)
    council.state, council.state_reason = CouncilState.ENDED, normalise(reason)
    council.ended_date = last
    council.save(update_fields=["state", "state_reason", "ended_date"])
    record(events.COUNCIL_ENDED, about=council, by=by, at=at, reason=council.state_reason)
    for agreement in council.agreements.select_for_update().filter(state=AgreementState.IN_FORCE):
        agreement.state = AgreementState.ENDED
        ended = min(last, agreement.to_date or last)  # it may have run out before
        agreement.to_date = max(ended, agreement.from_date or ended)
        agreement.save(update_fields=["state", "to_date"])
        record(events.AGREEMENT_ENDED_WITH_COUNCIL, about=agreement, by=by, at=at)


@transaction.atomic
def rest_council(*, council: Council, reason: str, by: Actor, at: datetime) -> None:
    """A council that does not meet for now: seats and agreement stay, meetings to come are off."""
    council = locked(council, "area")
    may_rest_council(by, council).enforce()
    endings.settle(council, ends=False, reason=normalise(reason), by=by, at=at)
    council.state, council.state_reason = CouncilState.RESTING, normalise(reason)
    council.resting_date = day_of(at, council.zone)
    council.save(update_fields=["state", "state_reason", "resting_date"])
    record(events.COUNCIL_RESTED, about=council, by=by, at=at, reason=council.state_reason)


@transaction.atomic
def wake_council(*, council: Council, by: Actor, at: datetime) -> None:
    """A council at rest meets again."""
    council = locked(council, "area")
    may_wake_council(by, council).enforce()
    council.state, council.state_reason = CouncilState.ACTIVE, ""
    council.resting_date = None
    council.save(update_fields=["state", "state_reason", "resting_date"])
    record(events.COUNCIL_WOKEN, about=council, by=by, at=at)
