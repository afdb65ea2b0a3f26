"""Agreements as they stand."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.agreement_parts import parts_of
from samrad.cooperation.models import Agreement
from samrad.cooperation.permissions import may_manage_council, may_read_in_agreement
from samrad.cooperation.reading_words import missing_in_words
from samrad.cooperation.rules import CORRECTED, AgreementState
from samrad.documents.api import file_response
from samrad.kernel.clock import now
from samrad.trail.api import history_of


@declare(SIGNED_IN)
@require_GET
def agreement(request: ActorRequest, ref: UUID) -> HttpResponse:
    """An agreement as it stands, with what it lacks."""
    agreements = Agreement.objects.select_related("council__area", "source_file", "parent")
    parts = Exists(Agreement.objects.filter(parent=OuterRef("pk")))
    agreements = agreements.annotate(has_parts=parts)
    found = visible_or_404(agreements, request.actor, ref=ref)
    missing = missing_in_words(found.council.country, found.missing, found.kind)
    below, beside, step = parts_of(found, request.actor)
    context = {
        "agreement": found,
        "council": found.council,
        "above": found.parent,
        "parts": _parts_of(found, request),
        "clauses": found.clauses.all(),
        "missing": missing,
        "may_write": missing
        and found.state == AgreementState.IN_FORCE
        and bool(may_manage_council(request.actor, found.council)),
        "may_read_in": missing and may_read_in_agreement(request.actor, found.council.area),
        "focus_areas": found.focus_areas.all(),
        "history": history_of(found),
        "below": below,
        "beside": beside,
        "step": step,
        "corrected": len(found.facts.get(CORRECTED, ())),
        "has_file": found.source_file is not None and _is_inside(request, found),
    }
    return render(request, "cooperation/agreement.html", context)


def _parts_of(found: Agreement, request: ActorRequest) -> list[Agreement]:
    """Those on one theme or form of co-operation that lie under it, what is in force first."""
    if not getattr(found, "has_parts", True):
        return []
    parts = found.parts.visible_to(request.actor).select_related("council")
    return sorted(parts, key=lambda one: (one.state != AgreementState.IN_FORCE, one.kind, one.pk))


def _is_inside(request: ActorRequest, found: Agreement) -> bool:
    return request.actor.holds(Permission.INTERNAL_SEE, in_council=found.council_id)


@declare(SIGNED_IN)
@require_GET
def agreement_file(request: ActorRequest, ref: UUID) -> FileResponse:
    """The document the agreement was read from, as it came; for permanent members."""
    agreements = Agreement.objects.select_related("council", "source_file")
    found = visible_or_404(agreements, request.actor, ref=ref)
    if found.source_file is None or not _is_inside(request, found):
        raise Http404
    return file_response(found.source_file, by=request.actor, at=now())
