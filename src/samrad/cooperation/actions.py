"""Setting up councils, keeping their seats, and bringing agreements into force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.areas.models import Area
from samrad.cooperation import events
from samrad.cooperation.models import (
    Agreement,
    AgreementClause,
    AgreementReading,
    Commitment,
    Council,
    FocusArea,
    Seat,
)
from samrad.cooperation.permissions import (
    has_begun,
    may_end_seat,
    may_manage_council,
    may_place_seat,
    may_read_in_agreement,
    may_set_up_council,
    may_settle_reading,
)
from samrad.cooperation.rules import AgreementState, CouncilState, ReadingState, SeatFunction
from samrad.cooperation.words import FUNCTIONS
from samrad.documents.models import StoredFile
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise, normalise_line
from samrad.people.models import Organisation, Person
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


@dataclass(frozen=True)
class WantedAgreement:
    """What a person has confirmed of an agreement that was read in or written down."""

    title: str
    from_date: date
    clauses: tuple[dict[str, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    missing: tuple[dict[str, str], ...] = ()
    focus_areas: tuple[str, ...] = ()
    focus_year: int | None = None
    commitments: tuple[tuple[str, str, str], ...] = ()  # title, side, rhythm
    to_date: date | None = None
    renewal_date: date | None = None


@transaction.atomic
def set_up_council(*, wanted: WantedCouncil, by: Actor, at: datetime) -> Council:
    """A council with its seats; whoever sets it up takes no seat but the secretary's."""
    may_set_up_council(by, wanted.area).enforce()
    country = profile(wanted.area.country)
    country.tier(wanted.tier)
    council = Council.objects.create(
        country=wanted.area.country,
        tier=wanted.tier,
        name=normalise_line(wanted.name),
        area=wanted.area,
        parent=wanted.parent,
        purpose=normalise(wanted.purpose),
        slt_relation=normalise(wanted.slt_relation),
        meetings_per_year=wanted.meetings_per_year,
        notice_days=wanted.notice_days,
        established_date=day_of(at, country.zone),
    )
    record(events.COUNCIL_SET_UP, about=council, by=by, at=at)
    for order, seat in enumerate(wanted.seats, start=1):
        may_place_seat(by, _new_seat(council, seat, order), seat.function).enforce()
        _add_seat(council, seat, order, by=by, at=at)
    return council


def _add_seat(council: Council, wanted: WantedSeat, order: int, *, by: Actor, at: datetime) -> Seat:
    seat = _new_seat(council, wanted, order)
    seat.save(force_insert=True)
    record(events.SEAT_ADDED, about=seat, by=by, at=at)
    if seat.function != SeatFunction.MEMBER:
        _record_function(seat, by=by, at=at)
    return seat


def _new_seat(council: Council, wanted: WantedSeat, order: int) -> Seat:
    profile(council.country).role(wanted.role)
    return Seat(
        council=council,
        organisation=wanted.organisation,
        role=wanted.role,
        function=wanted.function,
        side=wanted.side,
        theme=normalise_line(wanted.theme),
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
    may_place_seat(by, _new_seat(council, wanted, 0), wanted.function).enforce()
    last = council.seats.order_by("-order").values_list("order", flat=True).first() or 0
    return _add_seat(council, wanted, last + 1, by=by, at=at)


@transaction.atomic
def change_seat(*, seat: Seat, function: str, theme: str = "", by: Actor, at: datetime) -> None:
    """What the seat does in the council."""
    seat = locked(seat, "council__area")
    may_place_seat(by, seat, function).enforce()
    before, seat.function, seat.theme = seat.function, function, normalise_line(theme)
    seat.save(update_fields=["function", "theme"])
    record(events.SEAT_CHANGED, about=seat, by=by, at=at)
    if function != before:
        _record_function(seat, by=by, at=at)


@transaction.atomic
def end_seat(*, seat: Seat, last_date: date, by: Actor, at: datetime) -> None:
    """The seat exists until `last_date`; what was done from it stays readable."""
    seat = locked(seat, "council__area")
    may_end_seat(by, seat, last_date).enforce()
    seat.to_date = last_date
    seat.save(update_fields=["to_date"])
    record(events.SEAT_ENDED, about=seat, by=by, at=at)


@transaction.atomic
def change_council(
    *,
    council: Council,
    name: str,
    purpose: str,
    slt_relation: str,
    meetings_per_year: int | None,
    notice_days: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Change what the council is called, is for, how often it meets and how long it is warned."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    council.name = normalise_line(name)
    council.purpose, council.slt_relation = normalise(purpose), normalise(slt_relation)
    council.meetings_per_year, council.notice_days = meetings_per_year, notice_days
    council.save(
        update_fields=["name", "purpose", "slt_relation", "meetings_per_year", "notice_days"]
    )
    record(events.COUNCIL_CHANGED, about=council, by=by, at=at)


@transaction.atomic
def end_council(*, council: Council, reason: str, by: Actor, at: datetime) -> None:
    """A council that no longer meets; its work stays readable."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    council.state, council.state_reason = CouncilState.ENDED, normalise(reason)
    council.ended_date = day_of(at, council.zone)
    council.save(update_fields=["state", "state_reason", "ended_date"])
    record(events.COUNCIL_ENDED, about=council, by=by, at=at, reason=council.state_reason)


@transaction.atomic
def set_focus_areas(
    *,
    council: Council,
    titles: Iterable[str],
    year: int,
    by: Actor,
    at: datetime,
    agreement: Agreement | None = None,
) -> None:
    """The council's focus areas of a year, in this order; those no longer named are dropped."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    wanted = [title for title in map(normalise_line, titles) if title]
    there = {one.title: one for one in council.focus_areas.filter(year=year)}
    for title, one in there.items():
        if title not in wanted:
            record(events.FOCUS_AREA_DROPPED, about=one, by=by, at=at, year=year)
            one.delete()
    for order, title in enumerate(wanted, start=1):
        if title in there:
            FocusArea.objects.filter(pk=there[title].pk).update(order=order)
            continue
        one = FocusArea.objects.create(
            council=council, agreement=agreement, title=title, year=year, order=order
        )
        record(events.FOCUS_AREA_SET, about=one, by=by, at=at, year=year)


@transaction.atomic
def stage_reading(
    *, file: StoredFile, area: Area, result: dict[str, Any], by: Actor, at: datetime
) -> AgreementReading:
    """Keep what was read in of a document until somebody confirms it: nothing counts before."""
    may_read_in_agreement(by, area).enforce()
    reader = Person.objects.get(pk=by.person_id or 0)
    reading = AgreementReading.objects.create(
        country=area.country,
        file=file,
        area=area,
        result=result,
        read_by=reader,
        read_at=at,
    )
    record(events.AGREEMENT_READ, about=reading, by=by, at=at)
    return reading


@transaction.atomic
def discard_reading(*, reading: AgreementReading, by: Actor, at: datetime) -> None:
    """The document was not what it should be; nothing of it is taken over."""
    reading = locked(reading, "area", "file")
    may_settle_reading(by, reading).enforce()
    reading.state = ReadingState.DISCARDED
    reading.save(update_fields=["state"])
    record(events.AGREEMENT_DISCARDED, about=reading, by=by, at=at)


@transaction.atomic
def confirm_reading(
    *,
    reading: AgreementReading,
    council: Council | WantedCouncil,
    agreement: WantedAgreement,
    by: Actor,
    at: datetime,
) -> Agreement:
    """A person has confirmed what was read: a council has its agreement, or is set up with it."""
    reading = locked(reading, "area", "file")
    may_settle_reading(by, reading).enforce()
    has_begun(agreement.from_date, day_of(at, profile(reading.country).zone)).enforce()
    if isinstance(council, WantedCouncil):
        council = set_up_council(wanted=council, by=by, at=at)
    found = bring_into_force(
        council=council, wanted=agreement, source_file=reading.file, by=by, at=at
    )
    reading.state = ReadingState.CONFIRMED
    reading.save(update_fields=["state"])
    return found


@transaction.atomic
def bring_into_force(
    *,
    council: Council,
    wanted: WantedAgreement,
    by: Actor,
    at: datetime,
    source_file: StoredFile | None = None,
) -> Agreement:
    """An agreement comes into force; the one before it ends the day before.

    An old one, from before another that the council has, becomes an earlier one that has ended.
    """
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    following = _following(council, wanted.from_date)
    if following is None:
        _end_the_one_before(council, wanted.from_date, by=by, at=at)
    last_day = following - timedelta(days=1) if following else wanted.to_date
    agreement = Agreement.objects.create(
        council=council,
        title=normalise_line(wanted.title),
        state=AgreementState.ENDED if following else AgreementState.IN_FORCE,
        profile_version=profile(council.country).version,
        source_file=source_file,
        facts=wanted.facts,
        missing=list(wanted.missing),
        from_date=wanted.from_date,
        to_date=last_day,
        renewal_date=wanted.renewal_date,
    )
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=agreement, order=order, **clause)
        for order, clause in enumerate(wanted.clauses, start=1)
    )
    start = wanted.from_date.isoformat()
    if following and last_day:
        end = last_day.isoformat()
        record(events.AGREEMENT_KEPT, about=agreement, by=by, at=at, start=start, end=end)
    else:
        record(events.AGREEMENT_CONFIRMED, about=agreement, by=by, at=at, start=start)
    year = wanted.focus_year or wanted.from_date.year
    is_replaced = following and council.focus_areas.filter(year=year).exists()
    if wanted.focus_areas and not is_replaced:
        set_focus_areas(
            council=council,
            titles=wanted.focus_areas,
            year=year,
            agreement=agreement,
            by=by,
            at=at,
        )
    for title, side, rhythm in wanted.commitments:
        commitment = Commitment.objects.create(
            council=council,
            agreement=agreement,
            title=normalise_line(title),
            side=side,
            rhythm=normalise_line(rhythm),
        )
        record(events.COMMITMENT_MADE, about=commitment, by=by, at=at)
    return agreement


def _following(council: Council, start: date) -> date | None:
    """The first day of the council's next agreement after one that begins on `start`."""
    later = council.agreements.filter(from_date__gt=start).exclude(state=AgreementState.DRAFT)
    return later.order_by("from_date").values_list("from_date", flat=True).first()


def _end_the_one_before(council: Council, start: date, *, by: Actor, at: datetime) -> None:
    earlier = council.agreements.select_for_update().filter(state=AgreementState.IN_FORCE)
    for agreement in earlier:
        agreement.state = AgreementState.ENDED
        agreement.to_date = max(start - timedelta(days=1), agreement.from_date or start)
        agreement.save(update_fields=["state", "to_date"])
        record(events.AGREEMENT_ENDED, about=agreement, by=by, at=at)
