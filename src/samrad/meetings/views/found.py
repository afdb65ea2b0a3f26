"""What every page of a meeting begins with: the thing, if the actor may see it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.meetings.models import (
    AgendaItem,
    AgendaSending,
    Correction,
    Meeting,
    Minutes,
    MinutesVersion,
    Proposal,
)

# Whether its agenda went out from here: nothing says when that of minutes read in did.
SENT = Exists(AgendaSending.objects.filter(meeting=OuterRef("pk")))
MEETINGS = Meeting.objects.select_related("council", "minutes").annotate(agenda_was_sent=SENT)


def council_or_404(request: ActorRequest, ref: UUID) -> Council:
    """The council."""
    return visible_or_404(Council, request.actor, ref=ref)


def meeting_or_404(request: ActorRequest, ref: UUID) -> Meeting:
    """The meeting, with its council and minutes."""
    return visible_or_404(MEETINGS, request.actor, ref=ref)


def item_or_404(request: ActorRequest, ref: UUID) -> AgendaItem:
    """The agenda item, with its meeting."""
    items = AgendaItem.objects.select_related(
        "meeting__council", "meeting__minutes", "presenter", "minutes_saved_by"
    )
    return visible_or_404(items, request.actor, ref=ref)


def proposal_or_404(request: ActorRequest, ref: UUID) -> Proposal:
    """The proposal, with its council."""
    proposals = Proposal.objects.select_related("council", "proposed_by")
    return visible_or_404(proposals, request.actor, ref=ref)


def minutes_or_404(request: ActorRequest, ref: UUID) -> Minutes:
    """The minutes of the meeting with that reference, and the meeting with its council."""
    minutes = Minutes.objects.select_related("meeting__council", "written_by", "returned_by")
    return get_object_or_404(minutes.visible_to(request.actor), meeting__ref=ref)


def correction_or_404(request: ActorRequest, ref: UUID) -> Correction:
    """The correction, with its minutes, meeting and council."""
    corrections = Correction.objects.select_related(
        "minutes__meeting__council", "minutes__written_by", "written_by", "returned_by"
    )
    return visible_or_404(corrections, request.actor, ref=ref)


def version_or_404(request: ActorRequest, ref: UUID) -> MinutesVersion:
    """The version, with its minutes, meeting and council, and the correction it came from."""
    versions = MinutesVersion.objects.select_related("minutes__meeting__council", "correction")
    return visible_or_404(versions, request.actor, ref=ref)


def posted(request: ActorRequest) -> QueryDict | None:
    """What was posted, even when it was nothing; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None
