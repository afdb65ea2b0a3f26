"""What a council's page needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation import words
from samrad.cooperation.models import (
    Agreement,
    Council,
    CouncilQuerySet,
    FinalReport,
    Seat,
    TermsOfReference,
)
from samrad.cooperation.rules import AgreementState, CouncilState, Side
from samrad.cooperation.seats import FilledSeat
from samrad.people.permissions import works_around
from samrad.profiles.model import Level
from samrad.profiles.reader import profile

WIDER_THAN_A_MUNICIPALITY = {AreaKind.NATION, AreaKind.POLICE_DISTRICT, AreaKind.COUNTY}
COUNCILS_WITH_AREA = Council.objects.select_related("area", "parent")
IN_FORCE = AgreementState.IN_FORCE
# Where one of these sits, there is local coordination of prevention: SLT, SSP.
LOCAL_COORDINATOR = "prevention_coordinator"
STEERS = {Level.STRATEGIC, Level.OPERATIVE}
REPORT_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class SideOfTable:
    """The seats of one side, in their order."""

    side: str
    seats: list[FilledSeat]
    is_wide: bool = False  # the council's area is larger than one municipality

    @property
    def title(self) -> str:
        """Whose side it is."""
        if self.is_wide and self.side == Side.MUNICIPALITY:
            return str(words.MUNICIPALITIES)
        return str(words.SIDES[Side(self.side)])


def table(council: Council, filled: Sequence[FilledSeat]) -> list[SideOfTable]:
    """Who sits where: the municipality's side, the police's, others'."""
    sides = (Side.MUNICIPALITY, Side.POLICE, Side.OTHER)
    is_wide = council.area.kind in WIDER_THAN_A_MUNICIPALITY
    return [
        SideOfTable(side, found, is_wide)
        for side in sides
        if (found := [one for one in filled if one.seat.side == side])
    ]


@dataclass(frozen=True)
class Family:
    """A council on its own page, with those at work below it that the reader may see."""

    council: Council
    below: list[Council]
    is_around: bool  # whether the reader works in the area, around it or in its police chain


def family_of(ref: UUID, actor: Actor) -> Family | None:
    """The council with that reference and those below it, where the actor may see it: one query."""
    at_work = Q(parent__ref=ref, state=CouncilState.ACTIVE)
    seen = COUNCILS_WITH_AREA.visible_to(actor).filter(Q(ref=ref) | at_work)
    terms = TermsOfReference.objects.filter(council=OuterRef("pk")).order_by("-number")
    seen = seen.annotate(
        is_around=works_around(actor, "area"),
        terms_date=Subquery(terms.values("adopted_date")[:1]),
        has_report=Exists(FinalReport.objects.filter(council=OuterRef("pk"))),
    )
    found = list(seen.order_by("name", "pk"))
    council = next((one for one in found if one.ref == ref), None)
    if council is None:
        return None
    below = [one for one in found if one is not council]
    return Family(council, below, council.is_around)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Agreed:
    """The agreement in force, if there is one, and the focus areas of this year and the last."""

    agreement: Agreement | None
    focus_areas: list[str]


def agreed_by(council: Council, on: date) -> Agreed:
    """One query. Whoever sees a council sees the agreement it works by."""
    rows = list(
        Council.objects.filter(pk=council.pk)
        .annotate(
            by=FilteredRelation("agreements", condition=Q(agreements__state=IN_FORCE)),
            focus=FilteredRelation("focus_areas", condition=Q(focus_areas__year__gte=on.year - 1)),
        )
        .order_by("-focus__year", "focus__order", "focus__pk")
        .values_list("focus__title", "by__ref", "by__title", "by__from_date", "by__renewal_date")
    )
    _title, *columns = rows[0]
    fields = dict(zip(("ref", "title", "from_date", "renewal_date"), columns, strict=True))
    agreement = Agreement(council=council, state=IN_FORCE, **fields) if fields["ref"] else None
    return Agreed(agreement, [title for title, *_same in rows if title])


class Hint(StrEnum):
    """Something that is not recorded of a council and should be."""

    RELATION = "relation"


def hints_for(council: Council, seats: Iterable[Seat], below: Iterable[Council]) -> list[Hint]:
    """Where there is SLT or SSP, the relation to it is stated: who steers, who coordinates (B3)."""
    if council.slt_relation or council.level not in STEERS or not council.is_at_work:
        return []
    coordinated = any(one.level is Level.COORDINATING for one in below)
    if coordinated or any(seat.role == LOCAL_COORDINATOR for seat in seats):
        return [Hint.RELATION]
    return []


def prevention_model(council: Council) -> str:
    """What local coordination of prevention is called in the country: SLT, SSP."""
    words = profile(council.country).terms["prevention_model"]
    return words.in_language(get_language() or "en")


def is_report_due(council: Council, on: date) -> bool:
    """Whether a group that is set up for a time should say now what it did."""
    end = council.planned_end_date
    return (
        end is not None
        and end <= on + REPORT_AHEAD
        and council.state in {CouncilState.ACTIVE, CouncilState.RESTING}
        and not council.has_report  # type: ignore[attr-defined]
    )


def reads_inside(actor: Actor, council: Council) -> bool:
    """Whether the actor is inside the council's work: a permanent member, here or above."""
    return any(
        key is not None and actor.holds(Permission.INTERNAL_SEE, in_council=key)
        for key in (council.pk, council.parent_id)
    )


def councils_seen(actor: Actor) -> CouncilQuerySet:
    """All councils the actor may see, with what a list shows of each."""
    return COUNCILS_WITH_AREA.visible_to(actor).order_by("country", "name", "pk")
