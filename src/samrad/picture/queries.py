"""Findings and statements as a reader may see them, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation.models import Council
from samrad.cooperation.rules import Side
from samrad.kernel.clock import today
from samrad.picture.models import Agreed, Confirmation, Finding
from samrad.picture.permissions import may_write_for_picture, side_in

SHOWN = 60  # of each side, and of what both agree on
MANY = 600  # where somebody asks for the older ones

#: Councils of such areas speak of each municipality in them; those of a whole district do not.
CLOSE_BY = (AreaKind.MUNICIPALITY, AreaKind.LOCAL_POLICE_AREA, AreaKind.NAMED_AREA)


@dataclass(frozen=True)
class TwoSides:
    """What each side has found and what both agree on, for one reader."""

    councils: Sequence[Council]
    police: list[Finding]
    municipality: list[Finding]
    agreed: list[Agreed]
    own: dict[int, str]  # the side the reader writes for, by council
    has_older: bool = False  # than those that are shown

    @property
    def everything(self) -> list[Finding | Agreed]:
        """All that is shown."""
        return [*self.police, *self.municipality, *self.agreed]

    @property
    def writes_in(self) -> list[Council]:
        """The councils in which the reader may write."""
        return [one for one in self.councils if self.own.get(one.pk)]


def of_area(area: Area, actor: Actor) -> TwoSides | None:
    """Of the councils of a municipality, also of those it shares with its neighbours.

    Four queries, one where the reader sees no such council.
    """
    above = Area.objects.covering([area.pk], on=today()).of_kind(*CLOSE_BY)
    there = Council.objects.visible_to(actor).active().filter(area__in=above)
    councils = list(there.order_by("pk"))
    return two_sides(councils, actor) if councils else None


def two_sides(councils: Sequence[Council], actor: Actor, *, shown: int = SHOWN) -> TwoSides:
    """What stands, the latest of each side first: three queries."""
    by_key = {one.pk: one for one in councils}
    agreed = list(agreed_seen(actor, by_key)[: shown + 1])
    found = list(_latest_of_each_side(findings_seen(actor, by_key), shown + 1))
    has_older = len(agreed) > shown or any(one.number > shown for one in found)  # type: ignore[attr-defined]
    findings, agreed = [one for one in found if one.number <= shown], agreed[:shown]  # type: ignore[attr-defined]
    for one in (*findings, *agreed):
        one.council = by_key[one.council_id]
    own = {one.pk: side_in(actor, one.pk) for one in councils if may_write_for_picture(actor, one)}
    for finding in findings:
        finding.is_own = own.get(finding.council_id) == finding.side
    for statement in agreed:
        statement.waits_for_me = own.get(statement.council_id) in statement.lacks
        statement.is_mine_to_change = statement.council_id in own
    return TwoSides(
        councils,
        [one for one in findings if one.side == Side.POLICE],
        [one for one in findings if one.side == Side.MUNICIPALITY],
        agreed,
        own,
        has_older,
    )


def _latest_of_each_side(findings: QuerySet[Finding], most: int) -> QuerySet[Finding]:
    """So many of each: a side that writes more pushes none of the other's out."""
    latest = [F("to_date").desc(), F("pk").desc()]
    number = Window(RowNumber(), partition_by=F("side"), order_by=latest)
    return findings.annotate(number=number).filter(number__lte=most)


def findings_seen(actor: Actor, councils: Collection[int]) -> QuerySet[Finding]:
    """Findings of these councils that stand."""
    seen = Finding.objects.visible_to(actor).standing().filter(council__in=councils)
    return seen.select_related("written_by")


def agreed_seen(actor: Actor, councils: Collection[int]) -> QuerySet[Agreed]:
    """Statements of these councils that stand, with everybody's confirmations."""
    given = Prefetch("confirmations", Confirmation.objects.select_related("person"))
    seen = Agreed.objects.visible_to(actor).standing().filter(council__in=councils)
    return seen.select_related("written_by").prefetch_related(given)


def waiting_for_sides(actor: Actor) -> dict[str, list[int]]:
    """The councils in which the actor confirms, by the side they do it for. No query."""
    found: dict[str, list[int]] = {}
    for council in actor.councils_where(Permission.AGENDA_PROPOSE):
        if side := side_in(actor, council):
            found.setdefault(side, []).append(council)
    return found
