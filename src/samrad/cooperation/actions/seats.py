"""The seats of a council: placed, changed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation import as_written, events
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.permissions import may_end_seat, may_place_seat
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.words import FUNCTIONS
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise_line
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.trail.api import record


@dataclass(frozen=True)
class WantedSeat:
    """A seat as somebody wants it set up."""

    role: str
    organisation: Organisation
    side: str
    function: str = SeatFunction.MEMBER
    theme: str = ""
    rhythm: str = ""


def put_seat(council: Council, wanted: WantedSeat, order: int, *, by: Actor, at: datetime) -> Seat:
    """The seat that was wanted, once somebody has said that it may be placed."""
    seat = new_seat(council, wanted, order)
    seat.save(force_insert=True)
    record(events.SEAT_ADDED, about=seat, by=by, at=at)
    if seat.function != SeatFunction.MEMBER:
        _record_function(seat, by=by, at=at)
    return seat


def new_seat(council: Council, wanted: WantedSeat, order: int) -> Seat:
    """The same before it exists."""
    profile(council.country).role(wanted.role)
    return Seat(
        council=council,
        organisation=wanted.organisation,
        role=wanted.role,
        function=wanted.function,
        side=wanted.side,
        theme=normalise_line(wanted.theme),
        rhythm=wanted.rhythm if wanted.function == SeatFunction.GUEST else "",
        order=order,
    )


def _record_function(seat: Seat, *, by: Actor, at: datetime) -> None:
    """In the country's own language: the sentence is read there for years."""
    with override(profile(seat.council.country).languages[0]):
        function = str(FUNCTIONS[SeatFunction(seat.function)])
    record(events.SEAT_FUNCTION, about=seat, by=by, at=at, function=function)


@transaction.atomic
def add_seat(*, council: Council, wanted: WantedSeat, by: Actor, at: datetime) -> Seat:
    """One more seat in a council."""
    council = locked(council, "area")
    may_place_seat(by, new_seat(council, wanted, 0), wanted.function).enforce()
    last = council.seats.order_by("-order").values_list("order", flat=True).first() or 0
    return put_seat(council, wanted, last + 1, by=by, at=at)


@transaction.atomic
def change_seat(
    *,
    seat: Seat,
    function: str,
    theme: str = "",
    rhythm: str = "",
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """What the seat does in the council, and how often a guest is asked to come."""
    seat = locked(seat, "council__area")
    may_place_seat(by, seat, function).enforce()
    enforce_seen(seen, as_written.of_seat(seat))
    before, seat.function, seat.theme = seat.function, function, normalise_line(theme)
    seat.rhythm = rhythm if function == SeatFunction.GUEST else ""
    seat.save(update_fields=["function", "theme", "rhythm"])
    record(events.SEAT_CHANGED, about=seat, by=by, at=at)
    if function != before:
        _record_function(seat, by=by, at=at)


@transaction.atomic
def end_seat(*, seat: Seat, last_date: date, by: Actor, at: datetime, seen: str = "") -> None:
    """The seat exists until `last_date`; what was done from it stays readable."""
    seat = locked(seat, "council__area")
    may_end_seat(by, seat, last_date).enforce()
    enforce_seen(seen, as_written.of_seat(seat))
    seat.to_date = last_date
    seat.save(update_fields=["to_date"])
    record(events.SEAT_ENDED, about=seat, by=by, at=at)
