"""Minutes and extracts to take along: made anew for each reader, with what this reader may read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.documents.paper import Paper, docx_of, pdf_of
from samrad.followup.models import Decision
from samrad.kernel import clock
from samrad.kernel.clock import now
from samrad.meetings.actions.reading import (
    record_download,
    record_extract,
    record_reading,
)
from samrad.meetings.models import AgendaItem, Minutes
from samrad.meetings.permissions import minutes_of
from samrad.meetings.queries.copies import (
    Occasion,
    extract_paper,
    listed_under,
    marking_of,
    minutes_paper,
    paper_language,
    state_of,
    state_today,
)
from samrad.meetings.queries.holding import decision_approved, reading_of, version_that_holds
from samrad.meetings.queries.minutes import decisions_at
from samrad.meetings.queries.papers import SeenPapers, papers_seen
from samrad.meetings.queries.said import names_in, said_decision
from samrad.meetings.queries.versions import version_read
from samrad.meetings.rules.said import Said, SaidItem
from samrad.meetings.views.found import minutes_or_404, version_or_404
from samrad.meetings.views.meetings import has_seat

FORMS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", pdf_of),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx_of,
    ),
}


@declare(SIGNED_IN)
@require_GET
def minutes(request: ActorRequest, ref: UUID, form: str) -> HttpResponse:
    """The minutes as they stand, as a file."""
    found, actor = minutes_or_404(request, ref), request.actor
    reading = reading_of(found, actor)
    said, items = reading.said, [row.item for row in reading.rows]
    papers = papers_seen(found.meeting, actor, items, withdrawn=False)
    with override(paper_language(found.meeting.council)):
        marking = marking_of(_levels(items, papers))
        occasion = Occasion(found.meeting, state_today(found, reading.version), marking)
        paper = minutes_paper(said, names_in(said), occasion, listed_under(papers, items))
    return _minutes_file(request, found, items, paper, form, occasion=occasion)


@declare(SIGNED_IN)
@require_GET
def version(request: ActorRequest, ref: UUID, form: str) -> HttpResponse:
    """A kept version, as a file."""
    found = version_or_404(request, ref)
    row, meeting = version_read(found, request.actor), found.minutes.meeting
    papers = papers_seen(
        meeting, request.actor, row.items, withdrawn=False, until=found.approved_at
    )
    with override(paper_language(meeting.council)):
        marking = marking_of(_levels(row.items, papers))
        occasion = Occasion(meeting, state_of(found.minutes, found), marking, row.said.held)
        listed = listed_under(papers, row.items)
        paper = minutes_paper(row.said, names_in(row.said), occasion, listed)
    return _minutes_file(request, found.minutes, row.items, paper, form, occasion=occasion)


def _levels(items: Sequence[AgendaItem], papers: SeenPapers) -> set[str]:
    """How items and papers are classified; minutes with no item the reader sees are internal."""
    return {item.classification for item in items} | papers.levels if items else set()


def _minutes_file(
    request: ActorRequest,
    about: Minutes,
    items: Sequence[AgendaItem],
    paper: Paper,
    form: str,
    *,
    occasion: Occasion,
) -> HttpResponse:
    at = now()
    record_reading(items=items, by=request.actor, at=at)
    restricted = sum(item.is_restricted for item in items)
    record_download(minutes=about, restricted=restricted, form=form, by=request.actor, at=at)
    name = gettext("minutes")
    council = occasion.council
    day = clock.day_of(occasion.held.starts_at, council.zone)
    return _file(paper, form, at, f"{name}-{council.name}-{day}")


@declare(SIGNED_IN)
@require_GET
def extract(request: ActorRequest, ref: UUID, form: str) -> HttpResponse:
    """One decision on a page, for whoever carries it out."""
    actor, at = request.actor, now()
    found = visible_or_404(Decision.objects.select_related("council"), actor, ref=ref)
    item = _item_of(found)
    of_meeting = minutes_of(item.meeting)
    decision = next(one for one in decisions_at([item], actor) if one.pk == found.pk)
    approved = decision_approved(of_meeting, decision) if of_meeting else None
    said = approved or said_decision(decision)
    names = names_in(Said(items=(SaidItem("", "", "", decisions=(said,)),)))
    record_extract(decision=found, form=form, by=actor, at=at)
    with override(paper_language(found.council)):
        state = (
            state_today(of_meeting, version_that_holds(of_meeting))
            if of_meeting and approved
            else found.state_name
        )
        occasion = Occasion(item.meeting, state, marking_of({found.classification}))
        source, inside = _source(found, item, request), has_seat(actor, item.meeting)
        paper = extract_paper(said, names, occasion, source, inside=inside)
    name = gettext("extract")
    return _file(paper, form, at, f"{name}-{found.council.name}-{found.decided_date}")


def _item_of(decision: Decision) -> AgendaItem:
    """The item under which it was decided; one that was made elsewhere has no minutes."""
    items = AgendaItem.objects.select_related("meeting__council", "meeting__minutes")
    found = items.filter(ref=decision.source_ref).first() if decision.source_ref else None
    if found is None:
        raise not_there()
    return found


def _source(decision: Decision, item: AgendaItem, request: ActorRequest) -> Decision:
    """Without the item's title for somebody who may read the decision and not the item."""
    if not AgendaItem.objects.visible_to(request.actor).filter(pk=item.pk).exists():
        decision.source_label = ""
    return decision


def _file(paper: Paper, form: str, at: datetime, name: str) -> HttpResponse:
    kind, made_by = FORMS[form]
    response = HttpResponse(made_by(paper, at=at), content_type=kind)
    disposition = content_disposition_header(True, f"{slugify(name, allow_unicode=True)}.{form}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
