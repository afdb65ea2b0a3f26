"""What is late in the wheels that somebody keeps: one query, because every home page asks it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import FilteredRelation, Q
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.vocabulary import Permission, Role
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.wheel.models import Activity, Occasion
from samrad.wheel.queries.made import MADE, what_was_made
from samrad.wheel.queries.year import Entry, InUse, Rows, Told, entries_in, told_by_council
from samrad.wheel.rules import Stand

REMINDED = frozenset({Role.SECRETARY, Role.COORDINATOR})
REMEMBERED = timedelta(days=120)  # what was late last autumn is still told in winter


class _Row(NamedTuple):
    """A council with one of its own activities and one of its occasions; each may be missing."""

    council: int
    ref: UUID
    name: str
    country: str
    tier: str
    from_date: date
    years: dict[str, list[int]]
    moved_on: dict[str, str]
    known_since: dict[str, str]
    own_pk: int | None
    own_ref: UUID | None
    own_title: str
    own_rhythm: str
    own_months: list[int]
    own_part: str
    own_day: int | None
    own_first_year: int
    own_from_date: date | None
    own_calls_for: str
    code: str | None
    activity_ref: UUID | None
    year: int
    number: int
    mark: str
    made_kind: str
    meeting_state: str | None
    meeting_ends: Any
    task_state: str | None
    task_deadline: date | None
    theme_day_state: str | None
    theme_day_ends: Any


def late_for(actor: Actor, on: date) -> list[Entry]:
    """What is late in wheels in use, for secretaries, and for coordinators who chair a council.

    A chair who has a secretary is not reminded as well, and their home page asks nothing.
    """
    kept = actor.councils_where(Permission.MEETING_PLAN)
    if not kept or not any(held.role in REMINDED for held in actor.held):
        return []
    years = years_told(on)
    rows = [_Row(*row) for row in _rows(actor, on)]
    councils = {row.council: _council(row) for row in rows}
    language = get_language() or "en"
    found = entries_in(
        list(councils.values()), years, on,
        own=_own(rows), rows=_occasions(rows), language=language,
        wheels={
            row.council: InUse(row.from_date, row.years, row.moved_on, row.known_since)
            for row in rows
        },
    )  # fmt: skip
    return [one for one in found if one.stand is Stand.LATE]


def years_told(on: date) -> set[int]:
    """The years of which something may still be late."""
    return {(on - REMEMBERED).year, on.year}


@prepared
def _rows(actor: Actor, on: date) -> Any:
    kept = actor.councils_where(Permission.MEETING_PLAN)
    at_work = Q(pk__in=kept, state=CouncilState.ACTIVE, wheel__from_date__isnull=False)
    return (
        Council.objects.visible_to(actor)
        .filter(at_work)
        .annotate(
            own=FilteredRelation("activities", condition=Q(activities__ended_date=None)),
            told=FilteredRelation("occasions", condition=Q(occasions__year__in=years_told(on))),
            **what_was_made("told__made_ref"),
        )
        .order_by("pk")
        .values_list(
            "pk", "ref", "name", "country", "tier", "wheel__from_date", "wheel__years",
            "wheel__moved_on", "wheel__known_since",
            "own__pk", "own__ref", "own__title", "own__rhythm", "own__months", "own__part",
            "own__day", "own__first_year", "own__from_date", "own__calls_for",
            "told__code", "told__activity__ref", "told__year", "told__number", "told__mark",
            "told__made_kind", *MADE,
        )
    )  # fmt: skip


def _council(row: _Row) -> Council:
    return Council(pk=row.council, ref=row.ref, name=row.name, country=row.country, tier=row.tier)


def _own(rows: list[_Row]) -> dict[int, list[Told]]:
    found: defaultdict[int, dict[int, Told]] = defaultdict(dict)
    for row in rows:
        if row.own_pk and row.own_ref and row.own_pk not in found[row.council]:
            found[row.council][row.own_pk] = told_by_council(
                Activity(
                    pk=row.own_pk, ref=row.own_ref, title=row.own_title, rhythm=row.own_rhythm,
                    months=row.own_months, part=row.own_part, day=row.own_day,
                    first_year=row.own_first_year, from_date=row.own_from_date,
                    calls_for=row.own_calls_for,
                )
            )  # fmt: skip
    return {council: list(told.values()) for council, told in found.items()}


def _occasions(rows: list[_Row]) -> Rows:
    found = {}
    for row in rows:
        if row.code is not None:
            occasion = Occasion(mark=row.mark, made_kind=row.made_kind)
            for name in MADE:
                setattr(occasion, name, getattr(row, name))
            key = row.code or str(row.activity_ref)
            found[row.council, key, row.year, row.number] = occasion
    return found
