"""Agreements: read in, confirmed, in force, ended; and the focus areas of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.areas.models import Area
from samrad.cooperation import as_written, events
from samrad.cooperation.actions.councils import WantedCouncil, set_up_council
from samrad.cooperation.models import (
    Agreement,
    AgreementClause,
    AgreementReading,
    Commitment,
    Council,
    FocusArea,
)
from samrad.cooperation.permissions import (
    fits_under,
    has_begun,
    may_manage_council,
    may_read_in_agreement,
    may_settle_reading,
)
from samrad.cooperation.rules import AgreementState, ReadingState
from samrad.cooperation.successions import carry_over
from samrad.documents.api import StoredFile, discard_file
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise_line
from samrad.people.models import Person
from samrad.profiles.reader import profile
from samrad.reading.templates import GENERAL, agreement_template
from samrad.trail.api import record


@dataclass(frozen=True)
class WantedAgreement:
    """What a person has confirmed of an agreement that was read in or written down."""

    title: str
    from_date: date
    kind: str = GENERAL
    parent: Agreement | None = None  # the main agreement that it is part of
    clauses: tuple[dict[str, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    missing: tuple[dict[str, str], ...] = ()
    focus_areas: tuple[str, ...] = ()
    focus_year: int | None = None
    commitments: tuple[tuple[str, str, str], ...] = ()  # title, side, rhythm
    to_date: date | None = None
    renewal_date: date | None = None


@transaction.atomic
def set_focus_areas(
    *,
    council: Council,
    titles: Iterable[str],
    year: int,
    by: Actor,
    at: datetime,
    agreement: Agreement | None = None,
    seen: str = "",
) -> None:
    """The council's focus areas of a year, in this order; those no longer named are dropped."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    enforce_seen(seen, as_written.of_focus_areas(council, year))
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
            council=council, agreement=agreement, title=title, year=year, order=order, named_at=at
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
    """The document was not what it should be; neither it nor what was read of it is kept."""
    reading = locked(reading, "area", "file")
    may_settle_reading(by, reading).enforce()
    record(events.AGREEMENT_DISCARDED, about=reading, by=by, at=at)
    file, reading.file = reading.file, None
    reading.state, reading.result = ReadingState.DISCARDED, {}
    reading.save(update_fields=["state", "result", "file"])
    if file:
        discard_file(file=file, by=by, at=at)


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
    """An agreement comes into force; the main one before it ends the day before.

    An old one, from before another that the council has, becomes an earlier one that has ended. One
    that is part of the main agreement ends nothing.
    """
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    parent = wanted.parent or usual_parent(council, wanted.kind)
    fits_under(parent, council=council, kind=wanted.kind).enforce()
    before = list(council.agreements.in_force())
    following = None if parent else _following(council, wanted.from_date)
    going_on = [] if parent or following else _make_room(council, wanted, by=by, at=at)
    last_day = _last_day(wanted.to_date, following)
    agreement = _written(
        council, wanted, at=at, parent=parent, last_day=last_day, source_file=source_file
    )
    _make_part_of(agreement, going_on, by=by, at=at)
    agreement.state = AgreementState.ENDED if following else AgreementState.IN_FORCE
    agreement.save(update_fields=["state"])
    start = wanted.from_date.isoformat()
    if following and last_day:
        end = last_day.isoformat()
        record(events.AGREEMENT_KEPT, about=agreement, by=by, at=at, start=start, end=end)
    else:
        record(events.AGREEMENT_CONFIRMED, about=agreement, by=by, at=at, start=start)
    year = wanted.focus_year or wanted.from_date.year
    is_replaced = following and council.focus_areas.filter(year=year).exists()
    if wanted.focus_areas and not is_replaced and parent is None:
        set_focus_areas(
            council=council, titles=wanted.focus_areas, year=year, agreement=agreement,
            by=by, at=at,
        )  # fmt: skip
    _commit_to(agreement, wanted, by=by, at=at)
    carry_over(before, agreement, at=at)
    return agreement


def _last_day(own: date | None, following: date | None) -> date | None:
    """The agreement's own last day, or the day before the next one begins if that comes first."""
    if following is None:
        return own
    before = following - timedelta(days=1)
    return min(own, before) if own else before


def _written(
    council: Council,
    wanted: WantedAgreement,
    *,
    parent: Agreement | None,
    last_day: date | None,
    source_file: StoredFile | None,
    at: datetime,
) -> Agreement:
    """The agreement with its clauses, as it is kept; a draft until there is room for it."""
    agreement = Agreement.objects.create(
        council=council,
        kind=wanted.kind,
        parent=parent,
        title=normalise_line(wanted.title),
        profile_version=profile(council.country).version,
        source_file=source_file,
        facts=wanted.facts,
        missing=list(wanted.missing),
        from_date=wanted.from_date,
        to_date=last_day,
        renewal_date=wanted.renewal_date,
        recorded_at=at,
    )
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=agreement, order=order, **clause)
        for order, clause in enumerate(wanted.clauses, start=1)
    )
    return agreement


def _commit_to(agreement: Agreement, wanted: WantedAgreement, *, by: Actor, at: datetime) -> None:
    """What the parties have promised each other in it."""
    for title, side, rhythm in wanted.commitments:
        commitment = Commitment.objects.create(
            council=agreement.council,
            agreement=agreement,
            title=normalise_line(title),
            side=side,
            rhythm=normalise_line(rhythm),
        )
        record(events.COMMITMENT_MADE, about=commitment, by=by, at=at)


def _following(council: Council, start: date) -> date | None:
    """The first day of the council's next main agreement after one that begins on `start`."""
    later = council.agreements.main().filter(from_date__gt=start)
    later = later.exclude(state=AgreementState.DRAFT).order_by("from_date")
    return later.values_list("from_date", flat=True).first()


def usual_parent(council: Council, kind: str) -> Agreement | None:
    """The council's main agreement in force, where one of that kind is part of such."""
    above = agreement_template(council.country, kind).under
    return council.agreements.in_force().main().filter(kind__in=above).first()


def _make_room(
    council: Council, wanted: WantedAgreement, *, by: Actor, at: datetime
) -> list[Agreement]:
    """The main agreement before it ends; those that go on, as parts of the new one, are given.

    Those are the parts of the one before, and itself, where one of its kind is part of the new one.
    Parts that were left without a main agreement have one again.
    """
    there = council.agreements.in_force().select_for_update()
    main = next((one for one in there if one.parent_id is None), None)
    if main is None:
        return [
            one
            for one in there
            if wanted.kind in agreement_template(council.country, one.kind).under
        ]
    parts = [one for one in there if one.parent_id == main.pk]
    if wanted.kind in agreement_template(council.country, main.kind).under:
        return [main, *parts]
    main.state = AgreementState.ENDED
    last_day = _last_day(main.to_date, wanted.from_date) or wanted.from_date
    main.to_date = max(last_day, main.from_date or last_day)
    main.save(update_fields=["state", "to_date"])
    record(events.AGREEMENT_ENDED, about=main, by=by, at=at)
    return parts


def _make_part_of(
    agreement: Agreement, going_on: Iterable[Agreement], *, by: Actor, at: datetime
) -> None:
    for one in going_on:
        one.parent = agreement
        one.save(update_fields=["parent"])
        record(events.AGREEMENT_PART_OF, about=one, by=by, at=at, above=agreement.title)
