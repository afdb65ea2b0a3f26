"""How often an unfinished decision or task has come back on an agenda that was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.meetings.models import AgendaItem
from samrad.meetings.rules import MeetingState


def times_on_an_agenda(actor: Actor, refs: list[UUID]) -> dict[UUID, int]:
    """By reference, on how many agendas the actor may read; one that was cancelled never was."""
    return {ref: n for ref, n in _counted(actor, refs) if ref}


@prepared
def _counted(actor: Actor, refs: list[UUID]) -> QuerySet[Any, Any]:
    items = (
        AgendaItem.objects.visible_to(actor)
        .filter(source_ref__in=refs, meeting__called_at__isnull=False)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .order_by()
        .values("source_ref")
        .annotate(n=Count("meeting", distinct=True))
    )
    return items.values_list("source_ref", "n")
