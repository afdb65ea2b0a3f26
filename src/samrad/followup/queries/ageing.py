"""How old what is open is, for each organisation and each council (E2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.cooperation.models import Council, Seat
from samrad.followup.models import Decision, DecisionQuerySet, Task
from samrad.followup.rules import days_old
from samrad.people.models import Appointment, Organisation
from samrad.ui.sorting import name_key


@dataclass(frozen=True)
class Ages:
    """What one organisation or one council has open; `overdue` is none where that is not read."""

    name: str
    url: str
    number: int
    overdue: int
    median_days: int
    oldest_days: int

    @property
    def in_time(self) -> int:
        """Those whose deadline has not passed."""
        return self.number - self.overdue


def ages_by_organisation(actor: Actor, on: date, council: Council | None = None) -> list[Ages]:
    """Open tasks the actor may read, by who has them: two queries. The latest first."""
    found: defaultdict[int | None, list[tuple[int, bool]]] = defaultdict(list)
    for key, given, deadline in _open_tasks(actor, on, council.pk if council else None):
        found[key].append((days_old(given, on), bool(deadline and deadline < on)))
    named = Organisation.objects.in_bulk([key for key in found if key])
    return _sorted(
        _ages(named[key].name, named[key].get_absolute_url(), several)
        if key in named
        else _ages("", "", several)
        for key, several in found.items()
    )


@prepared
def _open_tasks(actor: Actor, on: date, council: int | None) -> QuerySet[Any, Any]:
    tasks = Task.objects.visible_to(actor).given().open()
    if council:
        tasks = tasks.filter(council=council)
    whole = BigIntegerField()
    unit = Coalesce(
        "responsible_organisation_id", _seated_at(on), _works_at(on), output_field=whole
    )
    return tasks.annotate(unit=unit).values_list("unit", "given_date", "deadline_date")


def _seated_at(on: date) -> Subquery:
    """Where the person who has the task works, by their seat in the task's council."""
    seat = Seat.objects.filter(
        council=OuterRef(OuterRef("council")),
        organisation=OuterRef("organisation"),
        role=OuterRef("role"),
    )
    posts = Appointment.objects.on(on).filter(Exists(seat), person=OuterRef("responsible_person"))
    return Subquery(posts.order_by("from_date", "pk").values("organisation")[:1])


def _works_at(on: date) -> Subquery:
    posts = Appointment.objects.on(on).filter(person=OuterRef("responsible_person"))
    return Subquery(posts.order_by("from_date", "pk").values("organisation")[:1])


def ages_by_council(actor: Actor, on: date, council: Council | None = None) -> list[Ages]:
    """Decisions the actor may read that have not come to an end: two queries.

    Tasks count only where the actor reads them, so a covering level sees how many decisions are
    open and how old these are, and no deadlines.
    """
    found: defaultdict[Council, list[tuple[int, bool]]] = defaultdict(list)
    only = council.pk if council else None
    late = {key for (key,) in _late(actor, on, only)}
    rows = _open_each(actor, only) if late else _open_by_day(actor, only)
    for key, ref, name, decided, of_day in rows:
        one = (days_old(decided, on), of_day in late) if late else (days_old(decided, on), False)
        found[Council(pk=key, ref=ref, name=name)] += [one] * (1 if late else of_day)
    return _sorted(
        _ages(one.name, one.get_absolute_url(), several) for one, several in found.items()
    )


COUNCIL_AND_DAY = ("council", "council__ref", "council__name", "decided_date")


@prepared
def _late(actor: Actor, on: date, council: int | None) -> QuerySet[Any, Any]:
    """Decisions under which something is past its deadline."""
    overdue = Task.objects.visible_to(actor).given().overdue(on).exclude(decision=None)
    if council:
        overdue = overdue.filter(council=council)
    return overdue.order_by().values_list("decision_id").distinct()


@prepared
def _open_by_day(actor: Actor, council: int | None) -> QuerySet[Any, Any]:
    """How many decisions of each council and each day are open, where none is late."""
    by_day: Any = _open(actor, council).values(*COUNCIL_AND_DAY).annotate(number=Count("pk"))
    rows: QuerySet[Any, Any] = by_day.values_list(*COUNCIL_AND_DAY, "number")
    return rows


@prepared
def _open_each(actor: Actor, council: int | None) -> QuerySet[Any, Any]:
    return _open(actor, council).values_list(*COUNCIL_AND_DAY, "pk")


def _open(actor: Actor, council: int | None) -> DecisionQuerySet:
    decisions = Decision.objects.visible_to(actor).unfinished().order_by()
    return decisions.filter(council=council) if council else decisions


def _ages(name: str, url: str, several: Sequence[tuple[int, bool]]) -> Ages:
    days = [age for age, _late in several]
    return Ages(
        name=name,
        url=url,
        number=len(several),
        overdue=sum(late for _age, late in several),
        median_days=round(median(days)),
        oldest_days=max(days),
    )


def _sorted(several: Iterable[Ages]) -> list[Ages]:
    return sorted(several, key=lambda one: (-one.overdue, -one.number, name_key(one.name)))
