"""Agendas as a reader may see them, and what could be put on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.shapes import Number
from samrad.cooperation.models import Council
from samrad.followup.api import Unfinished
from samrad.followup.models import Decision, Task
from samrad.meetings.models import AgendaItem, Meeting, Proposal
from samrad.meetings.queries.lists import coming_meetings
from samrad.meetings.rules import ProposalState
from samrad.meetings.rules.agenda import Timetable, timetable
from samrad.meetings.rules.states import OPEN_PROPOSALS


@dataclass(frozen=True)
class NumberedItem:
    """An item with the number it has for this reader: what is hidden leaves no gap."""

    number: int
    item: AgendaItem
    starts_at: datetime | None = None


def hours_of(agenda: Sequence[NumberedItem], meeting: Meeting) -> Timetable:
    """When each of the items begins and what they take together."""
    minutes = [one.item.duration_minutes for one in agenda]
    return timetable(minutes, meeting.starts_at, meeting.ends_at)


def with_hours(agenda: Sequence[NumberedItem], meeting: Meeting) -> list[NumberedItem]:
    """The items with the hour each begins, for a reader of the whole agenda.

    Who reads a part of it gets no hours: they would tell that something lies between.
    """
    starts = hours_of(agenda, meeting).starts
    return [replace(one, starts_at=at) for one, at in zip(agenda, starts, strict=True)]


def reads_whole(agenda: Sequence[NumberedItem], meeting: Meeting) -> bool:
    """Whether nothing on the agenda is hidden from its reader: one query, none without hours."""
    return any(one.item.duration_minutes for one in agenda) and (
        meeting.items.count() == len(agenda)
    )


def agenda_of(meeting: Meeting, actor: Actor) -> list[NumberedItem]:
    """The items the actor may read, in order, numbered from one."""
    items = _items(meeting.pk, actor)
    for item in items:
        item.meeting = meeting
    return [NumberedItem(number, item) for number, item in enumerate(items, start=1)]


@prepared
def _items(meeting: int, actor: Actor) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    return items.select_related("presenter", "proposal").order_by("order", "pk")


def left_over(items: Sequence[AgendaItem], unfinished: Unfinished) -> list[Decision | Task]:
    """What is unfinished and neither among the items of a whole agenda nor decided under one."""
    here = {item.ref for item in items}
    on_it = {item.source_ref for item in items}
    things: list[Decision | Task] = [
        decision for decision in unfinished.decisions if decision.source_ref not in here
    ]
    return [thing for thing in [*things, *unfinished.tasks] if thing.ref not in on_it]


def proposals_to_place(actor: Actor, council_id: int) -> QuerySet[Proposal]:
    """Those nobody has answered and those kept for later, as the actor may read them."""
    found = Proposal.objects.visible_to(actor)
    return _in_order_of_placing(found.filter(council=council_id, state__in=OPEN_PROPOSALS))


def _in_order_of_placing(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Waiting before later, the longest waiting first."""
    return found.select_related("proposed_by").order_by("-state", "proposed_at", "pk")


def items_to_join(actor: Actor, council: Council, at: datetime) -> QuerySet[AgendaItem]:
    """Items of meetings whose agenda can still be set, as the actor may read them."""
    return (
        AgendaItem.objects.visible_to(actor)
        .filter(meeting__in=coming_meetings(council, at))
        .select_related("meeting__council")
        .order_by("meeting__starts_at", "order", "pk")
    )


def show_joined(items: Sequence[AgendaItem], actor: Actor) -> None:
    """Give every item the proposals that were merged into it and that the actor may read."""
    found = Proposal.objects.visible_to(actor).filter(_joining(items)).order_by("pk")
    _give_joined(items, found if items else ())


def to_place_with_joined(
    items: Sequence[AgendaItem], actor: Actor, council_id: int
) -> list[Proposal]:
    """What could be placed; and the items are given what was merged into them. One query."""
    found = _in_order_of_placing(
        Proposal.objects.visible_to(actor).filter(
            Q(council=council_id, state__in=OPEN_PROPOSALS) | _joining(items)
        )
    )
    merged = [one for one in found if one.state == ProposalState.MERGED]
    _give_joined(items, merged)
    return [one for one in found if one.state != ProposalState.MERGED]


def with_what_they_joined(found: QuerySet[Proposal], actor: Actor) -> QuerySet[Proposal]:
    """Give every proposal what it was merged with, where the actor may read that: two queries.

    Of what the actor may not read, the day of its meeting is all there is to say.
    """
    return found.select_related("merged_under__meeting").prefetch_related(
        Prefetch("merged_under", AgendaItem.objects.visible_to(actor), to_attr="under_seen"),
        Prefetch("merged_into", Proposal.objects.visible_to(actor), to_attr="into_seen"),
    )


def _joining(items: Iterable[AgendaItem]) -> Q:
    return Q(merged_under__in=[item.pk for item in items], state=ProposalState.MERGED)


def _give_joined(items: Sequence[AgendaItem], found: Iterable[Proposal]) -> None:
    joined: dict[int | None, list[Proposal]] = defaultdict(list)
    for proposal in found:
        joined[proposal.merged_under_id].append(proposal)
    for item in items:
        item.joined = joined[item.pk]


def proposals_from_figures(actor: Actor, council_id: int, most: Number) -> list[Proposal]:
    """Those nobody has answered that figures gave rise to, the newest first."""
    return _from_figures(actor, council_id, most)


@prepared
def _from_figures(actor: Actor, council_id: int, most: Number) -> QuerySet[Proposal]:
    return (
        Proposal.objects.visible_to(actor)
        .filter(council=council_id, state=ProposalState.WAITING, source_ref__isnull=False)
        .order_by("-proposed_at", "-pk")[:most]
    )


def proposals_waiting(actor: Actor, council_ids: Iterable[int]) -> QuerySet[Proposal]:
    """Proposals nobody has answered, as the actor may read them."""
    return (
        Proposal.objects.visible_to(actor)
        .filter(council__in=council_ids, state=ProposalState.WAITING)
        .select_related("proposed_by")
    )
