"""What waits together with minutes that are out for approval."""

from __future__ import annotations

from django.db.models import Q

from samrad.access.actor import Actor
from samrad.meetings.models import AgendaItem, Minutes
from samrad.meetings.rules import MinutesState


def decisions_in_opened(actor: Actor) -> Q:
    """Decisions that stand in minutes which wait for approval and which the actor may open."""
    opened = Minutes.objects.visible_to(actor).filter(state=MinutesState.CIRCULATED)
    items = AgendaItem.objects.filter(meeting__in=opened.values("meeting"))
    return Q(source_kind=AgendaItem.trail_kind, source_ref__in=items.values("ref"))
