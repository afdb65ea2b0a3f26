"""What the home page shows besides what waits."""

from __future__ import annotations

from django.db.models import QuerySet

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState


def coming_meetings(actor: Actor) -> QuerySet[Meeting]:
    """The next meetings of the councils the actor has a seat in."""
    return (
        Meeting.objects.filter(
            council__in=actor.councils_where(Permission.COUNCIL_SEE),
            state__in=[MeetingState.PLANNED, MeetingState.CALLED],
            ends_at__gte=now(),
        )
        .select_related("council")
        .order_by("starts_at")
    )
