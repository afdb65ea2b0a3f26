"""Who reads minutes before they are approved, beside those who write and approve them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samrad.cooperation.models import Seat
from samrad.people.models import Appointment
from samrad.profiles.reader import profile


@dataclass(frozen=True)
class Asked:
    """Of what it is asked: the path to its council, and the approvals that point to it."""

    council: str
    given: str


MINUTES = Asked(council="meeting__council", given="minutes")
CORRECTION = Asked(council="minutes__meeting__council", given="correction")


def members_read_early(
    approvals: QuerySet[Any], on: date, countries: Collection[str], of: Asked = MINUTES
) -> Q:
    """Minutes that members may read while they wait: where the profile has it so, everything.

    Elsewhere members wait for the approval as well, unless one of them has to give it. Who that is
    may change while the minutes are out, so it is asked of the seats each time: the same rule as
    `rules.minutes.approval_slots`, as a condition. `approvals` are those that have been given,
    `countries` those whose councils are asked about.
    """
    rules = [(code, profile(code).minutes_approval) for code in sorted(countries)]
    at_once = [code for code, rule in rules if not rule.before_distribution]
    later = [
        Q(**{f"{of.council}__country": code})
        & _a_member_steps_in(rule.approvers, approvals, on, of)
        for code, rule in rules
        if rule.before_distribution
    ]
    return reduce(or_, later, Q(**{f"{of.council}__country__in": at_once}))


def _a_member_steps_in(
    functions: Iterable[str], approvals: QuerySet[Any], on: date, of: Asked
) -> Q:
    """No seat for any of the functions, or one that only the writer or an approver fills."""
    names = [str(function) for function in functions]
    seats = Seat.objects.on(on).filter(council=OuterRef(of.council))
    given = approvals.filter(**{of.given: OuterRef("pk")})
    without_others = [
        Q(Exists(seats.filter(function=name)))
        & ~Q(Exists(given.filter(function=name)))
        & ~Q(Exists(_others_in(name, approvals, on, of)))
        for name in names
    ]
    return reduce(or_, without_others, ~Q(Exists(seats.filter(function__in=names))))


def _others_in(
    function: str, approvals: QuerySet[Any], on: date, of: Asked
) -> QuerySet[Appointment]:
    """Those who fill the function, neither having written the minutes nor approved them."""
    seat = Seat.objects.on(on).filter(
        council=OuterRef(OuterRef(of.council)),
        function=function,
        organisation=OuterRef("organisation"),
        role=OuterRef("role"),
    )
    approved = approvals.filter(**{of.given: OuterRef(OuterRef("pk"))}, person=OuterRef("person"))
    return (
        Appointment.objects.on(on)
        .filter(Q(person__left_date=None) | Q(person__left_date__gte=on))
        .filter(Exists(seat), ~Exists(approved))
        .exclude(person=OuterRef("written_by"))
    )
