"""What a council's page needs to know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.vocabulary import Permission
from samrad.areas.models import AreaCover, keys_within
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation import words
from samrad.cooperation.models import (
    Agreement,
    Consideration,
    Council,
    CouncilQuerySet,
    FinalReport,
    Seat,
    TermsOfReference,
)
from samrad.cooperation.rules import AgreementState, CouncilState, Side
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import today
from samrad.people.permissions import works_around
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name

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
class Agreed:
    """The agreement in force, if there is one, and the focus areas of this year and the last."""

    agreement: Agreement | None
    focus_areas: list[str]


@dataclass(frozen=True)
class Family:
    """A council on its own page: what it has agreed, and those at work below it that are seen."""

    council: Council
    below: list[Council]
    agreed: Agreed
    is_around: bool  # whether the reader works in the area, around it or in its police chain


def family_of(ref: UUID, actor: Actor) -> Family | None:
    """The council with that reference and those below it, where the actor may see it: one query.

    Whoever sees a council sees the agreement it works by. Its row comes once for each focus area.
    """
    found: list[Any] = _family_rows(ref, actor)
    same = [one for one in found if one.ref == ref]
    if not same:
        return None
    below = [one for one in found if one.ref != ref]
    return Family(same[0], below, _agreed(same), same[0].is_around)


@prepared
def _family_rows(ref: UUID, actor: Actor) -> Any:
    at_work = Q(parent__ref=ref, state=CouncilState.ACTIVE)
    seen = COUNCILS_WITH_AREA.visible_to(actor).filter(Q(ref=ref) | at_work)
    terms = TermsOfReference.objects.filter(council=OuterRef("pk")).order_by("-number")
    rows = _with_what_is_agreed(seen, ref).annotate(
        is_around=works_around(actor, "area"),
        terms_date=Subquery(terms.values("adopted_date")[:1]),
        has_report=Exists(FinalReport.objects.filter(council=OuterRef("pk"))),
    )
    return rows.order_by(by_name(), "pk", "-focus__year", "focus__order", "focus__pk")


SHOWN_OF_IT = ("title", "from_date", "to_date", "renewal_date")


def _with_what_is_agreed(seen: CouncilQuerySet, ref: UUID) -> QuerySet[Any]:
    """To the council with that reference, and no other: its agreement, and its focus areas."""
    since = today().year - 2  # a year more than is shown: the country's own new year may be later
    main: dict[str, Any] = {"agreements__state": IN_FORCE, "agreements__parent": None}
    rows: QuerySet[Any] = seen.annotate(
        by=FilteredRelation("agreements", condition=Q(**main, ref=ref)),
        focus=FilteredRelation("focus_areas", condition=Q(focus_areas__year__gte=since, ref=ref)),
        focus_year=F("focus__year"),
        focus_title=F("focus__title"),
        **{f"by_{name}": F(f"by__{name}") for name in ("ref", *SHOWN_OF_IT)},
    )
    return rows


def _agreed(rows: Sequence[Any]) -> Agreed:
    first = rows[0]
    last_year = today(first.zone).year - 1
    fields = {name: getattr(first, f"by_{name}") for name in SHOWN_OF_IT}
    agreement = (
        Agreement(council=first, state=IN_FORCE, ref=first.by_ref, **fields)
        if first.by_ref
        else None
    )
    focus = [one.focus_title for one in rows if one.focus_title and one.focus_year >= last_year]
    return Agreed(agreement, focus)


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


def in_councils_of(districts: Collection[int], actor: Actor, on: date) -> frozenset[int]:
    """Those of these areas in which the actor is inside a council's work, or oversees one."""
    inside = Q(pk__in=actor.councils_where(Permission.INTERNAL_SEE))
    reach = actor.areas_where(Permission.COUNCIL_OVERSEE)
    if reach:
        inside |= Q(area__in=keys_within(reach, on=on))
    grounds = Council.objects.filter(inside).values("area")
    covers = AreaCover.objects.on(on).filter(ancestor__in=districts, descendant__in=grounds)
    return frozenset(covers.values_list("ancestor", flat=True))


def is_told_why(actor: Actor, council: Council) -> bool:
    """Whether the actor reads the reason the council has come to an end or rests.

    Of a body that was never set up it is for those who read what was recorded of it, no further.
    """
    if not council.was_never_set_up:
        return True
    return Consideration.objects.visible_to(actor).filter(council=council).exists()


def councils_seen(actor: Actor) -> CouncilQuerySet:
    """All councils the actor may see, with what a list shows of each."""
    return COUNCILS_WITH_AREA.visible_to(actor).order_by("country", by_name(), "pk")
