"""Every version of the minutes that was approved, and what each changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.models import MinutesVersion
from samrad.meetings.queries.corrections import seats_changed
from samrad.meetings.queries.said import names_in, said_held
from samrad.meetings.queries.versions import read_versions, version_read
from samrad.meetings.views.found import minutes_or_404, version_or_404


@declare(SIGNED_IN)
@require_GET
def versions(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The versions, the newest first, each with why it came and what it changed."""
    minutes, actor = minutes_or_404(request, ref), request.actor
    rows = read_versions(
        MinutesVersion.objects.visible_to(actor).filter(minutes=minutes), minutes, actor
    )
    record_reading(items=[item for row in rows for item in row.items], by=actor, at=now())
    meeting = minutes.meeting
    context = {
        "minutes": minutes,
        "meeting": meeting,
        "council": meeting.council,
        "rows": rows,
        "names": names_in(*(seats_changed(row.changes) for row in rows)),
        "is_member": actor.holds(Permission.INTERNAL_SEE, in_council=meeting.council_id),
    }
    return render(request, "meetings/versions.html", context)


@declare(SIGNED_IN)
@require_GET
def version(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The minutes as they were approved that time."""
    found, actor = version_or_404(request, ref), request.actor
    row = version_read(found, actor)
    record_reading(items=row.items, by=actor, at=now())
    meeting = found.minutes.meeting
    context = {
        "version": found,
        "is_latest": row.is_latest,
        "meeting": meeting,
        "council": meeting.council,
        "said": row.said,
        "held": row.said.held or said_held(meeting),
        "names": names_in(row.said),
    }
    return render(request, "meetings/version.html", context)
