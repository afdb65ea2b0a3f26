"""Agreements that are to be made anew or looked back on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from samrad.agreements.models import Draft, Evaluation
from samrad.agreements.rules import UNDER_WAY
from samrad.agreements.rules.renewal import (
    AHEAD,
    EVALUATED_AHEAD,
    evaluation_day,
    latest_election,
    renewal_day,
)
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.profiles.model import Source
from samrad.profiles.reader import profile, profile_codes


@dataclass(frozen=True)
class Due:
    """An agreement and the day by which it is to be made anew."""

    agreement: Agreement
    day: date


def to_be_renewed(on: date) -> QuerySet[Agreement]:
    """Agreements in force that are due within half a year, and of which nothing new is written.

    One that names no day itself comes back after the next municipal election of its country. A new
    agreement on one theme says nothing of another theme; councils at rest are left alone.
    """
    due = Q(renewal_date__lte=on + AHEAD) | Q(to_date__lte=on + AHEAD)
    for code in profile_codes():
        election = latest_election(on, profile(code).elections)
        if election is not None:
            due |= Q(renewal_date=None, council__country=code, from_date__lt=election)
    drafts = Draft.objects.filter(state__in=UNDER_WAY, amends=None)
    anew = drafts.filter(revises=OuterRef("pk"))
    in_its_place = drafts.filter(
        council=OuterRef("council"), kind=OuterRef("kind"), revises=None
    )  # the main agreement's alone: a council has many parts of one kind
    return (
        Agreement.objects.filter(due, _held())
        .exclude(Exists(anew))
        .exclude(Q(parent=None) & Q(Exists(in_its_place)))
    )


def _held() -> Q:
    """In force, of a council that is at work."""
    return Q(state=AgreementState.IN_FORCE, council__state=CouncilState.ACTIVE)


def renewals_due(on: date) -> Iterator[Due]:
    """The same with the day of each."""
    for agreement in to_be_renewed(on).select_related("council__area"):
        day = renewal_of(agreement)
        if day is not None:
            yield Due(agreement, day)


def renewal_of(agreement: Agreement) -> date | None:
    """The day by which an agreement is to be made anew; the earliest where two are known."""
    if agreement.from_date is None:
        return agreement.renewal_date
    elections = profile(agreement.council.country).elections
    day = renewal_day(agreement.renewal_date, agreement.from_date, elections)
    return min(day, agreement.to_date) if agreement.to_date else day


def renewal_of_draft(draft: Draft) -> date | None:
    """The day a draft says it is to be renewed by, or the next election."""
    if draft.renewal_date or draft.from_date is None or draft.is_amendment:
        return draft.renewal_date
    return profile(draft.council.country).elections.next_after(draft.from_date)


def source_of_renewal(agreement: Agreement, on: date) -> Source:
    """Who says so: what the country's parties have agreed, else the law on elections."""
    country = profile(agreement.council.country)
    rule = country.rule_on("agreement_renewed", tier=agreement.council.tier, day=on)
    return rule.source if rule else country.elections.source


def to_be_evaluated(on: date) -> QuerySet[Agreement]:
    """Agreements in force that have not been looked back on for nearly a year."""
    latest = _a_year_before(on + EVALUATED_AHEAD)
    return (
        Agreement.objects.filter(_held())
        .annotate(evaluated=Coalesce(Max("evaluations__held_date"), F("from_date")))
        .filter(evaluated__lte=latest)
    )


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def evaluation_of(agreement: Agreement, evaluations: Iterable[Evaluation]) -> date | None:
    """The day by which an agreement is to be looked back on."""
    if agreement.from_date is None:
        return None
    latest = max((one.held_date for one in evaluations), default=None)
    return evaluation_day(agreement.from_date, latest)
