"""Agreements to take along, as PDF and as DOCX."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import override
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.agreements.models import Draft
from samrad.agreements.queries.languages import language_of
from samrad.agreements.queries.papers import agreement_paper, draft_paper
from samrad.agreements.rules import DraftState
from samrad.agreements.views.common import agreement_or_404, draft_or_404
from samrad.documents.paper import Paper, docx_of, pdf_of
from samrad.kernel.clock import now

FORMS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", pdf_of),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx_of,
    ),
}


@declare(SIGNED_IN)
@require_GET
def draft(request: ActorRequest, ref: UUID, form: str) -> HttpResponse:
    """The draft as it stands, with a page for the signatures."""
    found = draft_or_404(request, ref)
    with override(found.language):
        paper = draft_paper(found)
    return _file(paper, form, now())


@declare(SIGNED_IN)
@require_GET
def agreement(request: ActorRequest, ref: UUID, form: str) -> HttpResponse:
    """The agreement with the additions that hold."""
    found = agreement_or_404(request, ref)
    made_of = Draft.objects.filter(agreement=found).select_related("council", "amends").first()
    amendments = Draft.objects.filter(amends=found, state=DraftState.IN_FORCE)
    added = list(amendments.select_related("council", "amends").order_by("from_date", "pk"))
    with override(language_of(found, made_of)):
        paper = agreement_paper(found, made_of, added)
    return _file(paper, form, now())


def _file(paper: Paper, form: str, at: datetime) -> HttpResponse:
    kind, made_by = FORMS[form]
    response = HttpResponse(made_by(paper, at=at), content_type=kind)
    name = slugify(f"{paper.title} {paper.sender}", allow_unicode=True)[:120]
    disposition = content_disposition_header(True, f"{name}.{form}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
